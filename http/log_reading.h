// Reading records for answers: whatever the log cannot give becomes a problem document.
#pragma once

#include <functional>

#include "events/record.h"
#include "http/problem.h"
#include "storage/log.h"

namespace greffe {

// Calls `take` for each record until it returns false or the reader ends. Stops with a
// log_failed problem at the first entry that cannot be read or decoded.
Handled for_each_record(LogReader& reader, const std::function<bool(const Record&)>& take);

}  // namespace greffe
