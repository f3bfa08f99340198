// POST /v1/import: the import of `greffe import` over HTTP, for bodies within the front's bound.
#pragma once

#include <functional>

#include "commands/writer.h"
#include "http/access.h"
#include "http/front/request.h"

namespace greffe {

// Answers 200 with the counts and every bad line, also if some lines were bad: the others
// were imported. `?strict=true` stops at the first bad one. The writer outlives the handler.
std::function<void(const HttpRequest&, const Principal&, HttpResponse&)> import_route(Writer& writer);

}  // namespace greffe
