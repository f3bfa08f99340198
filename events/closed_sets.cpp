// Where the sets of events are compiled.
#include "events/closed_set_members.h"
#include "events/record.h"

namespace greffe {

template struct CompiledSet<TicketEvent>;
template struct CompiledSet<SettingsEvent>;
template struct CompiledSet<Event>;

}  // namespace greffe
