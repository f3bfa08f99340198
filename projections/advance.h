// Moves a generation of views along the log.
#pragma once

#include <functional>
#include <stop_token>

#include "projections/generation.h"

namespace greffe {

struct Advance {
  Position to;                               // not beyond the log's tail
  std::size_t write_events_max = 4096;       // events a batch: more is faster, fewer is sooner visible
  std::stop_token stop = {};                 // asked between batches
  std::function<void(Position)> on_written;  // after each batch, if set
};

// Applies every record after the generation's position up to `to`, or to where it was asked
// to stop. A view that cannot digest an event is parked there, with everything before it
// applied. Fails with log if a record cannot be read, with io if the rows cannot be; what
// was written before stays.
Result<void, ViewFailure> advance(Generation& views, const Log& log, const Advance& how);

}  // namespace greffe
