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

struct ReadAhead {
  StreamId stream;
  AnyState state;
};

// A command that waits to be decided.
struct Pending {
  CommandRequest request;
  Writer::Answer answer;
  // What the request is about, as the caller's thread read it, so that the writer need not:
  // folds of the durable streams, perhaps not of their newest events.
  std::vector<ReadAhead> read_ahead;
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
