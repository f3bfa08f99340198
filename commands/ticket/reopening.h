// When a closed ticket opens again, and when a new one follows instead.
#pragma once

#include <optional>

#include "commands/ticket/subjects.h"

namespace greffe::subjects {

// Closed for longer than the settings let it come back (finalize_after_days).
bool is_final(const TicketState& state, const Context& context);

// Whether the doer can only open a new ticket: the follow-up policy binds clients, however they ask.
bool only_new_ticket(const TicketState& state, const Context& context);

// Adds the reopening of `ticket` ({} = the command's own). Who had it gets it back, unless
// the settings say otherwise or they cannot have tickets any more.
void add_reopening(const TicketState& state, TicketId ticket, StatusAt to, ReopenCause cause, std::string reason,
                   Steps& steps, const Context& context);

// What a client's message does to a ticket that is closed. It was written to the ticket itself or to one
// that was merged into it, whose client counts as much.
enum class MessageEffect : std::uint8_t { reopen, new_ticket, store };
MessageEffect effect_of_message(const TicketState& state, const TicketState& written_to, const PostMessage& message,
                                const Context& context);

}  // namespace greffe::subjects
