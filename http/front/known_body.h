// The If-None-Match header of a request (RFC 9110, 13.1.2): what the client has already.
#pragma once

#include "http/front/request.h"

namespace greffe::front {

// Whether a GET or HEAD names the ETag among `headers`, or `*`: 304 then says that the body is the
// same. Weak tags match as strong ones do. False without an ETag.
bool is_known_body(const HttpRequest& request, const NamedTexts& headers);

}  // namespace greffe::front
