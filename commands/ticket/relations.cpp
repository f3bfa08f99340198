#include "commands/ticket/relations.h"

#include <algorithm>
#include <unordered_set>

#include "commands/rights.h"

namespace greffe::relations {

Ticket find(TicketId id, const Lookup& lookup) { return {id, lookup.ticket(id)}; }

Ticket numbered(std::string_view number, const Lookup& lookup) {
  const auto id = lookup.with_number(number);
  return id ? find(*id, lookup) : Ticket{};
}

Ticket identified(const TicketState& state, const Lookup& lookup) {
  return {lookup.with_number(state.number).value_or(TicketId{}), &state};
}

std::vector<Ticket> find_all(const std::vector<TicketId>& ids, const Lookup& lookup) {
  std::vector<Ticket> found;
  found.reserve(ids.size());
  for (const TicketId id : ids) {
    if (const Ticket ticket = find(id, lookup)) found.push_back(ticket);
  }
  return found;
}

Ticket root_of(Ticket ticket, const Lookup& lookup) {
  while (ticket->merged_into) {
    const Ticket target = find(*ticket->merged_into, lookup);
    if (!target) break;
    ticket = target;
  }
  return ticket;
}

std::vector<Ticket> parts_of(Ticket root, const Lookup& lookup) {
  std::vector<Ticket> parts = {root};
  for (std::size_t i = 0; i < parts.size() && parts.size() < tickets_walked_max; ++i) {
    for (const Ticket& part : find_all(parts[i]->absorbed, lookup)) parts.push_back(part);
  }
  return parts;
}

Ticket part_numbered(Ticket root, std::string_view number, const Lookup& lookup) {
  const Ticket part = numbered(number, lookup);
  return part && root_of(part, lookup).id == root.id ? part : Ticket{};
}

Message message_of(Ticket root, std::string_view held_by, std::uint32_t message, const Lookup& lookup) {
  const Ticket holder = held_by.empty() ? root : numbered(held_by, lookup);
  if (!holder || message == 0 || message > holder->counts.messages) return {};
  const auto& sent = holder->messages_via;
  const auto via = std::find_if(sent.begin(), sent.end(), [&](const MessageVia& m) { return m.message == message; });
  const Ticket owner = via == sent.end() ? holder : find(via->via, lookup);
  if (!owner || root_of(owner, lookup).id != root_of(root, lookup).id) return {};
  const auto& internal = holder->internal_messages;
  return {holder, owner, std::binary_search(internal.begin(), internal.end(), message)};
}

bool is_below(Ticket ticket, TicketId above, const Lookup& lookup) {
  while (ticket && ticket->parent) {
    if (*ticket->parent == above) return true;
    ticket = find(*ticket->parent, lookup);
  }
  return false;
}

std::uint32_t depth_of(Ticket ticket, const Lookup& lookup) {
  std::uint32_t depth = 0;
  while (ticket && ticket->parent) {
    ++depth;
    ticket = find(*ticket->parent, lookup);
  }
  return depth;
}

bool fits_into(Ticket ticket, std::uint32_t levels, const Lookup& lookup) {
  std::vector<Ticket> level = {ticket};
  std::size_t walked = 0;
  for (; !level.empty(); --levels) {
    walked += level.size();
    if (levels == 0 || walked > tickets_walked_max) return false;
    std::vector<Ticket> below;
    for (const Ticket& one : level) {
      const auto children = find_all(one->children, lookup);
      below.insert(below.end(), children.begin(), children.end());
    }
    level = std::move(below);
  }
  return true;
}

std::vector<Ticket> open_children(const TicketState& state, const Lookup& lookup) {
  auto children = find_all(state.children, lookup);
  std::erase_if(children, [](const Ticket& child) { return !is_open(child->status.category); });
  return children;
}

std::vector<Ticket> dependencies_of(Ticket root, const Lookup& lookup) {
  std::vector<Ticket> needed;
  std::unordered_set<TicketId> seen = {root.id};
  for (const Ticket& part : parts_of(root, lookup)) {
    for (const TicketLink& link : part->links) {
      if (link.type != LinkType::depends_on || link.inverse) continue;
      const Ticket other = find(link.other, lookup);
      if (!other) continue;
      if (const Ticket stands = root_of(other, lookup); seen.insert(stands.id).second) needed.push_back(stands);
    }
  }
  return needed;
}

bool depends_on(Ticket from, TicketId to, const Lookup& lookup) {
  std::vector<Ticket> waiting = {from};
  std::unordered_set<TicketId> seen = {from.id};
  while (!waiting.empty()) {
    const Ticket ticket = waiting.back();
    waiting.pop_back();
    for (const Ticket& needed : dependencies_of(ticket, lookup)) {
      if (needed.id == to || seen.size() >= tickets_walked_max) return true;
      if (seen.insert(needed.id).second) waiting.push_back(needed);
    }
  }
  return false;
}

Rejection naming_root(RejectionCode code, std::string detail, Ticket merged, const Lookup& lookup) {
  Rejection rejection;
  rejection.code = code;
  rejection.detail = std::move(detail);
  rejection.root = root_of(merged, lookup)->number;
  return rejection;
}

std::optional<Rejection> other_fault(Ticket other, const Context& context) {
  if (!rights::may_change(*other.state, context)) {
    return refuse(RejectionCode::forbidden, "You may not change the other ticket.").value();
  }
  switch (other->status.category) {
    case Category::merged:
      return naming_root(RejectionCode::ticket_merged, "The other ticket is part of another one now.", other,
                         context.lookup);
    case Category::deleted:
      return refuse(RejectionCode::ticket_deleted, "The other ticket is deleted: restore it first.").value();
    default: return std::nullopt;
  }
}

}  // namespace greffe::relations
