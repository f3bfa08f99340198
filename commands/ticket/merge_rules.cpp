#include "commands/ticket/merge_rules.h"

#include <algorithm>

#include "commands/field_rules.h"
#include "commands/limits.h"
#include "commands/rights.h"
#include "commands/ticket/reopening.h"

namespace greffe::subjects {
namespace {

using relations::Ticket;
using MaybeRejection = std::optional<Rejection>;

Rejection refusal(RejectionCode code, std::string detail) { return refuse(code, std::move(detail)).value(); }

MaybeRejection chain_fault(const Merge& m) {
  const Lookup& lookup = m.context.lookup;
  if (m.source->merged_into) {
    return relations::naming_root(RejectionCode::already_merged, "The ticket is part of another one already.", m.source,
                                  lookup);
  }
  if (!m.named->merged_into) return std::nullopt;
  // The other one was faster: the target is part of the source by now.
  if (!m.command.follow || m.target.id == m.source.id) {
    return relations::naming_root(RejectionCode::target_merged, "The target is part of another ticket now.", m.named,
                                  lookup);
  }
  return std::nullopt;
}

MaybeRejection version_fault(const Merge& m) {
  const auto& wanted = m.command.into_version;
  if (!wanted || *wanted == m.named->version) return std::nullopt;
  Rejection rejection = refusal(RejectionCode::stale_version, "The target has another version by now.");
  rejection.stream = stream_of(m.named.id);
  rejection.current_version = m.named->version;
  return rejection;
}

MaybeRejection closed_fault(const Merge& m) {
  if (m.target->status.category != Category::closed) return std::nullopt;
  switch (m.context.settings.relations.closed_target) {
    case ClosedTarget::reject:
      return refusal(RejectionCode::target_closed, "Nothing is merged into a closed ticket here (closed_target).");
    case ClosedTarget::allow:
      if (relations::open_children(*m.source.state, m.context.lookup).empty()) return std::nullopt;
      return refusal(RejectionCode::parent_closed, "The open sub-tickets would be below a closed ticket.");
    case ClosedTarget::reopen:
      if (!is_final(*m.target.state, m.context)) return std::nullopt;
      return refusal(RejectionCode::ticket_final, "The target was closed too long ago to be opened again.");
  }
  return std::nullopt;
}

template <class Id>
bool differ(std::optional<Id> source, std::optional<Id> target) {
  return source && target && *source != *target;
}

// Whether somebody would read what was not for them.
MaybeRejection audience_fault(const Merge& m) {
  const Party &from = m.source->party, &to = m.target->party;
  const bool others = differ(from.contact, to.contact) || differ(from.organisation, to.organisation);
  if (others && !m.command.confirm_contact_mismatch) {
    return refusal(RejectionCode::contact_mismatch,
                   "The tickets are of different clients: confirm with confirm_contact_mismatch.");
  }
  const bool discloses = m.source->kind == TicketKind::internal && m.target->kind == TicketKind::external;
  if (discloses && !m.command.allow_disclosure) {
    return refusal(RejectionCode::disclosure_not_confirmed,
                   "An internal ticket would be part of an external one: confirm with allow_disclosure.");
  }
  return std::nullopt;
}

// Whether the source's sub-tickets have room below the target.
MaybeRejection children_fault(const Merge& m) {
  const RelationsDefined& rules = m.context.settings.relations;
  const Lookup& lookup = m.context.lookup;
  const auto children = relations::find_all(m.source->children, lookup);
  if (children.empty()) return std::nullopt;
  const std::uint32_t depth = relations::depth_of(m.target, lookup);
  for (const Ticket& child : children) {
    if (depth >= rules.depth_max || !relations::fits_into(child, rules.depth_max - depth, lookup)) {
      return refusal(RejectionCode::too_deep, "Below the target, the sub-tickets take more levels than depth_max.");
    }
  }
  const std::size_t leaving = m.source->parent == m.target.id && leaves_its_parent(m) ? 1 : 0;
  if (m.target->children.size() - leaving + children.size() > rules.children_max) {
    return refusal(RejectionCode::too_many_children, "Together they have more sub-tickets than children_max.");
  }
  return std::nullopt;
}

// As one ticket, the two must not wait for something that waits for them. That one of them
// waits for the other itself ends with the merge.
bool would_wait_for_itself(const Merge& m) {
  const Lookup& lookup = m.context.lookup;
  const auto waits = [&](Ticket one, Ticket other) {
    const auto needed = relations::dependencies_of(one, lookup);
    return std::any_of(needed.begin(), needed.end(), [&](Ticket between) {
      return between.id != other.id && relations::depends_on(between, other.id, lookup);
    });
  };
  return waits(m.source, m.target) || waits(m.target, m.source);
}

MaybeRejection watcher_fault(const Merge& m) {
  if (!new_watcher(m) || m.target->watchers.size() < limits::watchers_max) return std::nullopt;
  FieldFaults faults;
  faults.add("keep_contact_as_watcher", FieldCode::too_many);
  return faults.refuse().value();
}

}  // namespace

MaybeRejection pair_fault(const Merge& m) {
  for (const Ticket& ticket : {m.source, m.named, m.target}) {
    if (!rights::may_change(*ticket.state, m.context)) {
      return refusal(RejectionCode::forbidden, "Merging needs the right to change both tickets.");
    }
    if (ticket->status.category == Category::deleted) {
      return refusal(RejectionCode::ticket_deleted, "One of the tickets is deleted: restore it first.");
    }
  }
  return std::nullopt;
}

MaybeRejection merge_fault(const Merge& m) {
  if (auto refused = chain_fault(m)) return refused;
  if (auto refused = version_fault(m)) return refused;
  if (relations::is_below(m.target, m.source.id, m.context.lookup)) {
    return refusal(RejectionCode::merge_descendant, "A ticket is not merged into its own sub-ticket.");
  }
  if (auto refused = closed_fault(m)) return refused;
  if (auto refused = audience_fault(m)) return refused;
  if (auto refused = children_fault(m)) return refused;
  if (would_wait_for_itself(m)) {
    return refusal(RejectionCode::relation_cycle, "The tickets depend on what depends on them: unlink it first.");
  }
  return watcher_fault(m);
}

bool leaves_its_parent(const Merge& m) {
  const Lookup& lookup = m.context.lookup;
  const auto is_part = [&](TicketId id) {
    const Ticket lender = relations::find(id, lookup);
    return lender && lender->merged_into && relations::root_of(lender, lookup).id == m.target.id;
  };
  for (Ticket below = m.source; below && below->parent; below = relations::find(*below->parent, lookup)) {
    if (*below->parent == m.target.id) return std::none_of(below->lent_by.begin(), below->lent_by.end(), is_part);
  }
  return false;
}

std::optional<Watcher> new_watcher(const Merge& m) {
  const auto contact = m.source->party.contact;
  if (!m.command.keep_contact_as_watcher || !contact || contact == m.target->party.contact) return std::nullopt;
  Watcher watcher{WatcherKind::copy, {{}, contact, {}}};
  const auto& watchers = m.target->watchers;
  if (std::find(watchers.begin(), watchers.end(), watcher) != watchers.end()) return std::nullopt;
  return watcher;
}

}  // namespace greffe::subjects
