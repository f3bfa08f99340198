#include "http/ticket_view.h"

#include <algorithm>

#include "events/check.h"
#include "projections/as_of.h"

namespace greffe {
namespace {

std::optional<TicketRow> readable(const std::optional<TicketRef>& ref, const Snapshot& snapshot, const Reader& reader) {
  auto row = ref ? snapshot.ticket(ref->ticket) : std::nullopt;
  if (row && !reader.may_read(*row)) row.reset();
  return row;
}

// Documents, to-dos and the like that are the desk's own.
void leave_out_internal(TicketParts& parts) {
  parts.watchers.clear();
  parts.todos.clear();
  parts.interventions.clear();
  parts.points.clear();
  std::erase_if(parts.documents, [](const DocumentRow& d) { return d.document.visibility == Visibility::internal; });
}

void leave_out_unreadable(TicketParts& parts, const Snapshot& snapshot, const Reader& reader) {
  const auto unreadable = [&](TicketId id) {
    const auto row = snapshot.ticket(id);
    return !row || !reader.may_read(*row);
  };
  std::erase_if(parts.links, [&](const LinkRow& link) { return unreadable(link.other); });
  std::erase_if(parts.absorbed, [&](const TicketRef& ref) { return unreadable(ref.ticket); });
  if (parts.split_from && unreadable(parts.split_from->ticket)) parts.split_from.reset();
}

TicketView completed(TicketView view, const Snapshot& snapshot, const Reader& reader) {
  const auto& own = view.own();
  for (const auto& child : own.children) {
    if (auto row = readable(child, snapshot, reader)) view.children.push_back(std::move(*row));
  }
  view.parent = readable(own.parent, snapshot, reader);
  view.merged_into = readable(own.merged_into, snapshot, reader);
  if (!reader.is_client()) return view;
  for (auto& origin : view.origins) {
    leave_out_internal(origin.parts);
    leave_out_unreadable(origin.parts, snapshot, reader);
  }
  return view;
}

TicketPeople people_now(const TicketRow& row, const Snapshot& snapshot) {
  TicketPeople people;
  if (row.party.contact) people.contact = snapshot.contact(*row.party.contact);
  if (row.party.organisation) people.organisation = snapshot.organisation(*row.party.organisation);
  if (row.assignee) people.assignee = snapshot.agent(*row.assignee);
  return people;
}

TicketPeople people_as_of(const TicketRow& row, Instant instant, const Log& log) {
  TicketPeople people;
  if (row.party.contact) people.contact = entry_as_of(log, *row.party.contact, instant);
  if (row.party.organisation) people.organisation = entry_as_of(log, *row.party.organisation, instant);
  if (row.assignee) people.assignee = entry_as_of(log, *row.assignee, instant);
  return people;
}

}  // namespace

TicketView ticket_view(TicketRow row, const Snapshot& snapshot, const Reader& reader) {
  TicketView view;
  for (const auto& origin : snapshot.origins(row.id)) {
    const bool own = origin.ticket == row.id;
    const auto source = own ? std::optional(row) : snapshot.ticket(origin.ticket);
    if (!source || !reader.may_read(*source)) continue;
    OriginParts parts{origin.number, own, snapshot.parts(origin.ticket)};
    view.origins.insert(own ? view.origins.begin() : view.origins.end(), std::move(parts));
  }
  GREFFE_CHECK(!view.origins.empty() && view.origins.front().own, "a ticket is an origin of itself");
  view.people = people_now(row, snapshot);
  view.counts = united_counts(row, [&](TicketId id) { return snapshot.ticket(id); });
  view.row = std::move(row);
  return completed(std::move(view), snapshot, reader);
}

TicketView ticket_view_as_of(TicketRow row, Instant instant, const Log& log, const Snapshot& snapshot,
                             const Reader& reader) {
  TicketView view;
  for (const auto& origin : origins_as_of(log, row.id, instant)) {
    const bool own = origin.ticket == row.id;
    const auto source = own ? std::nullopt : snapshot.ticket(origin.ticket);
    if (!own && (!source || !reader.may_read(*source))) continue;
    OriginParts parts{origin.number, own, parts_as_of(log, origin.ticket, instant).value_or(TicketParts{})};
    view.origins.insert(own ? view.origins.begin() : view.origins.end(), std::move(parts));
  }
  GREFFE_CHECK(!view.origins.empty(), "a ticket that was open then is an origin of itself");
  // Whom the ticket was for before it was the reader's is not the reader's to know.
  if (!reader.may_read(row)) row.party = {};
  view.people = people_as_of(row, instant, log);
  view.counts = united_counts(row, [&](TicketId id) { return ticket_as_of(log, id, instant); });
  view.row = std::move(row);
  return completed(std::move(view), snapshot, reader);
}

}  // namespace greffe
