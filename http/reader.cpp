#include "http/reader.h"

namespace greffe {

namespace {

using rights::Role;

Role role_of(AgentRole role) {
  switch (role) {
    case AgentRole::agent: return Role::agent;
    case AgentRole::supervisor: return Role::supervisor;
    case AgentRole::administrator: return Role::administrator;
    case AgentRole::auditor: break;
  }
  return Role::auditor;
}

template <class Row>
Handled check_active(const std::optional<Row>& row) {
  if (row && row->active) return {};
  return fail(invalid_fields({{"act_as", row ? FieldCode::inactive : FieldCode::not_found}}));
}

}  // namespace

Reader::Reader(const Principal& principal, const Snapshot& snapshot) : agent_(principal.agent()) {
  if (agent_) {
    const auto agent = snapshot.agent(*agent_);
    role_ = agent && agent->active ? role_of(agent->details.role) : Role::auditor;
  }
  if (principal.person().kind != ActorKind::contact) return;
  client_ = true;
  role_ = Role::auditor;
  const ContactId id{principal.person().id};
  const auto contact = snapshot.contact(id);
  if (!contact || !contact->active) return;
  contact_ = id;
  role_ = contact->details.role == ContactRole::manager ? Role::manager : Role::subscriber;
  if (role_ == Role::manager) organisation_ = contact->details.organisation;
}

bool Reader::may_read(const TicketRow& ticket) const {
  if (!client_) return true;
  if (!contact_ || ticket.status.category == Category::deleted || ticket.kind == TicketKind::internal) return false;
  if (ticket.party.contact == contact_) return true;
  return organisation_ && ticket.party.organisation == organisation_;
}

bool Reader::may_know(const Actor& who, const TicketRow& ticket, const Snapshot& snapshot) const {
  if (!client_ || who.kind != ActorKind::contact) return true;
  const ContactId id{who.id};
  if (id == contact_ || id == ticket.party.contact) return true;
  const auto contact = snapshot.contact(id);
  if (!contact || !contact->details.organisation) return false;
  const auto& organisation = contact->details.organisation;
  const bool acts_for_it = contact->details.role == ContactRole::manager && organisation == ticket.party.organisation;
  return acts_for_it || organisation == organisation_;
}

Handled check_person(const Principal& principal, const Snapshot& snapshot) {
  if (const auto agent = principal.agent()) return check_active(snapshot.agent(*agent));
  if (principal.person().kind != ActorKind::contact) return {};
  return check_active(snapshot.contact(ContactId{principal.person().id}));
}

}  // namespace greffe
