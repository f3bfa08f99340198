// A group: the commands that one append makes durable, and the answers that wait for it.
#pragma once

#include <memory>
#include <vector>

#include "commands/any_state.h"
#include "commands/command.h"
#include "commands/settings/settings.h"
#include "commands/writer.h"
#include "storage/log.h"

namespace greffe {

// Groups are counted in the order of their decision: 1, 2, 3 …; {0} = before the first.
using GroupNumber = Id<struct GroupTag>;

// A command that waits to be decided.
struct Pending {
  CommandRequest request;
  Writer::Answer answer;
  // The target's state as the caller's thread read it, so that the writer need not: a fold
  // of the durable stream, perhaps not of its newest events.
  std::optional<AnyState> warm;
};

struct Reply {
  Writer::Answer answer;
  Decision<Accepted> decision;
};

struct Group {
  GroupNumber number;
  Position expected_tail;
  LogGroup log;
  std::vector<Reply> replies;                // in the order of decision
  std::shared_ptr<const Settings> settings;  // null unless the group changes them
};

}  // namespace greffe
