// A ticket's state as it was at one of its versions, kept in the log's index beside the event of
// that version: who folds a long ticket begins there instead of at its first event.
//
// Written with every so many events of a ticket (WriterOptions), each in the place of the one before.
// Disposable: nothing but the writer's folds reads them, audits and replays never do, and without
// them everything is the same but slower. `greffe verify` folds the events again and compares.
//
// Stored bytes: a FlatBuffers TicketSnapshot (snapshot.fbs). One of another format than this
// program's is passed over, so a change in how events of old are folded asks for a new
// `snapshot_format`, and so does a new field that events of old fill; one that only new events
// bring does not. The key is the ticket's id, in decimal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "commands/ticket/state.h"

namespace greffe {

inline constexpr std::uint32_t snapshot_format = 3;

std::string encode_snapshot(const TicketState& state);

// Absent if the bytes are not a snapshot of this program's format. Any thread.
std::optional<TicketState> decode_snapshot(const std::string& bytes);

}  // namespace greffe
