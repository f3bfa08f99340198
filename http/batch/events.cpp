#include "http/batch/events.h"

#include "http/batch/batch.h"
#include "http/log_reading.h"

namespace greffe {

Result<std::vector<Record>, Problem> events_of_batch(const Log& log, std::string_view batch_id) {
  std::vector<Record> events;
  if (const auto start = batch_start(batch_id)) {
    const auto reader = log.read(*start);
    auto read = for_each_record(*reader, [&](const Record& record) {
      if (record.envelope.correlation_id == batch_id) events.push_back(record);
      return true;
    });
    if (!read) return fail(read.error());
  }
  if (events.empty()) return fail(problem_of(RequestCode::batch_not_found, "No event carries this batch's id."));
  return events;
}

}  // namespace greffe
