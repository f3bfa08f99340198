#include "projections/view_failure.h"

#include <fmt/format.h>

namespace greffe {

ViewFailure view_failure(const LogFailure& failure) {
  return {ViewFailure::Kind::log, failure.position,
          fmt::format("the log cannot be read ({}): {}", name_of(failure.kind), failure.detail)};
}

}  // namespace greffe
