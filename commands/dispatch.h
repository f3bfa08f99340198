// From a request to the decision of its aggregate: finds the state, checks that it exists
// and has the version asked for, and calls the aggregate's decide().
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/request_rules.h"
#include "commands/step.h"
#include "commands/store_view.h"

namespace greffe {

struct Decided {
  StreamId stream;                          // what the answer is about: the aggregate, or the ticket that came of it
  Version version;                          // its version before the steps
  std::string number;                       // tickets only
  Steps steps;                              // none = nothing changes; every stream is named
  std::vector<std::string> left_open = {};  // as in Accepted
};

// Pure but for reading the log through `view`.
Decision<Decided> dispatch(const CommandRequest& request, const Context& context, const StoreView& view);

// The aggregate that the request changes; absent for one that makes a new one and for settings.
std::optional<StreamId> target_of(const CommandRequest& request);

// The number of the other ticket that the request names; null if it names none.
const std::string* other_ticket_of(const CommandRequest& request);

}  // namespace greffe
