// The queries over one generation at one position.
#pragma once

#include <memory>

#include "projections/origins.h"
#include "projections/view_set.h"
#include "projections/views.h"

namespace greffe {

class ViewSnapshot final : public Snapshot {
 public:
  ViewSnapshot(std::shared_ptr<const ViewSet> set, std::shared_ptr<const RowSource> rows, Seen seen, const Log& log)
      : set_(std::move(set)), rows_(std::move(rows)), seen_(seen), log_(log) {}

  Seen seen() const override { return seen_; }
  std::optional<TicketRow> ticket(TicketId id) const override;
  std::optional<TicketRow> ticket(std::string_view number) const override;
  std::optional<TicketId> numbered(std::string_view number) const override;
  TicketParts parts(TicketId id) const override;
  std::vector<Origin> origins(TicketId id) const override;
  Result<Page<TimelineEntry>, BadCursor> timeline(TicketId id, const TimelineQuery& query) const override;
  Result<Page<TimelineEntry>, BadCursor> notices(TicketId id, std::size_t limit,
                                                 std::string_view cursor) const override;
  Result<Page<TicketRow>, BadCursor> tickets_of(ContactId id, std::size_t limit,
                                                std::string_view cursor) const override;
  Result<Page<TicketRow>, BadCursor> tickets_of(OrganisationId id, std::size_t limit,
                                                std::string_view cursor) const override;
  SlaRow sla(TicketId id) const override;
  WorkTime work_time(TicketId id) const override;
  Result<ReportAnswer, ReportTooLarge> report(const ReportQuery& query) const override;
  std::optional<ContactRow> contact(ContactId id) const override;
  std::optional<OrganisationRow> organisation(OrganisationId id) const override;
  std::optional<AgentRow> agent(AgentId id) const override;
  std::optional<TeamRow> team(TeamId id) const override;
  Result<Page<ContactRow>, BadCursor> contacts(std::size_t limit, std::string_view cursor) const override;
  Result<Page<OrganisationRow>, BadCursor> organisations(std::size_t limit, std::string_view cursor) const override;
  Result<Page<AgentRow>, BadCursor> agents(std::size_t limit, std::string_view cursor) const override;
  Result<Page<TeamRow>, BadCursor> teams(std::size_t limit, std::string_view cursor) const override;
  std::string display_name(StreamId entry) const override;

  Matches<ContactRow> contacts_named(std::string_view typed, std::size_t limit) const override;
  Matches<OrganisationRow> organisations_named(std::string_view typed, std::size_t limit) const override;
  Matches<AgentRow> agents_named(std::string_view typed, std::size_t limit) const override;
  Matches<AgentRow> assignable_agents(std::string_view typed, std::size_t limit) const override;
  Matches<ContextRow> contexts_labelled(std::string_view type, std::string_view typed,
                                        std::size_t limit) const override;
  std::optional<CannedReplyRow> canned_reply(CannedReplyId id) const override;
  std::optional<TextTemplateRow> text_template(TemplateId id) const override;
  std::optional<ContextRow> context(ContextId id) const override;
  std::optional<SavedViewRow> saved_view(SavedViewId id) const override;
  std::optional<ContractRow> contract(ContractId id) const override;
  Result<Page<CannedReplyRow>, BadCursor> canned_replies(std::size_t limit, std::string_view cursor) const override;
  Result<Page<TextTemplateRow>, BadCursor> text_templates(std::size_t limit, std::string_view cursor) const override;
  Result<Page<ContextRow>, BadCursor> contexts(std::size_t limit, std::string_view cursor) const override;
  Result<Page<SavedViewRow>, BadCursor> saved_views(std::size_t limit, std::string_view cursor) const override;
  Result<Page<ContractRow>, BadCursor> contracts(std::size_t limit, std::string_view cursor) const override;
  std::optional<ContextId> context_with_external_id(std::string_view type, std::string_view external_id) const override;
  std::vector<SavedViewRow> saved_views_of(AgentId agent, std::size_t limit) const override;
  Result<Page<BookingRow>, BadCursor> bookings(ContractId id, std::size_t limit,
                                               std::string_view cursor) const override;

  // The rows of these tickets, which must exist, in their order.
  std::vector<TicketRow> tickets(std::span<const TicketId> ids) const;

  // Reads every row; on a big store this takes a while.
  ViewsDigest digest() const;

 private:
  ReadPoint here() const { return {*rows_, seen_.position}; }
  std::vector<Origin> united(TicketId id, const ChildWanted& child_wanted) const;
  Result<Page<TimelineEntry>, BadCursor> entries(std::span<const Origin> origins, const TimelineView::Asked& asked,
                                                 std::size_t limit, std::string_view cursor) const;
  void refer(TimelineEntry& entry, Position message) const;

  const std::shared_ptr<const ViewSet> set_;
  const std::shared_ptr<const RowSource> rows_;
  const Seen seen_;
  const Log& log_;
};

}  // namespace greffe
