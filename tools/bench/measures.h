// The measurements, one a target. Each makes what it needs below `dir`, removes nothing, and
// checks what it did before it gives a figure.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "events/result.h"
#include "tools/bench/report.h"

namespace greffe::bench {

struct MeasureOptions {
  std::filesystem::path dir;
  std::size_t tickets = 10'000;
  std::size_t upload_mib = 1'024;
  std::size_t connections = 64;
  Milliseconds measure_ms{5'000};
};

using Figures = Result<std::vector<Figure>, std::string>;

Figures durable_commands(const MeasureOptions& options);  // S1
Figures engine_append(const MeasureOptions& options);     // S3
Figures audit_replay(const MeasureOptions& options);      // S4
Figures queries(const MeasureOptions& options);           // S6
Figures merges(const MeasureOptions& options);            // merge
Figures uploads(const MeasureOptions& options);           // upload
Figures searches(const MeasureOptions& options);          // search
Figures lists(const MeasureOptions& options);             // lists

}  // namespace greffe::bench
