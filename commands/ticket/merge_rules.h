// What stands against merging one ticket into another. For merging.cpp.
#pragma once

#include <optional>

#include "commands/ticket/relations.h"
#include "commands/ticket/subjects.h"

namespace greffe::subjects {

struct Merge {
  relations::Ticket source;
  relations::Ticket target;  // the root of the ticket that the command names
  relations::Ticket named;
  const MergeTickets& command;
  const Context& context;
};

// No right to change one of them, or one is deleted.
std::optional<Rejection> pair_fault(const Merge& merge);

// Everything else. The source is not part of the target yet.
std::optional<Rejection> merge_fault(const Merge& merge);

// Whether the source stops being a sub-ticket: nothing is below what it is part of. One that the
// target has on loan, since the source's own parent was merged into it, is still given back.
bool leaves_its_parent(const Merge& merge);

// The source's contact where asked for, unless the target tells them already.
std::optional<Watcher> new_watcher(const Merge& merge);

}  // namespace greffe::subjects
