#include "tools/bench/report.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

#include "events/json.h"

namespace greffe::bench {
namespace {

double median_sync_us(const std::filesystem::path& dir) {
  const std::filesystem::path path = dir / "sync-probe";
  const int fd = ::open(path.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return 0;
  const std::string block(256, 'x');
  std::vector<double> times_us;
  for (int i = 0; i < 200; ++i) {
    const auto before = std::chrono::steady_clock::now();
    if (::write(fd, block.data(), block.size()) < 0 || ::fdatasync(fd) != 0) break;
    times_us.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - before).count());
  }
  ::close(fd);
  std::filesystem::remove(path);
  if (times_us.empty()) return 0;
  std::nth_element(times_us.begin(), times_us.begin() + static_cast<std::ptrdiff_t>(times_us.size() / 2),
                   times_us.end());
  return times_us[times_us.size() / 2];
}

std::string processor_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown";
}

std::string target_text(const Figure& f) {
  std::string out;
  if (f.target_ratio > 0) out += fmt::format("≥ {:.2f} × floor", f.target_ratio);
  const auto add = [&](std::string text) { out += (out.empty() ? "" : ", ") + std::move(text); };
  if (f.target_per_second > 0) add(fmt::format("≥ {:.0f}/s", f.target_per_second));
  if (f.target_p99_ms > 0) add(fmt::format("p99 ≤ {:.0f} ms", f.target_p99_ms));
  for (const Quantity& q : f.quantities) {
    if (q.at_most > 0) add(fmt::format("{} ≤ {:.0f} {}", q.what, q.at_most, q.unit));
  }
  return out.empty() ? "no target" : out;
}

// Of times that may be microseconds.
std::string ms_text(double ms) { return ms < 0.1 ? fmt::format("{:.4f} ms", ms) : fmt::format("{:.2f} ms", ms); }

std::string percentiles(const Figure& f) {
  return fmt::format("p50 {}, p99 {}, p99.9 {}", ms_text(f.p50_ms), ms_text(f.p99_ms), ms_text(f.p999_ms));
}

bool within(const Quantity& quantity) { return quantity.at_most == 0 || quantity.value <= quantity.at_most; }

std::string floor_line(const Figure& f) {
  std::string out = fmt::format("    {:>12.0f} floor: {}", f.floor_per_second, f.floor);
  if (f.floor_p50_ms > 0)
    return out + fmt::format(" (p50 {}, p99 {})", ms_text(f.floor_p50_ms), ms_text(f.floor_p99_ms));
  return f.floor_p99_ms > 0 ? out + fmt::format(" (p99 {})", ms_text(f.floor_p99_ms)) : out;
}

std::string lines_of(const Figure& f) {
  std::string out = fmt::format("{:3} {}\n    {:>12.0f} {}", f.id, f.what, f.per_second, f.unit);
  if (f.p50_ms > 0) out += "   " + percentiles(f);
  out += "\n" + floor_line(f) + "\n";
  for (const Quantity& q : f.quantities) out += fmt::format("    {:>12.1f} {}: {}\n", q.value, q.unit, q.what);
  return out + fmt::format("    ratio {:.2f}, target {}: {}\n    checked: {}\n\n", f.ratio(), target_text(f),
                           f.reached() ? "reached" : "missed", f.check);
}

Json as_object(const Figure& f) {
  Json quantities = Json::array();
  for (const Quantity& q : f.quantities) {
    quantities.push_back({{"what", q.what}, {"value", q.value}, {"unit", q.unit}, {"at_most", q.at_most}});
  }
  return {{"id", f.id},
          {"what", f.what},
          {"per_second", f.per_second},
          {"unit", f.unit},
          {"p50_ms", f.p50_ms},
          {"p99_ms", f.p99_ms},
          {"p999_ms", f.p999_ms},
          {"floor", f.floor},
          {"floor_per_second", f.floor_per_second},
          {"floor_p50_ms", f.floor_p50_ms},
          {"floor_p99_ms", f.floor_p99_ms},
          {"ratio", f.ratio()},
          {"target_ratio", f.target_ratio},
          {"target_per_second", f.target_per_second},
          {"target_p99_ms", f.target_p99_ms},
          {"quantities", quantities},
          {"reached", f.reached()},
          {"check", f.check},
          {"sound", f.sound}};
}

}  // namespace

bool Figure::reached() const {
  return sound && ratio() >= target_ratio && per_second >= target_per_second &&
         (target_p99_ms == 0 || p99_ms <= target_p99_ms) && std::all_of(quantities.begin(), quantities.end(), within);
}

void take_load(Figure& figure, const LoadResult& load) {
  figure.per_second = load.per_second();
  figure.p50_ms = load.percentile_ms(0.50);
  figure.p99_ms = load.percentile_ms(0.99);
  figure.p999_ms = load.percentile_ms(0.999);
}

void take_samples(Figure& figure, const Samples& samples) {
  figure.per_second = samples.per_second();
  figure.p50_ms = samples.percentile_ms(0.50);
  figure.p99_ms = samples.percentile_ms(0.99);
  figure.p999_ms = samples.percentile_ms(0.999);
}

void take_floor(Figure& figure, const Samples& samples) {
  figure.floor_per_second = samples.per_second();
  figure.floor_p50_ms = samples.percentile_ms(0.50);
  figure.floor_p99_ms = samples.percentile_ms(0.99);
}

Machine describe_machine(const std::filesystem::path& dir) {
  utsname name{};
  ::uname(&name);
  struct sysinfo memory {};
  ::sysinfo(&memory);
  return {processor_name(), fmt::format("{} {}", name.sysname, name.release), std::thread::hardware_concurrency(),
          static_cast<std::uint64_t>(memory.totalram) * memory.mem_unit, median_sync_us(dir)};
}

std::string as_table(const Machine& m, const std::vector<Figure>& figures) {
  std::string out =
      fmt::format("{}, {} cores, {:.1f} GiB, {}; one synced 256-byte write: {:.0f} µs (median of 200)\n\n", m.processor,
                  m.cores, static_cast<double>(m.memory_bytes) / (1 << 30), m.kernel, m.sync_us);
  for (const Figure& f : figures) out += lines_of(f);
  return out;
}

std::string as_json(const Machine& m, const std::vector<Figure>& figures) {
  Json out = {{"machine",
               {{"processor", m.processor},
                {"kernel", m.kernel},
                {"cores", m.cores},
                {"memory_bytes", m.memory_bytes},
                {"sync_us", m.sync_us}}},
              {"figures", Json::array()}};
  for (const Figure& f : figures) out["figures"].push_back(as_object(f));
  return out.dump(2) + "\n";
}

}  // namespace greffe::bench
