// POST /v1/contexts/import: creates the contexts of a file, or changes those that are known by
// type and external id already; one that was deactivated is active again. Each line is a command of its own: a bad one
// is reported with its number and the others go on.
#pragma once

#include "http/route.h"

namespace greffe {

// Answers {"lines","created","changed","unchanged","failed","position","bad_lines"}; a view at
// `position` has seen it all. Refused as too_large beyond context_import_bytes_max.
Handled import_contexts(const Call& call, HttpResponse& response);

}  // namespace greffe
