#include "commands/ticket/reopening.h"

#include "commands/references.h"
#include "commands/settings/reopening_rules.h"
#include "commands/ticket/closing_relations.h"

namespace greffe::subjects {
namespace {

// Whose messages can open the ticket again. `written_to` is the ticket itself or one merged into it:
// the matter is as much that one's client's.
bool can_reopen(const TicketState& written_to, const Context& context) {
  if (context.doer.kind != ActorKind::contact) return false;
  if (context.settings.reopening.by == ReopenBy::any_external) return true;
  return written_to.party.contact == ContactId{context.doer.id};
}

bool goes_on(const TicketState& state, const Context& context) {
  return reopening_rules::goes_on(context.settings.reopening, state.last_closed_at, context.now);
}

}  // namespace

bool is_final(const TicketState& state, const Context& context) {
  if (context.imported) return false;
  return reopening_rules::is_final(context.settings.reopening, state.last_closed_at, context.now);
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

MessageEffect effect_of_message(const TicketState& state, const TicketState& written_to, const PostMessage& message,
                                const Context& context) {
  if (context.imported || message.automatic || !can_reopen(written_to, context)) return MessageEffect::store;
  return goes_on(state, context) ? MessageEffect::reopen : MessageEffect::new_ticket;
}

bool only_new_ticket(const TicketState& state, const Context& context) {
  if (context.doer.kind == ActorKind::contact && !context.imported) return !goes_on(state, context);
  return is_final(state, context);
}

}  // namespace greffe::subjects
