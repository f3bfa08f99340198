#include <fmt/format.h>

#include <charconv>
#include <unordered_set>

#include "events/codec.h"
#include "storage/rocksdb_log.h"
#include "tools/bench/child.h"
#include "tools/bench/dataset.h"
#include "tools/bench/measures.h"
#include "tools/store.h"

namespace greffe::bench {
namespace {

constexpr std::string_view token = "bench-token-that-guards-nothing";
constexpr std::string_view message = R"({"visibility":"public","body":"Bonjour, nous avons bien reçu votre demande )"
                                     R"(et nous revenons vers vous dès que possible. L'équipe support."})";
constexpr std::size_t tickets_touched_max = 2'000;

// Acknowledged positions, and how many acknowledged events must be in the log.
struct Acknowledged {
  std::unordered_set<std::uint64_t> positions;
  bool twice = false;

  void take(std::string_view body) {
    constexpr std::string_view key = "\"position\":\"";
    const std::size_t at = body.find(key);
    std::uint64_t position = 0;
    if (at != std::string_view::npos)
      std::from_chars(body.data() + at + key.size(), body.data() + body.size(), position);
    if (!positions.insert(position).second || position == 0) twice = true;
  }
};

// Every acknowledged position must hold a record, and that of a command of this run.
std::string verify(const std::filesystem::path& dir, const Acknowledged& acknowledged, bool& sound) {
  auto log = open_rocksdb_log(dir, {.writable = false, .create = false});
  if (!log) {
    sound = false;
    return describe(log.error());
  }
  std::uint64_t found = 0;
  const auto reader = (*log)->read({1});
  while (reader->next()) {
    if (acknowledged.positions.contains(reader->position().value) && decode(reader->bytes())) ++found;
  }
  sound = found == acknowledged.positions.size() && !acknowledged.twice && !reader->failure();
  return fmt::format("{} commands acknowledged, {} found in the log{}", acknowledged.positions.size(), found,
                     acknowledged.twice ? ", some position twice or absent" : "");
}

Result<LoadResult, std::string> floor_load(const MeasureOptions& options, std::size_t answer_bytes) {
  const auto child = Child::start(
      this_program,
      {"bench", "--floor", "put", "--floor-bytes", std::to_string(answer_bytes), "--dir", options.dir / "s1-floor"},
      {});
  if (!child) return fail(child.error());
  const std::string request = http_request("POST", "/put", token, message);
  return run_load(
      {(*child)->port(), options.connections, Milliseconds(1'000), options.measure_ms},
      [&](std::size_t, std::string& out) { out = request; }, [](std::size_t, int, std::string_view) {});
}

}  // namespace

Figures durable_commands(const MeasureOptions& options) {
  const auto dir = options.dir / "s1";
  std::vector<std::string> requests;
  const SystemClock clock;
  {
    auto store = Store::open(dir, {.views = {.follow = false}}, clock, [](const std::string&) {});
    if (!store) return fail(store.error());
    auto data = populate((*store)->writer(), options.tickets);
    if (!data) return fail(data.error());
    for (std::size_t i = 0; i < std::min(data->numbers.size(), tickets_touched_max); ++i) {
      if (i % 2 == 0) continue;  // every other one is closed and takes no messages
      requests.push_back(http_request("POST", "/v1/tickets/" + data->numbers[i] + "/post-message", token, message));
    }
  }
  const auto child = Child::start(this_program, {"serve", "--data", dir, "--port", "0"},
                                  {fmt::format("GREFFE_ADMIN_TOKEN={}", token)});
  if (!child) return fail(child.error());
  Acknowledged acknowledged;
  std::size_t answer_bytes = 0, sent = 0;
  const auto load = run_load(
      {(*child)->port(), options.connections, Milliseconds(1'000), options.measure_ms},
      [&](std::size_t, std::string& out) { out = requests[sent++ % requests.size()]; },
      [&](std::size_t, int status, std::string_view body) {
        answer_bytes = body.size();
        if (status >= 200 && status <= 299) acknowledged.take(body);
      });
  if (!load) return fail(load.error());
  const int exit = (*child)->stop();

  Figure figure{.id = "S1",
                .what = fmt::format("durable commands over HTTP (post-message of {} bytes), {} connections, {} tickets",
                                    message.size(), options.connections, options.tickets),
                .unit = "commands/s",
                .floor = "bare cpp-httplib, JSON parsed, one synced RocksDB put, same answer size",
                .target_ratio = 0.8};
  take_load(figure, *load);
  figure.check = verify(dir, acknowledged, figure.sound);
  if (exit != 0 || load->failures != 0) {
    figure.sound = false;
    figure.check += fmt::format("; exit status {}, {} answers were not 2xx", exit, load->failures);
  }
  const auto floor = floor_load(options, answer_bytes);
  if (!floor) return fail(floor.error());
  figure.floor_per_second = floor->per_second();
  figure.floor_p99_ms = floor->percentile_ms(0.99);
  return std::vector{figure};
}

}  // namespace greffe::bench
