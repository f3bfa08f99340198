// What the variables of a text stand for, for one ticket (commands/texts/template.h).
#pragma once

#include <string>

#include "commands/settings/settings.h"
#include "commands/texts/template.h"
#include "events/record.h"
#include "projections/views.h"

namespace greffe {

// Whom and for what a text is made.
struct TextAsked {
  TextPurpose purpose = TextPurpose::reply;
  std::string language;  // of labels and dates
  Actor maker;           // "agent.name"
};

// The values of every variable of the purpose but "messages", which is the caller's to fill from
// what its reader may read. Times are the tenant's.
TextValues text_values(const TicketRow& ticket, const Snapshot& snapshot, const Settings& settings,
                       const TextAsked& asked);

}  // namespace greffe
