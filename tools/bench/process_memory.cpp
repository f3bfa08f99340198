#include "tools/bench/process_memory.h"

#include <fmt/format.h>

#include <fstream>

namespace greffe::bench {

Result<void, std::string> begin_peak(pid_t process) {
  constexpr auto reset_peak = "5";  // proc(5), clear_refs
  std::ofstream file(fmt::format("/proc/{}/clear_refs", process));
  file << reset_peak << std::flush;
  if (!file) return fail(fmt::format("cannot reset the peak of process {}", process));
  return {};
}

Result<Resident, std::string> resident(pid_t process) {
  std::ifstream file(fmt::format("/proc/{}/status", process));
  Resident resident;
  const auto mib = [](const std::string& line) { return std::stod(line.substr(line.find(':') + 1)) / 1024; };
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("VmRSS:")) resident.now_mib = mib(line);
    if (line.starts_with("VmHWM:")) resident.peak_mib = mib(line);
  }
  if (resident.now_mib == 0) return fail(fmt::format("cannot read the memory of process {}", process));
  return resident;
}

}  // namespace greffe::bench
