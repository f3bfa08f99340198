// Who may read what. Staff and programs read everything; clients read the tickets that are
// theirs, and of those nothing that the desk keeps to itself. Mirrors rights::may_read, which
// decides about commands. Who is not active, or does not exist, reads nothing at all: the API
// refuses every query in their name before it is handled (check_person_now).
#pragma once

#include <optional>

#include "commands/rights.h"
#include "http/access.h"
#include "http/problem.h"
#include "projections/views.h"

namespace greffe {

class Reader {
 public:
  // As of the snapshot: role and organisation of who asks.
  Reader(const Principal& principal, const Snapshot& snapshot);

  // As rights::role_of: who is not active counts as an auditor.
  rights::Role role() const { return role_; }
  std::optional<AgentId> agent() const { return agent_; }

  // A person of the other side, whoever of them. What only the desk may see is not for them.
  bool is_client() const { return client_; }

  // Clients: external tickets that are for them, and for a manager those of their organisation. A
  // deleted ticket is none of theirs any more, and who is not active in this snapshot reads nothing.
  bool may_read(const TicketRow& ticket) const;

  // Whether the reader may learn who did something in `ticket`. A client learns of agents and
  // programs, of themselves and of the ticket's own side: its contact and the managers of its
  // organisation. Another's client who acted in it, by the number of a ticket that was merged into
  // it, is named to nobody outside but, if they are of one organisation, to its managers.
  bool may_know(const Actor& who, const TicketRow& ticket, const Snapshot& snapshot) const;

  // Clients see what everyone may see.
  bool may_read(Visibility visibility) const { return !client_ || visibility == Visibility::everyone; }

  // What lists are narrowed to; both are absent for those who read all, and for a client who is
  // not active.
  std::optional<ContactId> contact() const { return contact_; }
  std::optional<OrganisationId> organisation() const { return organisation_; }

 private:
  rights::Role role_ = rights::Role::program;
  bool client_ = false;
  std::optional<AgentId> agent_;
  std::optional<ContactId> contact_;
  std::optional<OrganisationId> organisation_;  // of a manager
};

// For what no decision judges: refused, as a decision would refuse it, unless the person acted for
// is there and active.
Handled check_person(const Principal& principal, const Snapshot& snapshot);

}  // namespace greffe
