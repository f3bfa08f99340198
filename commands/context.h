// What a decision may know beside its aggregate's own state. Decisions read no clock and no
// log: time, settings and everybody else's state are handed to them here.
#pragma once

#include <optional>
#include <string_view>

#include "commands/catalogue/state.h"
#include "commands/directory/state.h"
#include "commands/settings/settings.h"
#include "commands/ticket/state.h"
#include "events/record.h"

namespace greffe {

// Questions about the rest of the store, answered as of this decision: everything decided
// before it counts, whether durable yet or not. Pointers live until the decision is over;
// null = there is no such aggregate.
class Lookup {
 public:
  virtual ~Lookup() = default;

  virtual const TicketState* ticket(TicketId id) const = 0;
  virtual const ContactState* contact(ContactId id) const = 0;
  virtual const OrganisationState* organisation(OrganisationId id) const = 0;
  virtual const AgentState* agent(AgentId id) const = 0;
  virtual const TeamState* team(TeamId id) const = 0;
  virtual const CannedReplyState* canned_reply(CannedReplyId id) const = 0;
  virtual const TextTemplateState* text_template(TemplateId id) const = 0;
  virtual const ContextState* context(ContextId id) const = 0;
  virtual const SavedViewState* saved_view(SavedViewId id) const = 0;
  virtual const ContractState* contract(ContractId id) const = 0;

  // The ticket of that number, whatever became of it; absent if there is none.
  virtual std::optional<TicketId> with_number(std::string_view number) const = 0;

  // Who of that kind, active, has the address (in folded form); absent if nobody.
  virtual std::optional<std::uint64_t> with_email(StreamKind kind, std::string_view folded) const = 0;

  // Who of that kind carries the id of another system; absent if nobody.
  virtual std::optional<std::uint64_t> with_external_id(StreamKind kind, std::string_view external_id) const = 0;

  // The last sequence number given to a ticket of that series ("250228"); 0 = none yet.
  virtual std::uint64_t last_number(std::string_view series) const = 0;
};

struct Context {
  Instant now;            // when the act happened: the events' occurred_at
  Actor doer;             // the person or program that the act counts for
  bool imported = false;  // history of another system, which may edit closed tickets
  const Settings& settings;
  const Lookup& lookup;
  Position next{1};          // where the decision's first event will stand: the id of a new aggregate
  std::uint64_t target = 0;  // the id of the aggregate that the command is asked of
};

}  // namespace greffe
