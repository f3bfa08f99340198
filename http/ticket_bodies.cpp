#include "http/ticket_bodies.h"

namespace greffe {
namespace {

RejectionCode not_found_code(StreamKind kind) {
  switch (kind) {
    case StreamKind::contact: return RejectionCode::contact_not_found;
    case StreamKind::organisation: return RejectionCode::organisation_not_found;
    case StreamKind::agent: return RejectionCode::agent_not_found;
    case StreamKind::team: return RejectionCode::team_not_found;
    case StreamKind::canned_reply: return RejectionCode::canned_reply_not_found;
    case StreamKind::text_template: return RejectionCode::template_not_found;
    case StreamKind::context: return RejectionCode::context_not_found;
    case StreamKind::saved_view: return RejectionCode::view_not_found;
    case StreamKind::contract: return RejectionCode::contract_not_found;
    case StreamKind::ticket:
    case StreamKind::settings: break;
  }
  return RejectionCode::ticket_not_found;
}

}  // namespace

const AggregateBodies& ticket_bodies() {
  static const AggregateBodies bodies = [] {
    AggregateBodies made{
        StreamKind::ticket, "tickets", ticket_body<OpenTicket>("open", "Open a ticket.", ticket_inputs::opening()), {}};
    for (auto& changes : {ticket_field_bodies(), ticket_assignment_bodies(), ticket_status_bodies(),
                          ticket_exchange_bodies(), ticket_work_bodies(), ticket_relation_bodies()}) {
      made.changes.insert(made.changes.end(), changes.begin(), changes.end());
    }
    return made;
  }();
  return bodies;
}

Rejection not_found(StreamKind kind) {
  Rejection rejection;
  rejection.code = not_found_code(kind);
  rejection.detail = "There is nothing of this number or id.";
  return rejection;
}

}  // namespace greffe
