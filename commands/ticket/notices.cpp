#include "commands/ticket/notices.h"

#include <algorithm>
#include <map>

#include "commands/ticket/relations.h"
#include "commands/ticket/watchers.h"

namespace greffe::notices {
namespace {

// What people can be told of an event; absent = nothing.
std::optional<NotifyEvent> notified(const TicketEvent& event) {
  return std::visit(overloaded{
                        [](const TicketOpened&) { return std::optional(NotifyEvent::opened); },
                        [](const MessagePosted& e) {
                          if (!e.to.empty()) return std::optional(NotifyEvent::private_message);
                          const bool reply = e.visibility == Visibility::everyone && !e.automatic;
                          return reply ? std::optional(NotifyEvent::replied) : std::nullopt;
                        },
                        [](const TicketClosed&) { return std::optional(NotifyEvent::closed); },
                        [](const TicketReopened&) { return std::optional(NotifyEvent::reopened); },
                        [](const StatusChanged&) { return std::optional(NotifyEvent::status_changed); },
                        [](const PriorityChanged&) { return std::optional(NotifyEvent::priority_changed); },
                        [](const TicketClassified&) { return std::optional(NotifyEvent::classified); },
                        [](const EstimatedResolutionChanged&) { return std::optional(NotifyEvent::estimate_changed); },
                        [](const TicketAssigned&) { return std::optional(NotifyEvent::assigned); },
                        [](const TicketMergedInto&) { return std::optional(NotifyEvent::merged); },
                        [](const auto&) { return std::optional<NotifyEvent>(); },
                    },
                    event);
}

bool is_doer(const Addressee& who, const Actor& doer) {
  if (who.agent) return doer.kind == ActorKind::agent && doer.id == who.agent->value;
  if (who.contact) return doer.kind == ActorKind::contact && doer.id == who.contact->value;
  return false;
}

// Whether there is a way to reach them at all.
bool is_reachable(const Addressee& who, const Lookup& lookup) {
  if (who.agent) {
    const AgentState* agent = lookup.agent(*who.agent);
    return agent != nullptr && agent->active;
  }
  if (who.contact) {
    const ContactState* contact = lookup.contact(*who.contact);
    return contact != nullptr && contact->active && !contact->details.email.text.empty();
  }
  return !who.email.text.empty();
}

bool is_among(const std::vector<Addressee>& people, const Addressee& who) {
  return std::any_of(people.begin(), people.end(), [&](const Addressee& one) { return subjects::is_same(one, who); });
}

std::vector<Addressee> addresses(const std::vector<std::string>& emails) {
  std::vector<Addressee> all;
  for (const std::string& email : emails) all.push_back({{}, {}, {email}});
  return all;
}

// Whose client the event concerns: what goes through a merged ticket is between the desk and that
// ticket's own client, whoever the root's is.
const TicketState& client_side(const TicketState& ticket, const TicketEvent& event, const Lookup& lookup) {
  const auto* message = std::get_if<MessagePosted>(&event);
  const TicketState* sent_to = message != nullptr && message->via ? lookup.ticket(*message->via) : nullptr;
  return sent_to != nullptr ? *sent_to : ticket;
}

// The ticket's own and those of all that it absorbed.
std::vector<Addressee> watchers_of(const TicketState& ticket, const Lookup& lookup) {
  std::vector<Addressee> people;
  for (const auto& part : relations::parts_of(relations::identified(ticket, lookup), lookup)) {
    for (const Watcher& watcher : part->watchers) people.push_back(watcher.who);
  }
  return people;
}

std::vector<Addressee> people_of(Audience audience, const TicketState& ticket, const TicketEvent& event,
                                 const Context& context) {
  switch (audience) {
    case Audience::client: {
      const auto& contact = client_side(ticket, event, context.lookup).party.contact;
      if (contact) return {{{}, contact, {}}};
      return {};
    }
    case Audience::assignee:
      if (ticket.assignee) return {{ticket.assignee, {}, {}}};
      return {};
    case Audience::watchers: return watchers_of(ticket, context.lookup);
    case Audience::managers: return addresses(context.settings.notifications.managers);
    case Audience::recipients:
      if (const auto* message = std::get_if<MessagePosted>(&event)) return message->to;
      return {};
    case Audience::desk: return {};
  }
  return {};
}

// What the ticket itself says where the rule leaves it to the ticket.
bool chosen(Audience audience, const TicketState& ticket, const TicketEvent& event) {
  const auto* opened = std::get_if<TicketOpened>(&event);
  switch (audience) {
    case Audience::client:
    case Audience::watchers: return ticket.notify_client;
    case Audience::assignee: return ticket.notify_assignee;
    case Audience::managers: return opened != nullptr && opened->notify_managers;
    case Audience::desk:
    case Audience::recipients: return true;  // whoever wrote it chose them
  }
  return false;
}

// Whether the rule wants it sent, and why.
std::pair<bool, NoticeReason> wanted(const NotificationRule& rule, const TicketState& ticket, const TicketEvent& event,
                                     const Lookup& lookup) {
  const auto internal = [](const TicketState& one) { return one.kind == TicketKind::internal; };
  if (rule.audience == Audience::client && (internal(ticket) || internal(client_side(ticket, event, lookup)))) {
    return {false, NoticeReason::internal_ticket};
  }
  const auto* closed = std::get_if<TicketClosed>(&event);
  const bool outward = rule.audience == Audience::client || rule.audience == Audience::watchers;
  if (closed != nullptr && outward && closed->notify != NotifyChoice::as_set) {
    const bool yes = closed->notify == NotifyChoice::yes;
    return {yes, yes ? NoticeReason::chosen : NoticeReason::not_chosen};
  }
  switch (rule.mode) {
    case NotifyMode::never: return {false, NoticeReason::never};
    case NotifyMode::always: return {true, NoticeReason::always};
    case NotifyMode::per_ticket: break;
  }
  const bool yes = chosen(rule.audience, ticket, event);
  return {yes, yes ? NoticeReason::chosen : NoticeReason::not_chosen};
}

// Nobody has to be told of what they did themselves, but who opens a ticket gets its number.
bool acknowledges(const NotificationRule& rule) {
  return rule.event == NotifyEvent::opened && rule.audience == Audience::client && rule.mode == NotifyMode::always;
}

NoticeAt notice(const NotificationRule& rule, const TicketState& ticket, const TicketEvent& event,
                const Context& context) {
  NoticeAt made;
  made.audience = rule.audience;
  std::tie(made.sent, made.reason) = wanted(rule, ticket, event, context.lookup);
  if (!made.sent) return made;
  const auto people = people_of(rule.audience, ticket, event, context);
  bool own_act = false;
  for (const Addressee& who : people) {
    if (is_doer(who, context.doer) && !acknowledges(rule)) own_act = true;
    else if (is_reachable(who, context.lookup) && !is_among(made.recipients, who)) made.recipients.push_back(who);
  }
  if (made.recipients.empty()) {
    made.sent = false;
    made.reason = own_act ? NoticeReason::own_act : NoticeReason::no_address;
    return made;
  }
  if (const auto* text = rule.text_template ? context.lookup.text_template(*rule.text_template) : nullptr) {
    made.text_template = rule.text_template;
    made.template_version = text->version.value;
  }
  return made;
}

std::optional<NotificationDecided> decided(const TicketState& ticket, const TicketEvent& event,
                                           const Context& context) {
  const auto what = notified(event);
  if (!what) return std::nullopt;
  const NotificationsDefined& policy = context.settings.notifications;
  NotificationDecided made;
  made.event = *what;
  made.policy_version = context.settings.version(SettingsArea::notifications).value;
  for (const NotificationRule& rule : policy.rules) {
    if (rule.event == *what) made.notices.push_back(notice(rule, ticket, event, context));
  }
  // Whom a message names is told without a rule too, unless one says never.
  if (*what == NotifyEvent::private_message && made.notices.empty()) {
    made.notices.push_back(notice({*what, Audience::recipients, NotifyMode::per_ticket, {}}, ticket, event, context));
  }
  if (*what == NotifyEvent::opened && !policy.on_open_to.empty()) {
    made.notices.push_back(
        {Audience::desk, true, NoticeReason::always, addresses({policy.on_open_to}), std::nullopt, 0});
  }
  if (made.notices.empty()) return std::nullopt;
  return made;
}

// The ticket as all the steps leave it. Who is told of an opening are those who are on the ticket
// then: copies, addresses and who has it come with the opening's later steps.
TicketState as_opened(TicketState ticket, StreamId stream, const Steps& steps, std::size_t next, Instant now) {
  for (; next < steps.size(); ++next) {
    const auto* event = std::get_if<TicketEvent>(&steps[next].event);
    if (event != nullptr && steps[next].stream == stream) evolve(ticket, *event, now);
  }
  return ticket;
}

// Most commands of a desk without rules end here.
bool may_tell_somebody(const Steps& steps, const NotificationsDefined& policy) {
  if (!policy.rules.empty() || !policy.on_open_to.empty()) return true;
  return std::any_of(steps.begin(), steps.end(), [](const Step& step) {
    const auto* event = std::get_if<TicketEvent>(&step.event);
    const auto* message = event ? std::get_if<MessagePosted>(event) : nullptr;
    return message != nullptr && !message->to.empty();
  });
}

}  // namespace

void add_notices(const TicketState& state, Steps& steps, const Context& context) {
  if (context.imported || !may_tell_somebody(steps, context.settings.notifications)) return;
  // Each ticket as it is after the event that people are told of, an opening with all its steps.
  std::map<std::uint64_t, TicketState> tickets;
  Steps all;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Step& step = steps[i];
    const auto* event = std::get_if<TicketEvent>(&step.event);
    std::optional<NotificationDecided> told;
    if (event != nullptr) {
      const auto [at, first] = tickets.try_emplace(step.stream.id);
      if (first) {
        const TicketState* other = step.stream.id == 0 ? &state : context.lookup.ticket({step.stream.id});
        if (other != nullptr) at->second = *other;
      }
      evolve(at->second, *event, context.now);
      const bool opens = std::holds_alternative<TicketOpened>(*event);
      told = opens ? decided(as_opened(at->second, step.stream, steps, i + 1, context.now), *event, context)
                   : decided(at->second, *event, context);
    }
    const StreamId stream = step.stream;
    all.push_back(std::move(step));
    if (told) all.push_back({stream, TicketEvent(std::move(*told))});
  }
  steps = std::move(all);
}

}  // namespace greffe::notices
