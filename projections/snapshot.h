// The queries over one generation at one position.
#pragma once

#include <memory>

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
  Result<Page<Record>, BadCursor> timeline(TicketId id, std::size_t limit, std::string_view cursor) const override;
  Result<Page<TicketRow>, BadCursor> tickets_of(ContactId id, std::size_t limit,
                                                std::string_view cursor) const override;
  Result<Page<TicketRow>, BadCursor> tickets_of(OrganisationId id, std::size_t limit,
                                                std::string_view cursor) const override;
  SlaRow sla(TicketId id) const override;
  WorkTime work_time(TicketId id) const override;
  std::optional<ContactRow> contact(ContactId id) const override;
  std::optional<OrganisationRow> organisation(OrganisationId id) const override;
  std::optional<AgentRow> agent(AgentId id) const override;
  std::optional<TeamRow> team(TeamId id) const override;
  Result<Page<ContactRow>, BadCursor> contacts(std::size_t limit, std::string_view cursor) const override;
  Result<Page<OrganisationRow>, BadCursor> organisations(std::size_t limit, std::string_view cursor) const override;
  Result<Page<AgentRow>, BadCursor> agents(std::size_t limit, std::string_view cursor) const override;
  Result<Page<TeamRow>, BadCursor> teams(std::size_t limit, std::string_view cursor) const override;
  std::string display_name(StreamId entry) const override;

  // The rows of these tickets, which must exist, in their order.
  std::vector<TicketRow> tickets(std::span<const TicketId> ids) const;

  // Reads every row; on a big store this takes a while.
  ViewsDigest digest() const;

 private:
  ReadPoint here() const { return {*rows_, seen_.position}; }

  const std::shared_ptr<const ViewSet> set_;
  const std::shared_ptr<const RowSource> rows_;
  const Seen seen_;
  const Log& log_;
};

}  // namespace greffe
