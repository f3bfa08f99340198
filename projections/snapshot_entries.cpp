// The snapshot's queries about catalogue entries and its look-ups by name.
#include "projections/snapshot.h"

namespace greffe {
namespace {

template <class Row>
std::optional<Row> copy_of(const std::shared_ptr<const Row>& row) {
  return row ? std::optional(*row) : std::nullopt;
}

template <class Row>
Result<Page<Row>, BadCursor> page_of(Result<EntryPage<Row>, BadCursor> entries) {
  if (!entries) return fail(entries.error());
  return Page<Row>{std::move(entries->rows), std::move(entries->next_cursor)};
}

}  // namespace

Matches<ContactRow> ViewSnapshot::contacts_named(std::string_view typed, std::size_t limit) const {
  return set_->directory.named<ContactRow>(here(), typed, limit);
}
Matches<OrganisationRow> ViewSnapshot::organisations_named(std::string_view typed, std::size_t limit) const {
  return set_->directory.named<OrganisationRow>(here(), typed, limit);
}
Matches<AgentRow> ViewSnapshot::agents_named(std::string_view typed, std::size_t limit) const {
  return set_->directory.named<AgentRow>(here(), typed, limit);
}
Matches<AgentRow> ViewSnapshot::assignable_agents(std::string_view typed, std::size_t limit) const {
  return set_->directory.assignable(here(), typed, limit);
}
Matches<ContextRow> ViewSnapshot::contexts_labelled(std::string_view type, std::string_view typed,
                                                    std::size_t limit) const {
  return set_->catalogue.labelled(here(), type, typed, limit);
}

std::optional<CannedReplyRow> ViewSnapshot::canned_reply(CannedReplyId id) const {
  return copy_of(set_->catalogue.entry(here(), id));
}
std::optional<TextTemplateRow> ViewSnapshot::text_template(TemplateId id) const {
  return copy_of(set_->catalogue.entry(here(), id));
}
std::optional<ContextRow> ViewSnapshot::context(ContextId id) const {
  return copy_of(set_->catalogue.entry(here(), id));
}
std::optional<SavedViewRow> ViewSnapshot::saved_view(SavedViewId id) const {
  return copy_of(set_->catalogue.entry(here(), id));
}
std::optional<ContractRow> ViewSnapshot::contract(ContractId id) const {
  return copy_of(set_->catalogue.entry(here(), id));
}

Result<Page<CannedReplyRow>, BadCursor> ViewSnapshot::canned_replies(std::size_t limit, std::string_view cursor) const {
  return page_of(set_->catalogue.entries<CannedReplyRow>(here(), limit, cursor));
}
Result<Page<TextTemplateRow>, BadCursor> ViewSnapshot::text_templates(std::size_t limit,
                                                                      std::string_view cursor) const {
  return page_of(set_->catalogue.entries<TextTemplateRow>(here(), limit, cursor));
}
Result<Page<ContextRow>, BadCursor> ViewSnapshot::contexts(std::size_t limit, std::string_view cursor) const {
  return page_of(set_->catalogue.entries<ContextRow>(here(), limit, cursor));
}
Result<Page<SavedViewRow>, BadCursor> ViewSnapshot::saved_views(std::size_t limit, std::string_view cursor) const {
  return page_of(set_->catalogue.entries<SavedViewRow>(here(), limit, cursor));
}
Result<Page<ContractRow>, BadCursor> ViewSnapshot::contracts(std::size_t limit, std::string_view cursor) const {
  return page_of(set_->catalogue.entries<ContractRow>(here(), limit, cursor));
}

std::optional<ContextId> ViewSnapshot::context_with_external_id(std::string_view type,
                                                                std::string_view external_id) const {
  return set_->catalogue.with_external_id(here(), type, external_id);
}
std::vector<SavedViewRow> ViewSnapshot::saved_views_of(AgentId agent, std::size_t limit) const {
  return set_->catalogue.views_of(here(), agent, limit);
}
Result<Page<BookingRow>, BadCursor> ViewSnapshot::bookings(ContractId id, std::size_t limit,
                                                           std::string_view cursor) const {
  return page_of(set_->catalogue.bookings(here(), id, limit, cursor));
}

}  // namespace greffe
