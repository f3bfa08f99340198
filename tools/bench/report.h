// What a benchmark found: each figure beside the floor measured in the same run.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tools/bench/load.h"

namespace greffe::bench {

struct Figure {
  std::string id;    // "S1", as in the table of targets
  std::string what;  // what was done, with payload and connections
  double per_second = 0;
  std::string unit;                            // "commands/s"
  double p50_ms = 0, p99_ms = 0, p999_ms = 0;  // 0 = not a matter of latency
  std::string floor;                           // what the floor does
  double floor_per_second = 0;
  double floor_p99_ms = 0;
  double target_ratio = 0;       // of the floor; 0 = none
  double target_per_second = 0;  // 0 = none
  std::string check;             // what was verified after the run, with counts
  bool sound = true;             // false: the check failed, the figure is worthless

  double ratio() const { return floor_per_second > 0 ? per_second / floor_per_second : 0; }
  bool reached() const { return sound && ratio() >= target_ratio && per_second >= target_per_second; }
};

struct Machine {
  std::string processor, kernel;
  unsigned cores = 0;
  std::uint64_t memory_bytes = 0;
  double sync_us = 0;  // median of a 256-byte write and fdatasync in the bench's directory
};

// Fills latencies and rate from a load's result.
void take_load(Figure& figure, const LoadResult& load);

Machine describe_machine(const std::filesystem::path& dir);
std::string as_table(const Machine& machine, const std::vector<Figure>& figures);
std::string as_json(const Machine& machine, const std::vector<Figure>& figures);

}  // namespace greffe::bench
