// The request headers of the contract, strictly: each occurs once at most and has exactly the
// form that docs and OpenAPI say, or the request is refused with malformed_header.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "events/record.h"
#include "http/front/request.h"
#include "http/problem.h"

namespace greffe {

// The only header of that name; absent if there is none, refused if there are several.
Result<std::optional<std::string_view>, Problem> single_header(const HttpRequest& request, std::string_view name);

// "Bearer <token>" -> the token; absent without Authorization or with another scheme.
Result<std::optional<std::string_view>, Problem> bearer_token(const HttpRequest& request);

// Greffe-Act-As: agent/<id> or contact/<id>.
Result<std::optional<Actor>, Problem> act_as(const HttpRequest& request);

// Idempotency-Key: 1 to 255 printable ASCII characters; empty = not given.
Result<std::string, Problem> idempotency_key(const HttpRequest& request);

// If-Match: "<version>", one strong tag.
Result<std::optional<Version>, Problem> if_match(const HttpRequest& request);

// Whether Prefer (RFC 7240, possibly several headers) asks for a dry run.
bool prefers_dry_run(const HttpRequest& request);

// Refused with unsupported_media_type unless the body is of that media type.
Handled check_media_type(const HttpRequest& request, std::string_view media_type);

// The same where the body may be of one of several types; the refusal names them all.
Handled check_media_types(const HttpRequest& request, std::initializer_list<std::string_view> media_types);

}  // namespace greffe
