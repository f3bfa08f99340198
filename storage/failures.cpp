#include "storage/failures.h"

#include <fmt/format.h>

#include "events/json.h"

namespace greffe {

LogFailure wrong_tail(Position expected, Position tail) {
  return {LogFailure::Kind::wrong_tail, tail,
          fmt::format("the log ends at position {}, not at {}: another writer was faster", tail.value, expected.value)};
}

LogFailure no_such_position(Position position, Position tail) {
  return {LogFailure::Kind::io, position,
          fmt::format("there is no position {}: the log has 1 to {}", position.value, tail.value)};
}

LogFailure missing_entry(Position position) {
  return {LogFailure::Kind::corrupt, position,
          fmt::format("the log has no entry at position {}: restore it from a backup", position.value)};
}

LogFailure missing_version(StreamId stream, Version version, Version found, Position position) {
  return {LogFailure::Kind::corrupt, position,
          fmt::format("the index of stream {} goes on with version {} where version {} must be: restore from a backup",
                      stream_text(stream), found.value, version.value)};
}

}  // namespace greffe
