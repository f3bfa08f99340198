#include <fmt/format.h>
#include <sys/stat.h>

#include <thread>

#include "tools/bench/caller.h"
#include "tools/bench/child.h"
#include "tools/bench/measures.h"
#include "tools/bench/process_memory.h"
#include "tools/bench/samples.h"
#include "tools/bench/upload_client.h"

namespace greffe::bench {
namespace {

constexpr std::string_view token = "bench-token-that-guards-nothing";
constexpr double mebibyte = 1024 * 1024;
constexpr double memory_above_idle_max_mib = 64;

// Files below a directory and the room they take on the disk.
struct DiskUse {
  std::size_t files = 0;
  double mib = 0;
  bool operator==(const DiskUse&) const = default;
};

DiskUse disk_use(const std::filesystem::path& directory) {
  DiskUse use;
  std::error_code gone;  // files come and go while the server works
  for (std::filesystem::recursive_directory_iterator entry(directory, gone), end; !gone && entry != end;
       entry.increment(gone)) {
    struct stat status {};
    if (::stat(entry->path().c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
    ++use.files;
    use.mib += static_cast<double>(status.st_blocks) * 512 / mebibyte;
  }
  return use;
}

// The server, one ticket on it, and what is measured of both.
class UploadBench {
 public:
  UploadBench(const Child& child, std::filesystem::path blobs, const MeasureOptions& options)
      : child_(child),
        blobs_(std::move(blobs)),
        options_(options),
        size_bytes_(options.upload_mib * 1024 * 1024),
        caller_(child.port(), std::string(token)),
        client_(child.port(), std::string(token)) {}

  Figures measure() {
    if (auto begun = begin(); !begun) return fail(begun.error());
    MadeFile first(1, size_bytes_), second(2, size_bytes_);
    const auto floor_path = options_.dir / "upload-floor";
    auto floor_first = write_and_sync(floor_path, first);
    auto floor_read = read_again(floor_path);
    auto floor_second = write_and_sync(floor_path, second);
    for (const auto* floor : {&floor_first, &floor_read, &floor_second}) {
      if (!*floor) return fail(floor->error());
    }
    std::filesystem::remove(floor_path);
    if (auto sent = send(first, UploadForm::raw, *floor_first); !sent) return fail(sent.error());
    if (auto sent = send(second, UploadForm::multipart, *floor_second); !sent) return fail(sent.error());
    if (auto sent = send_again(first, *floor_first); !sent) return fail(sent.error());
    if (auto fetched = fetch(*floor_first, *floor_read); !fetched) return fail(fetched.error());
    for (const auto form : {UploadForm::raw, UploadForm::multipart}) {
      MadeFile broken(3, size_bytes_);
      if (auto checked = break_off(broken, form); !checked) return fail(checked.error());
    }
    return std::move(figures_);
  }

 private:
  Result<void, std::string> begin() {
    auto settings = caller_.get_json("/v1/settings/attachments");
    if (!settings) return fail(settings.error());
    for (const auto* answer_only : {"version", "position", "age_ms"}) settings->erase(answer_only);
    (*settings)["size_bytes_max"] = size_bytes_;
    if (auto set = caller_.put("/v1/settings/attachments", settings->dump()); !set) return fail(set.error());
    const auto opened = caller_.post("/v1/tickets", R"({"title":"A large file"})");
    if (!opened) return fail(opened.error());
    number_ = Json::parse(opened->body).at("number").get<std::string>();
    // What every server holds once it has served: buffers of threads, a first document.
    MadeFile small(4, 100'000);
    if (auto sent = client_.send(number_, small, UploadForm::raw); !sent) return fail(sent.error());
    return {};
  }

  // Runs `work` and says what the server held beyond what it held before.
  template <class Work>
  Result<Figure, std::string> watched(std::string what, const Work& work) {
    const auto before = resident(child_.pid());
    if (!before) return fail(before.error());
    if (auto begun = begin_peak(child_.pid()); !begun) return fail(begun.error());
    const Result<double, std::string> seconds = work();
    if (!seconds) return fail(seconds.error());
    const auto after = resident(child_.pid());
    if (!after) return fail(after.error());
    if (idle_mib_ == 0) idle_mib_ = before->now_mib;
    Figure figure{.id = "upload",
                  .what = fmt::format("{} of {} MiB, 1 connection", what, options_.upload_mib),
                  .per_second = static_cast<double>(size_bytes_) / mebibyte / *seconds,
                  .unit = "MiB/s"};
    figure.quantities = {{"resident memory of the idle server", idle_mib_, "MiB", 0},
                         {"most resident memory above idle", std::max(0.0, after->peak_mib - idle_mib_), "MiB",
                          memory_above_idle_max_mib}};
    return figure;
  }

  void keep(Figure figure, const char* floor, const Kept& of_floor) {
    figure.floor = floor;
    figure.floor_per_second = static_cast<double>(size_bytes_) / mebibyte / of_floor.seconds;
    figures_.push_back(std::move(figure));
  }

  Result<void, std::string> send(MadeFile& file, UploadForm form, const Kept& floor) {
    bool equal = false;
    auto figure = watched(fmt::format("upload, {},", name_of(form)), [&]() -> Result<double, std::string> {
      const auto sent = client_.send(number_, file, form);
      if (!sent) return fail(sent.error());
      equal = sent->document.at("sha256") == floor.sha256;
      url_ = url_.empty() ? sent->document.at("url").get<std::string>() : url_;
      return sent->seconds;
    });
    if (!figure) return fail(figure.error());
    figure->sound = equal;
    figure->check = equal ? "the answer names the SHA-256 of what was sent" : "the answer names ANOTHER SHA-256";
    keep(std::move(*figure), write_floor, floor);
    return {};
  }

  Result<void, std::string> send_again(MadeFile& file, const Kept& floor) {
    const auto before = disk_use(blobs_);
    auto figure = watched("upload of a file that is there,", [&]() -> Result<double, std::string> {
      const auto sent = client_.send(number_, file, UploadForm::raw);
      if (!sent) return fail(sent.error());
      return sent->seconds;
    });
    if (!figure) return fail(figure.error());
    const auto after = disk_use(blobs_);
    figure->quantities.push_back({"more room on the disk", after.mib - before.mib, "MiB", 0});
    figure->sound = after == before;
    figure->check = fmt::format("{} files of {:.0f} MiB before, {} of {:.0f} MiB after", before.files, before.mib,
                                after.files, after.mib);
    keep(std::move(*figure), write_floor, floor);
    return {};
  }

  Result<void, std::string> fetch(const Kept& written, const Kept& floor) {
    bool equal = false;
    auto figure = watched("download", [&]() -> Result<double, std::string> {
      const auto fetched = client_.fetch(url_ + "?min_position=" + std::to_string(log_tail()));
      if (!fetched) return fail(fetched.error());
      equal = fetched->sha256 == written.sha256;
      return fetched->seconds;
    });
    if (!figure) return fail(figure.error());
    figure->sound = equal;
    figure->check = equal ? "what came has the SHA-256 of what was sent" : "what came has ANOTHER SHA-256";
    keep(std::move(*figure), "read() of such a file with SHA-256", floor);
    return {};
  }

  // Nothing is timed here: the figure it belongs to gets the finding.
  Result<void, std::string> break_off(MadeFile& file, UploadForm form) {
    const auto before = disk_use(blobs_);
    const auto tail_before = log_tail();
    client_.break_off(number_, file, form);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (disk_use(blobs_) != before && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    const auto after = disk_use(blobs_);
    const auto tail = log_tail();
    const bool nothing_left = after == before && tail == tail_before && tail != 0;
    Figure& figure = figures_.at(form == UploadForm::raw ? 0 : 1);
    figure.sound = figure.sound && nothing_left;
    figure.check += fmt::format("; another, broken off in the middle, left {} files and {} events",
                                static_cast<std::int64_t>(after.files) - static_cast<std::int64_t>(before.files),
                                static_cast<std::int64_t>(tail) - static_cast<std::int64_t>(tail_before));
    return {};
  }

  // 0 if the server does not say.
  std::uint64_t log_tail() {
    constexpr std::string_view name = "\ngreffe_log_tail_position ";
    const auto metrics = caller_.get("/metrics");
    const auto at = metrics ? metrics->body.find(name) : std::string::npos;
    return at == std::string::npos ? 0 : static_cast<std::uint64_t>(std::stod(metrics->body.substr(at + name.size())));
  }

  static constexpr auto write_floor = "write() of such a file with SHA-256 and fsync()";

  const Child& child_;
  const std::filesystem::path blobs_;
  const MeasureOptions& options_;
  const std::uint64_t size_bytes_;
  Caller caller_;
  UploadClient client_;
  std::string number_, url_;
  double idle_mib_ = 0;
  std::vector<Figure> figures_;
};

}  // namespace

Figures uploads(const MeasureOptions& options) {
  const auto dir = options.dir / "upload";
  const auto child = Child::start(this_program, {"serve", "--data", dir, "--port", "0"},
                                  {fmt::format("GREFFE_ADMIN_TOKEN={}", token)});
  if (!child) return fail(child.error());
  auto figures = UploadBench(**child, dir / "blobs", options).measure();
  if (const int exit = (*child)->stop(); exit != 0 && figures) {
    return fail(fmt::format("the server's exit status is {}", exit));
  }
  return figures;
}

}  // namespace greffe::bench
