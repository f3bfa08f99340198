#include "projections/snapshot.h"

#include <fmt/format.h>

#include "events/codec.h"
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

Result<Page<Record>, BadCursor> ViewSnapshot::timeline(TicketId id, std::size_t limit, std::string_view cursor) const {
  const auto places = set_->timeline.places(here(), id, limit, cursor);
  if (!places) return fail(places.error());
  Page<Record> page{{}, places->next_cursor};
  for (const Position position : places->positions) page.rows.push_back(record_at(log_, position));
  return page;
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
WorkTime ViewSnapshot::work_time(TicketId id) const { return set_->work.work_time(here(), id); }

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

std::string ViewSnapshot::display_name(StreamId entry) const { return set_->directory.display_name(here(), entry); }

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
