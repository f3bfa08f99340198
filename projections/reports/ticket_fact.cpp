#include "projections/reports/ticket_fact.h"

#include "events/result.h"

namespace greffe {
namespace {

using Kind = std::optional<FactKind>;

bool came_with_opening(const Envelope& envelope) { return envelope.stream_id >= envelope.commit_first.value; }

Kind kind_of_message(const Envelope& envelope, const MessagePosted& e) {
  if (e.automatic) return std::nullopt;
  const ActorKind author = doer(envelope).kind;
  if (author == ActorKind::contact) return FactKind::message_in;
  if (e.visibility != Visibility::everyone) return std::nullopt;
  return author == ActorKind::agent && !came_with_opening(envelope) ? FactKind::answer : FactKind::message_out;
}

// Whose ticket it was until the event, if it left them.
std::optional<AgentId> passed_on_by(const TicketEvent& event) {
  if (const auto* assigned = std::get_if<TicketAssigned>(&event)) {
    return assigned->old_assignee == assigned->new_assignee ? std::nullopt : assigned->old_assignee;
  }
  const auto* unassigned = std::get_if<TicketUnassigned>(&event);
  if (unassigned == nullptr || unassigned->cause == UnassignCause::merged) return std::nullopt;
  return unassigned->old_assignee;
}

Kind kind_of_fact(const Envelope& envelope, const TicketEvent& event) {
  return std::visit(overloaded{
                        [](const TicketOpened&) { return Kind(FactKind::opened); },
                        [](const TicketClosed&) { return Kind(FactKind::closed); },
                        [](const TicketReopened&) { return Kind(FactKind::reopened); },
                        [&](const MessagePosted& e) { return kind_of_message(envelope, e); },
                        [](const auto&) { return Kind(); },
                    },
                    event);
}

}  // namespace

std::optional<TicketFact> fact_of(const Envelope& envelope, const TicketEvent& event) {
  TicketFact fact{envelope.occurred_at, envelope.position, FactKind::passed_on, {envelope.stream_id}, {}};
  fact.agent = passed_on_by(event);
  if (fact.agent) return fact;
  const auto kind = kind_of_fact(envelope, event);
  if (!kind) return std::nullopt;
  fact.kind = *kind;
  const Actor& who = doer(envelope);
  if (who.kind == ActorKind::agent && who.id != 0) fact.agent = AgentId{who.id};
  return fact;
}

}  // namespace greffe
