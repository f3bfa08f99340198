#include "http/ticket_view.h"

#include <algorithm>
#include <unordered_map>

#include "events/check.h"
#include "projections/as_of.h"

namespace greffe {
namespace {

// Other tickets as far as the reader may read them, each looked up once.
class Others {
 public:
  Others(const Snapshot& snapshot, const Reader& reader) : snapshot_(snapshot), reader_(reader) {}

  // As they were at the instant.
  Others(const Snapshot& snapshot, const Reader& reader, const Log& log, Instant instant)
      : snapshot_(snapshot), reader_(reader), log_(&log), instant_(instant) {}

  const std::optional<TicketRow>& ticket(TicketId id) {
    const auto [known, first] = known_.try_emplace(id);
    if (first) known->second = look_up(id);
    return known->second;
  }
  std::optional<TicketRow> ticket(const std::optional<TicketRef>& ref) {
    return ref ? ticket(ref->ticket) : std::nullopt;
  }

 private:
  std::optional<TicketRow> look_up(TicketId id) const {
    auto row = snapshot_.ticket(id);
    if (row && log_ != nullptr && reader_.may_read(*row)) row = ticket_as_of(*log_, id, instant_);
    if (row && !reader_.may_read(*row)) row.reset();
    return row;
  }

  const Snapshot& snapshot_;
  const Reader& reader_;
  const Log* log_ = nullptr;
  Instant instant_;
  std::unordered_map<TicketId, std::optional<TicketRow>> known_;
};

// Documents, to-dos and the like that are the desk's own.
void leave_out_internal(TicketParts& parts) {
  parts.watchers.clear();
  parts.todos.clear();
  parts.interventions.clear();
  parts.points.clear();
  std::erase_if(parts.documents, [](const DocumentRow& d) { return d.document.visibility == Visibility::internal; });
}

void leave_out_unreadable(TicketParts& parts, Others& others) {
  std::erase_if(parts.links, [&](const LinkRow& link) { return !others.ticket(link.other); });
  std::erase_if(parts.absorbed, [&](const TicketRef& ref) { return !others.ticket(ref.ticket); });
  if (parts.split_from && !others.ticket(parts.split_from)) parts.split_from.reset();
}

void add_family(TicketView& view, Others& others) {
  const auto is_origin = [&](const TicketRef& ref) {
    return std::any_of(view.origins.begin(), view.origins.end(),
                       [&](const OriginParts& origin) { return origin.number == ref.number; });
  };
  const TicketParts& own = view.own();
  for (const TicketRef& child : own.children) {
    if (is_origin(child)) continue;
    if (const auto& row = others.ticket(child.ticket)) view.children.push_back(*row);
  }
  view.merged_into = others.ticket(own.merged_into);
  if (view.row.parent) view.parent = others.ticket(own.parent);
  if (!view.parent) view.row.parent.reset();
  if (!view.merged_into) view.row.merged_into.reset();
}

TicketView completed(TicketView view, Others& others, const Reader& reader) {
  add_family(view, others);
  for (auto& origin : view.origins) {
    for (const LinkRow& link : origin.parts.links) {
      if (const auto& row = others.ticket(link.other)) view.linked.emplace(link.other, *row);
    }
    if (!reader.is_client()) continue;
    leave_out_internal(origin.parts);
    leave_out_unreadable(origin.parts, others);
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
  Others others(snapshot, reader);
  TicketView view;
  for (const auto& origin : snapshot.origins(row.id)) {
    const bool own = origin.ticket == row.id;
    if (!own && !others.ticket(origin.ticket)) continue;
    OriginParts parts{origin.ticket, origin.number, own, snapshot.parts(origin.ticket)};
    view.origins.insert(own ? view.origins.begin() : view.origins.end(), std::move(parts));
  }
  GREFFE_CHECK(!view.origins.empty() && view.origins.front().own, "a ticket is an origin of itself");
  view.people = people_now(row, snapshot);
  const auto row_of = [&](TicketId id) { return snapshot.ticket(id); };
  view.counts = united_counts(row, row_of);
  view.row = united_row(std::move(row), row_of);
  return completed(std::move(view), others, reader);
}

TicketView ticket_view_as_of(TicketRow row, Instant instant, const Log& log, const Snapshot& snapshot,
                             const Reader& reader) {
  Others others(snapshot, reader, log, instant);
  TicketView view;
  for (const auto& origin : origins_as_of(log, row.id, instant)) {
    const bool own = origin.ticket == row.id;
    if (!own && !others.ticket(origin.ticket)) continue;
    OriginParts parts{origin.ticket, origin.number, own,
                      parts_as_of(log, origin.ticket, instant).value_or(TicketParts{})};
    view.origins.insert(own ? view.origins.begin() : view.origins.end(), std::move(parts));
  }
  GREFFE_CHECK(!view.origins.empty(), "a ticket that was open then is an origin of itself");
  // Whom the ticket was for before it was the reader's is not the reader's to know.
  if (!reader.may_read(row)) row.party = {};
  view.people = people_as_of(row, instant, log);
  const auto row_of = [&](TicketId id) { return ticket_as_of(log, id, instant); };
  view.counts = united_counts(row, row_of);
  view.row = united_row(std::move(row), row_of);
  return completed(std::move(view), others, reader);
}

}  // namespace greffe
