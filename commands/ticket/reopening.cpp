#include "commands/ticket/reopening.h"

#include "commands/references.h"
#include "commands/ticket/closing_relations.h"

namespace greffe::subjects {
namespace {

bool closed_for(const TicketState& state, std::uint32_t days, const Context& context) {
  return state.last_closed_at && context.now - *state.last_closed_at > std::chrono::days(days);
}

// Whose messages can open the ticket again.
bool can_reopen(const TicketState& state, const Context& context) {
  if (context.doer.kind != ActorKind::contact) return false;
  if (context.settings.reopening.by == ReopenBy::any_external) return true;
  return state.party.contact == ContactId{context.doer.id};
}

// Whether what a client wants after the closing still goes on in the same ticket.
bool goes_on(const TicketState& state, const Context& context) {
  if (is_final(state, context)) return false;
  const ReopeningDefined& rules = context.settings.reopening;
  switch (rules.followup) {
    case Followup::reopen: return true;
    case Followup::new_ticket: return false;
    case Followup::reopen_within: return !closed_for(state, rules.within_days, context);
  }
  return false;
}

}  // namespace

bool is_final(const TicketState& state, const Context& context) {
  const auto days = context.settings.reopening.finalize_after_days;
  return days > 0 && !context.imported && closed_for(state, days, context);
}

void add_reopening(const TicketState& state, TicketId ticket, StatusAt to, ReopenCause cause, std::string reason,
                   Steps& steps, const Context& context) {
  add(steps, ticket, TicketReopened{state.status, std::move(to), cause, {std::move(reason)}, state.reopen_count + 1});
  const bool keeps = context.settings.reopening.keep_assignee || context.imported;
  if (state.assignee && !(keeps && may_be_assigned(*state.assignee, context.lookup))) {
    add(steps, ticket, TicketUnassigned{*state.assignee, UnassignCause::inactive});
  }
  add_reopening_effects(state, ticket, steps, context);
}

MessageEffect effect_of_message(const TicketState& state, const PostMessage& message, const Context& context) {
  if (context.imported || message.automatic || !can_reopen(state, context)) return MessageEffect::store;
  return goes_on(state, context) ? MessageEffect::reopen : MessageEffect::new_ticket;
}

bool only_new_ticket(const TicketState& state, const Context& context) {
  if (context.doer.kind == ActorKind::contact && !context.imported) return !goes_on(state, context);
  return is_final(state, context);
}

}  // namespace greffe::subjects
