// The store as the deciding thread sees it: the durable log with everything staged over it.
//
// A look-up that the log fails answers "nothing" and is remembered in failure(): whoever
// decides by it must look there before the decision counts. Deciding thread only.
#pragma once

#include <optional>
#include <string>

#include "commands/context.h"
#include "commands/staged_index.h"
#include "commands/stream_cache.h"
#include "commands/writer.h"

namespace greffe {

class StoreView final : public Lookup {
 public:
  StoreView(const Log& log, const WriterOptions& options);

  // An aggregate's state, read from the log if need be; null if there is none.
  const AnyState* find(StreamId stream) const;

  // Takes a state that somebody folded from the durable stream, perhaps not from its newest
  // events, so that find() need not begin anew.
  void take(StreamId stream, AnyState read_ahead) const;

  // Folds in a record of `group`, the stream's first one or the next of a state that find()
  // gave, and stages its index writes. Returns them, with the ticket's snapshot if one is due.
  std::vector<IndexWrite> apply(const Record& record, GroupNumber group);

  void stage(const IndexWrite& write, GroupNumber group) { staged_.put(write, group); }
  std::optional<std::string> index(IndexSpace space, std::string_view key) const;

  // Between groups: lets go of what the log has by now and the cache need not keep.
  void settle(GroupNumber durable);

  const std::optional<LogFailure>& failure() const { return failure_; }
  void note(LogFailure failure) const;

  // Whether the stream's state is at hand. Any thread.
  bool holds(StreamId stream) const { return cache_.holds(stream); }

  const TicketState* ticket(TicketId id) const override;
  const ContactState* contact(ContactId id) const override;
  const OrganisationState* organisation(OrganisationId id) const override;
  const AgentState* agent(AgentId id) const override;
  const TeamState* team(TeamId id) const override;
  const CannedReplyState* canned_reply(CannedReplyId id) const override;
  const TextTemplateState* text_template(TemplateId id) const override;
  const ContextState* context(ContextId id) const override;
  const SavedViewState* saved_view(SavedViewId id) const override;
  const ContractState* contract(ContractId id) const override;
  std::optional<TicketId> with_number(std::string_view number) const override;
  std::optional<std::uint64_t> with_email(StreamKind kind, std::string_view folded) const override;
  std::optional<std::uint64_t> with_external_id(StreamKind kind, std::string_view external_id) const override;
  std::uint64_t last_number(std::string_view series) const override;

 private:
  std::optional<std::uint64_t> number(IndexSpace space, std::string_view key) const;

  const Log& log_;
  const std::uint32_t snapshot_every_;
  // Reading fills the cache, which changes nothing that anybody could see.
  mutable StreamCache cache_;
  mutable std::optional<LogFailure> failure_;
  StagedIndex staged_;
};

}  // namespace greffe
