// What requests about one ticket share: finding it for who asks.
#pragma once

#include "http/query_call.h"
#include "http/reader.h"
#include "http/ticket_json.h"

namespace greffe {

// A ticket as one request sees it. The settings are those of now.
struct TicketCall {
  std::shared_ptr<const Snapshot> snapshot;
  Reader reader;
  std::shared_ptr<const Settings> settings;
  TicketRow row;

  Screen screen() const { return {*snapshot, *settings, reader}; }
};

// The ticket of the path's first {…}, at the views' position; ticket_not_found if there is none
// or the asking person may not read it.
Result<TicketCall, Problem> ticket_call(const Call& call, std::optional<Position> min_position);

}  // namespace greffe
