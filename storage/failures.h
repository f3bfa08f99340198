// The failures that every log words alike. `detail` is for people.
#pragma once

#include "storage/log.h"

namespace greffe {

// append() at `expected` of a log that ends at `tail`.
LogFailure wrong_tail(Position expected, Position tail);

// A single entry was asked for where the log has none yet: before 1 or after `tail`.
LogFailure no_such_position(Position position, Position tail);

// The log has no entry at a position that is not after its end.
LogFailure missing_entry(Position position);

// The stream's index skips `version`: the next one that it holds is `found`, at `position`.
LogFailure missing_version(StreamId stream, Version version, Version found, Position position);

}  // namespace greffe
