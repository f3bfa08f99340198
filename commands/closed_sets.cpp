// Where the sets of commands and states are compiled.
#include "commands/any_state.h"
#include "commands/command.h"
#include "events/closed_set_members.h"

namespace greffe {

template struct CompiledSet<TicketCommand>;
template struct CompiledSet<AnyCommand>;
template struct CompiledSet<AnyState>;

}  // namespace greffe
