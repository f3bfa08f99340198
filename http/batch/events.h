// The events of a batch, from the log.
#pragma once

#include <string_view>
#include <vector>

#include "events/record.h"
#include "http/problem.h"
#include "storage/log.h"

namespace greffe {

// Every event whose correlation id is the batch's, in log order; batch_not_found if there is
// none. Reads the log from where the batch began to its end: the one place to change when the
// log gets an index of batches.
Result<std::vector<Record>, Problem> events_of_batch(const Log& log, std::string_view batch_id);

}  // namespace greffe
