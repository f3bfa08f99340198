// What a benchmark found: each figure beside the floor measured in the same run.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tools/bench/load.h"
#include "tools/bench/samples.h"

namespace greffe::bench {

// Something else that was measured on the way, such as memory.
struct Quantity {
  std::string what;  // "resident memory above idle"
  double value = 0;
  std::string unit;
  double at_most = 0;  // 0 = no target
};

struct Figure {
  std::string id;    // "S1", as in the table of targets; else the measure's name
  std::string what;  // what was done, with payload and connections
  double per_second = 0;
  std::string unit;                            // "commands/s"
  double p50_ms = 0, p99_ms = 0, p999_ms = 0;  // 0 = not a matter of latency
  std::string floor;                           // what the floor does
  double floor_per_second = 0;
  double floor_p50_ms = 0, floor_p99_ms = 0;
  double target_ratio = 0;  // of the floor; 0 = none, as the next two
  double target_per_second = 0;
  double target_p99_ms = 0;
  std::vector<Quantity> quantities;
  std::string check;  // what was verified after the run, with counts
  bool sound = true;  // false: the check failed, the figure is worthless

  double ratio() const { return floor_per_second > 0 ? per_second / floor_per_second : 0; }
  bool reached() const;
};

struct Machine {
  std::string processor, kernel;
  unsigned cores = 0;
  std::uint64_t memory_bytes = 0;
  double sync_us = 0;  // median of a 256-byte write and fdatasync in the bench's directory
};

// Fills latencies and rate from a load's result, or from what was timed one after the other.
void take_load(Figure& figure, const LoadResult& load);
void take_samples(Figure& figure, const Samples& samples);
void take_floor(Figure& figure, const Samples& samples);

Machine describe_machine(const std::filesystem::path& dir);
std::string as_table(const Machine& machine, const std::vector<Figure>& figures);
std::string as_json(const Machine& machine, const std::vector<Figure>& figures);

}  // namespace greffe::bench
