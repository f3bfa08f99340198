// Import lines: arbitrary bytes as one line. Each gets an answer; none ends the process, and a
// line that failed has appended nothing.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "events/check.h"
#include "http/import/importer.h"
#include "storage/memory_log.h"

using namespace greffe;

namespace {

struct Desk {
  SystemClock clock;
  std::unique_ptr<Log> log = open_memory_log();
  std::unique_ptr<Writer> writer = std::move(
      *Writer::start(*log, clock, {}, [](const LogFailure&) { GREFFE_CHECK(false, "the memory log failed"); }));
  Importer importer{*writer};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Desk desk;
  const Position before = desk.log->tail();
  const auto answer = desk.importer.apply({reinterpret_cast<const char*>(data), size}, "");
  const bool appended = desk.log->tail() != before;
  GREFFE_CHECK(appended == (answer.outcome == LineOutcome::appended), "the answer does not say what happened");
  return 0;
}
