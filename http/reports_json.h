// Reports as JSON: `{"items":[{…group, …measures}],"totals":{…},"from","to","time_zone",
// "group_by","position","age_ms"}`.
#pragma once

#include "http/json_writer.h"
#include "projections/reports/report.h"
#include "projections/views.h"

namespace greffe {

// Members only, within an object already begun: from "items" to "group_by". Names come from
// `snapshot`, which the answer is of.
void write_report(JsonWriter& json, const ReportQuery& query, const ReportAnswer& answer, const Snapshot& snapshot);

}  // namespace greffe
