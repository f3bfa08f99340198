#include "tools/bench/floor_calls.h"

#include <fstream>

#include "tools/bench/caller.h"
#include "tools/bench/child.h"

namespace greffe::bench {
namespace {

constexpr std::chrono::seconds duration{2};

template <class Call>
Result<Samples, std::string> repeat(Call call) {
  Samples samples;
  const auto end = std::chrono::steady_clock::now() + duration;
  while (std::chrono::steady_clock::now() < end) {
    const Caller::Answered answer = call();
    if (!answer) return fail("floor: " + answer.error());
    samples.add(answer->ms);
  }
  return samples;
}

}  // namespace

Result<Samples, std::string> time_synced_puts(const MeasureOptions& options, const std::string& body,
                                              std::size_t answer_bytes) {
  const auto child = Child::start(
      this_program,
      {"bench", "--floor", "put", "--floor-bytes", std::to_string(answer_bytes), "--dir", options.dir / "put-floor"},
      {});
  if (!child) return fail(child.error());
  Caller caller((*child)->port(), "");
  return repeat([&] { return caller.post("/put", body); });
}

Result<Samples, std::string> time_bytes(const MeasureOptions& options, const std::string& body) {
  const auto file = options.dir / "get-floor-body";
  std::ofstream(file, std::ios::binary) << body;
  const auto child = Child::start(this_program, {"bench", "--floor", "get", "--dir", file}, {});
  if (!child) return fail(child.error());
  Caller caller((*child)->port(), "");
  return repeat([&] { return caller.get("/get"); });
}

}  // namespace greffe::bench
