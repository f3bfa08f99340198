// What a decision wants appended: events with the streams they go to, in order.
#pragma once

#include <vector>

#include "events/record.h"

namespace greffe {

// Stream id 0 stands for the command's own aggregate: its target, or the one it creates.
// A new ticket beside it is named by Context::next and its TicketOpened comes first of all.
struct Step {
  StreamId stream;
  Event event;
};
using Steps = std::vector<Step>;

}  // namespace greffe
