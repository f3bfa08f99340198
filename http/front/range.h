// The Range header of a request (RFC 9110, 14): one range of bytes.
#pragma once

#include <cstdint>
#include <optional>

#include "events/result.h"
#include "http/front/refusal.h"
#include "http/front/request.h"

namespace greffe::front {

struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t size_bytes = 0;
  bool operator==(const ByteRange&) const = default;
};

// The part that is asked for of a body of `size_bytes`. Absent if it is the whole: no GET, no
// Range, a malformed one, several ranges, another unit, or an If-Range that does not match the ETag or
// Last-Modified among `headers`. Fails with range_not_satisfiable if no byte lies in it.
Result<std::optional<ByteRange>, Refusal> requested_range(const HttpRequest& request, const NamedTexts& headers,
                                                          std::uint64_t size_bytes);

}  // namespace greffe::front
