#include "http/log_reading.h"

#include "events/codec.h"

namespace greffe {

Handled for_each_record(LogReader& reader, const std::function<bool(const Record&)>& take) {
  while (reader.next()) {
    const auto record = decode(reader.bytes());
    if (!record) {
      const auto detail = std::string(name_of(record.error()));
      return fail(problem_of(LogFailure{LogFailure::Kind::corrupt, reader.position(), detail}));
    }
    if (!take(*record)) return {};
  }
  if (reader.failure()) return fail(problem_of(*reader.failure()));
  return {};
}

}  // namespace greffe
