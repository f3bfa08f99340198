#include "projections/snapshot.h"

#include <fmt/format.h>

#include "events/codec.h"
#include "projections/reports/report_run.h"
#include "projections/row_digest.h"

namespace greffe {
namespace {

template <class Row>
std::optional<Row> copy_of(const std::shared_ptr<const Row>& row) {
  return row ? std::optional(*row) : std::nullopt;
}

template <class Row>
Result<Page<Row>, BadCursor> page_of(Result<DirectoryView::Entries<Row>, BadCursor> entries) {
  if (!entries) return fail(entries.error());
  return Page<Row>{std::move(entries->rows), std::move(entries->next_cursor)};
}

Record record_at(const Log& log, Position position) {
  const auto bytes = log.read_one(position);
  if (!bytes) throw ViewsUnreadable(view_failure(bytes.error()));
  auto record = decode(*bytes);
  if (record) return std::move(*record);
  throw ViewsUnreadable(view_failure(
      LogFailure{LogFailure::Kind::corrupt, position,
                 fmt::format("the record at position {} is damaged ({})", position.value, name_of(record.error()))}));
}

}  // namespace

std::optional<TicketRow> ViewSnapshot::ticket(TicketId id) const { return copy_of(set_->tickets.ticket(here(), id)); }

std::optional<TicketRow> ViewSnapshot::ticket(std::string_view number) const {
  const auto id = set_->numbers.ticket(here(), number);
  return id ? ticket(*id) : std::nullopt;
}

std::optional<TicketId> ViewSnapshot::numbered(std::string_view number) const {
  return set_->numbers.ticket(here(), number);
}

TicketParts ViewSnapshot::parts(TicketId id) const {
  const auto parts = set_->parts.parts(here(), id);
  return parts ? *parts : TicketParts{};
}

std::vector<Origin> ViewSnapshot::origins(TicketId id) const { return united(id, {}); }

std::vector<Origin> ViewSnapshot::united(TicketId id, const ChildWanted& child_wanted) const {
  const auto row = set_->tickets.ticket(here(), id);
  if (!row) return {};
  const auto parts_of = [&](TicketId one) { return set_->parts.parts(here(), one); };
  return united_origins({id, row->number}, parts_of, child_wanted);
}

Result<Page<TimelineEntry>, BadCursor> ViewSnapshot::timeline(TicketId id, const TimelineQuery& query) const {
  // A deleted sub-ticket is out of all lists, and the portal shows nothing of an internal one.
  const auto child_wanted = [&](TicketId child) {
    const auto row = set_->tickets.ticket(here(), child);
    if (!row || row->status.category == Category::deleted) return false;
    return !query.public_only || row->kind == TicketKind::external;
  };
  auto origins = query.with_children ? united(id, child_wanted) : united(id, {});
  std::erase_if(origins, [&](const Origin& origin) {
    const auto row = query.may_see ? set_->tickets.ticket(here(), origin.ticket) : nullptr;
    return row && !query.may_see(*row);
  });
  const auto shown = query.public_only ? TimelineView::Shown::public_only : TimelineView::Shown::everything;
  return entries(origins, {id, query.with_children, shown}, query.limit, query.cursor);
}

Result<Page<TimelineEntry>, BadCursor> ViewSnapshot::notices(TicketId id, std::size_t limit,
                                                             std::string_view cursor) const {
  return entries(origins(id), {id, false, TimelineView::Shown::notices}, limit, cursor);
}

Result<Page<TimelineEntry>, BadCursor> ViewSnapshot::entries(std::span<const Origin> origins,
                                                             const TimelineView::Asked& asked, std::size_t limit,
                                                             std::string_view cursor) const {
  std::vector<TicketId> ids;
  for (const Origin& origin : origins) ids.push_back(origin.ticket);
  const auto found = set_->timeline.entries(here(), asked, ids, limit, cursor);
  if (!found) return fail(found.error());
  Page<TimelineEntry> page{{}, found->next_cursor};
  for (const auto& place : found->entries) {
    const Origin& origin = origins[place.origin];
    page.rows.push_back({record_at(log_, place.position), origin.ticket, origin.number});
    if (place.referenced != Position{}) refer(page.rows.back(), place.referenced);
  }
  return page;
}

// The message that was split off, in place of the event that refers to it.
void ViewSnapshot::refer(TimelineEntry& entry, Position message) const {
  const auto* event = std::get_if<TicketEvent>(&entry.record.event);
  const auto* reference = event == nullptr ? nullptr : std::get_if<MessageReferenced>(event);
  if (reference == nullptr) {
    throw ViewsUnreadable({ViewFailure::Kind::io, {}, "a row of view timeline is damaged: run `greffe rebuild`"});
  }
  entry = {record_at(log_, message), reference->from, reference->from_number, true};
}

Result<Page<TicketRow>, BadCursor> ViewSnapshot::tickets_of(ContactId id, std::size_t limit,
                                                            std::string_view cursor) const {
  const auto found = set_->history.of(here(), id, limit, cursor);
  if (!found) return fail(found.error());
  return Page<TicketRow>{tickets(found->ids), found->next_cursor};
}

Result<Page<TicketRow>, BadCursor> ViewSnapshot::tickets_of(OrganisationId id, std::size_t limit,
                                                            std::string_view cursor) const {
  const auto found = set_->history.of(here(), id, limit, cursor);
  if (!found) return fail(found.error());
  return Page<TicketRow>{tickets(found->ids), found->next_cursor};
}

SlaRow ViewSnapshot::sla(TicketId id) const { return set_->sla.sla(here(), id); }

WorkTime ViewSnapshot::work_time(TicketId id) const {
  std::vector<TicketId> ids;
  for (const Origin& origin : origins(id)) ids.push_back(origin.ticket);
  return set_->work.work_time(here(), ids);
}

Result<ReportAnswer, ReportTooLarge> ViewSnapshot::report(const ReportQuery& query) const {
  return run_report(query, {set_->reports, set_->sla, set_->work, set_->tickets, here()});
}

std::optional<ContactRow> ViewSnapshot::contact(ContactId id) const {
  return copy_of(set_->directory.entry(here(), id));
}
std::optional<OrganisationRow> ViewSnapshot::organisation(OrganisationId id) const {
  return copy_of(set_->directory.entry(here(), id));
}
std::optional<AgentRow> ViewSnapshot::agent(AgentId id) const { return copy_of(set_->directory.entry(here(), id)); }
std::optional<TeamRow> ViewSnapshot::team(TeamId id) const { return copy_of(set_->directory.entry(here(), id)); }

Result<Page<ContactRow>, BadCursor> ViewSnapshot::contacts(std::size_t limit, std::string_view cursor) const {
  return page_of(set_->directory.entries<ContactRow>(here(), limit, cursor));
}
Result<Page<OrganisationRow>, BadCursor> ViewSnapshot::organisations(std::size_t limit, std::string_view cursor) const {
  return page_of(set_->directory.entries<OrganisationRow>(here(), limit, cursor));
}
Result<Page<AgentRow>, BadCursor> ViewSnapshot::agents(std::size_t limit, std::string_view cursor) const {
  return page_of(set_->directory.entries<AgentRow>(here(), limit, cursor));
}
Result<Page<TeamRow>, BadCursor> ViewSnapshot::teams(std::size_t limit, std::string_view cursor) const {
  return page_of(set_->directory.entries<TeamRow>(here(), limit, cursor));
}

std::string ViewSnapshot::display_name(StreamId entry) const {
  if (entry.kind >= StreamKind::canned_reply) return set_->catalogue.display_name(here(), entry);
  return set_->directory.display_name(here(), entry);
}

std::vector<TicketRow> ViewSnapshot::tickets(std::span<const TicketId> ids) const {
  std::vector<TicketRow> rows;
  rows.reserve(ids.size());
  for (const auto& row : set_->tickets.tickets(here(), ids)) {
    if (!row) throw ViewsUnreadable({ViewFailure::Kind::io, {}, "a ticket's row is missing: run `greffe rebuild`"});
    rows.push_back(*row);
  }
  return rows;
}

ViewsDigest ViewSnapshot::digest() const {
  ViewsDigest digest{seen_.position, {}, {}};
  RowDigest all;
  for (std::size_t i = 0; i < set_->all().size(); ++i) {
    RowDigest of_view;
    for (const auto scan = rows_->scan(ViewSet::family_of(i), ""); scan->next();)
      of_view.add(scan->key(), scan->value());
    const std::string name(set_->all()[i]->name());
    digest.by_view.emplace_back(name, of_view.hex());
    all.add(name, digest.by_view.back().second);
  }
  digest.all = all.hex();
  return digest;
}

}  // namespace greffe
