// What the fold of delays remembers of a ticket beside its clocks (delays.h): what clients asked
// and nobody answered yet, where the ticket was merged into, and when it was first resolved.
#pragma once

#include <optional>
#include <vector>

#include "events/record.h"

namespace greffe {

// The oldest unanswered message that came through one ticket's number: the ticket's own, or that
// of one that was merged into it. Before the first answer that is the opening, whoever opened.
struct OpenQuestion {
  TicketId through;
  Instant asked_at;
  Position asked_by;
  static constexpr auto fields =
      std::make_tuple(field("through", &OpenQuestion::through), field("asked_at", &OpenQuestion::asked_at),
                      field("asked_by", &OpenQuestion::asked_by));
  bool operator==(const OpenQuestion& o) const { return same_fields(*this, o); }
};

struct SlaMemory {
  std::vector<OpenQuestion> questions;  // at most one through each ticket
  std::optional<TicketId> merged_into;  // not the root: each merge is one hop
  Position resolved_by;                 // the first closing; 0 = never closed
  static constexpr auto fields =
      std::make_tuple(field("questions", &SlaMemory::questions), field("merged_into", &SlaMemory::merged_into),
                      field("resolved_by", &SlaMemory::resolved_by));
  bool operator==(const SlaMemory& o) const { return same_fields(*this, o); }
};

// Null if there is none.
const OpenQuestion* oldest(const std::vector<OpenQuestion>& questions);

// Adds it, unless an older one came through the same ticket.
void note(std::vector<OpenQuestion>& questions, const OpenQuestion& question);

}  // namespace greffe
