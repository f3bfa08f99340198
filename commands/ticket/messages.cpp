#include <fmt/format.h>

#include "commands/rights.h"
#include "commands/ticket/field_rules.h"
#include "commands/ticket/opening.h"
#include "commands/ticket/relations.h"
#include "commands/ticket/reopening.h"
#include "commands/ticket/watchers.h"
#include "events/check.h"

namespace greffe::subjects {
namespace {

void check_message(const PostMessage& c, const Context& context, FieldFaults& faults) {
  check_text("body", c.body, {limits::text_bytes_max, true, true}, faults);
  if (c.to.size() > limits::recipients_max) return faults.add("to", FieldCode::too_many);
  if (!c.to.empty() && c.visibility == Visibility::everyone) faults.add("to", FieldCode::not_one_of);
  for (std::size_t i = 0; i < c.to.size(); ++i) {
    check_addressee(fmt::format("to[{}]", i), c.to[i], context.lookup, faults);
  }
  if (!c.canned_reply) return;
  const CannedReplyState* reply = context.lookup.canned_reply(*c.canned_reply);
  if (reply == nullptr) faults.add("canned_reply", FieldCode::not_found);
  else if (!reply->active) faults.add("canned_reply", FieldCode::inactive);
}

// Messages to a merged ticket belong to the one that stands for it now.
struct Place {
  const TicketState* state;
  TicketId ticket;  // {} = the command's own
};
Place root_of(const TicketState& own, const Lookup& lookup) {
  if (!own.merged_into) return {&own, {}};
  const auto root = relations::root_of(relations::identified(own, lookup), lookup);
  return {root.state, root.id};
}

MessagePosted posted(const PostMessage& c, std::uint32_t number) {
  MessagePosted message;
  message.visibility = c.visibility;
  message.body = {c.body};
  message.message = number;
  message.to = c.to;
  message.canned_reply = c.canned_reply;
  message.automatic = c.automatic;
  return message;
}

// C9: what was private went out of the house to these.
std::vector<Addressee> external(const std::vector<Addressee>& to) {
  std::vector<Addressee> outside;
  for (const Addressee& who : to) {
    if (!who.agent) outside.push_back(who);
  }
  return outside;
}

// The new ticket that a message to a closed, final or deleted one begins; both know of each other.
// It is for the client of the ticket written to; where the root is another client's, it follows that
// ticket, since the root's title and number are not for them to read.
Steps follow_up_with(const PostMessage& c, const TicketState& own, const Place& place, const Context& context) {
  const bool own_matter = place.ticket == TicketId{} || own.party != place.state->party;
  const TicketState& from = own_matter ? own : *place.state;
  const TicketId old = own_matter ? TicketId{context.target} : place.ticket;
  const TicketId fresh{context.next.value};
  TicketOpened opened = follow_up(from, from.title, context);
  Steps steps;
  add(steps, fresh, opened);
  add(steps, fresh, posted(c, 1));
  add(steps, fresh, TicketsLinked{LinkType::follow_up_of, false, old, from.number});
  add(steps, old, TicketsLinked{LinkType::follow_up_of, true, fresh, opened.number});
  return steps;
}

bool answers_client(const PostMessage& c, const TicketState& state, const Context& context) {
  return c.visibility == Visibility::everyone && context.doer.kind == ActorKind::agent && !context.imported &&
         !state.assignee;
}

}  // namespace

Outcome decide(const TicketState& own, const PostMessage& c, const Context& context) {
  FieldFaults faults;
  check_message(c, context, faults);
  if (!faults.empty()) return faults.refuse();
  const Place place = root_of(own, context.lookup);
  const TicketState& state = *place.state;
  const Category category = state.status.category;

  const bool unclaimed = answers_client(c, state, context);
  const Strictness strictness = context.settings.handling.claim_before_reply;
  if (unclaimed && strictness == Strictness::refuse) {
    return refuse(RejectionCode::claim_required, "Take the ticket before you answer (claim_before_reply).");
  }
  if (category == Category::deleted) {
    if (context.doer.kind == ActorKind::contact) return follow_up_with(c, own, place, context);
    return refuse(RejectionCode::root_deleted, "The ticket that this one is part of is deleted.");
  }
  const auto effect = category == Category::closed ? effect_of_message(state, own, c, context) : MessageEffect::store;
  if (effect == MessageEffect::new_ticket) return follow_up_with(c, own, place, context);

  Steps steps;
  MessagePosted message = posted(c, state.counts.messages + 1);
  if (own.merged_into) message.via = TicketId{context.target};
  if (effect == MessageEffect::reopen) {
    const Status* to = find_status(context.settings, context.settings.statuses.on_reopen);
    GREFFE_CHECK(to != nullptr, "the settings' rules keep on_reopen among the statuses");
    add_reopening(state, place.ticket, at_present(*to), ReopenCause::message, {}, steps, context);
  }
  add(steps, place.ticket, message);
  if (auto outside = external(c.to); !outside.empty()) {
    add(steps, place.ticket, MessageDisclosed{message.message, std::move(outside)});
  }
  const bool from_outside = context.doer.kind == ActorKind::contact || c.automatic;
  const bool stored_closed = category == Category::closed && effect == MessageEffect::store && from_outside;
  if (stored_closed && !context.imported) {
    add(steps, place.ticket,
        LookRequested{c.automatic ? LookReason::automatic_message : LookReason::message_after_close});
  } else if (unclaimed && strictness == Strictness::warn && !state.needs_look) {
    add(steps, place.ticket, LookRequested{LookReason::reply_without_claim});
  }
  return steps;
}

}  // namespace greffe::subjects
