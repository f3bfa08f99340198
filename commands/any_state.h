// The state of any aggregate, and folding one from its stream.
#pragma once

#include <variant>

#include "commands/catalogue/state.h"
#include "commands/directory/state.h"
#include "commands/settings/settings.h"
#include "commands/ticket/state.h"
#include "events/closed_set.h"
#include "events/record.h"
#include "storage/log.h"

namespace greffe {

using AnyState = ClosedSet<TicketState, ContactState, OrganisationState, AgentState, TeamState, CannedReplyState,
                           TextTemplateState, ContextState, SavedViewState, ContractState>;

// The state before the first event. Not for settings, which are one state of many streams.
AnyState empty_state(StreamKind kind);

Version version_of(const AnyState& state);

// Folds one event in. False, with `state` as it was, if the event is not one of this kind of
// aggregate.
[[nodiscard]] bool evolve(AnyState& state, const Record& record);

// Folds the rest of the stream in, from the version after the state's own; an empty state of a
// ticket begins at its snapshot, if there is one. Fails as the log does, or with corrupt if the
// stream holds what does not belong there. Any thread.
Result<void, LogFailure> fold_rest(const Log& log, StreamId stream, AnyState& state);

// The state at `version`, or where the stream ends before it, from the first event on.
Result<AnyState, LogFailure> fold_all(const Log& log, StreamId stream, Version version);

// The settings in force, from the log's streams over the defaults. Any thread.
Result<Settings, LogFailure> fold_settings(const Log& log);

}  // namespace greffe
