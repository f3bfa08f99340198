// The fold of all tickets' delays (projections/clocks/delays.h) over rows in memory.
#pragma once

#include <map>

#include "projections/clocks/delays.h"

namespace greffe {

class DelaysInMemory final : public DelayRows {
 public:
  std::map<TicketId, SlaRow> rows;
  std::map<TicketId, SlaMemory> memories;

  SlaRow& open(TicketId id) override { return rows[id] = {}; }
  SlaRow* clocks(TicketId id) override {
    const auto found = rows.find(id);
    return found == rows.end() ? nullptr : &found->second;
  }
  SlaMemory& memory(TicketId id) override { return memories[id]; }
  SlaMemory& new_memory(TicketId id) override { return memories[id] = {}; }

  std::vector<StoppedClock> fold(const Envelope& envelope, const TicketEvent& event, const SlaTargetsDefined& targets) {
    std::vector<StoppedClock> stopped;
    fold_delays(*this, envelope, event, targets, stopped);
    return stopped;
  }
};

}  // namespace greffe
