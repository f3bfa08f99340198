#include "commands/ticket/opening.h"

#include <fmt/format.h>

#include <algorithm>

#include "commands/references.h"
#include "commands/settings/number_formats.h"
#include "commands/ticket/contexts.h"
#include "commands/ticket/field_rules.h"
#include "commands/ticket/opening_rules.h"
#include "commands/ticket/status_following.h"
#include "commands/ticket/taxonomy.h"
#include "commands/ticket/watchers.h"
#include "events/check.h"

namespace greffe::subjects {
namespace {

void check_fields(const OpenTicket& c, const Context& context, FieldFaults& faults) {
  const Lookup& lookup = context.lookup;
  check_text("title", c.title, title_rule, faults);
  check_text("description", c.description, long_text_rule, faults);
  check_text("comment", c.comment, long_text_rule, faults);
  check_text("origin", c.origin, key_rule, faults);
  check_origin({}, c.origin, context, faults);
  check_classification(c.classification, faults);
  check_taxonomy({}, c.classification, context, faults);
  check_party({}, c.party, lookup, faults);
  check_particulars(c.particulars, faults);
  if (c.team) check_team("team", *c.team, lookup, faults);
  if (c.assignee) check_assignee("assignee", *c.assignee, lookup, faults);
  check_text("external_id", c.external_id, {limits::external_id_bytes_max}, faults);
  if (c.copies.size() + c.watcher_emails.size() > limits::watchers_max) faults.add("copies", FieldCode::too_many);
  for (std::size_t i = 0; i < c.copies.size(); ++i) {
    check_addressee(fmt::format("copies[{}]", i), c.copies[i], lookup, faults);
  }
  for (std::size_t i = 0; i < c.watcher_emails.size(); ++i) {
    const auto field = fmt::format("watcher_emails[{}]", i);
    if (c.watcher_emails[i].empty()) faults.add(field, FieldCode::required);
    check_email(field, c.watcher_emails[i], faults);
  }
}

std::optional<Rejection> refusal(const OpenTicket& c, const Context& context) {
  if (!c.external_id.empty() && context.lookup.with_external_id(StreamKind::ticket, c.external_id)) {
    return refuse(RejectionCode::external_id_taken, "A ticket with this external id exists.").value();
  }
  const auto& channels = context.settings.opening.due_channels;
  if (c.due_at && !context.imported && std::find(channels.begin(), channels.end(), c.channel) == channels.end()) {
    return refuse(RejectionCode::due_date_not_allowed, "Tickets of this channel have no due date here.").value();
  }
  return std::nullopt;
}

// What a client opens for nobody in particular is for the client.
Party party_of(const OpenTicket& c, const Context& context) {
  Party party = c.party;
  if (!party.contact && context.doer.kind == ActorKind::contact) party.contact = ContactId{context.doer.id};
  return with_organisation(std::move(party), context.lookup);
}

// Who creates a ticket and may have tickets gets it, where the settings say so.
std::optional<TicketAssigned> first_assignment(const OpenTicket& c, const Context& context) {
  if (c.assignee) return TicketAssigned{std::nullopt, *c.assignee, AssignCause::opened};
  if (!context.settings.opening.auto_assign_creator || context.doer.kind != ActorKind::agent || context.imported) {
    return std::nullopt;
  }
  const AgentId creator{context.doer.id};
  if (!may_be_assigned(creator, context.lookup)) return std::nullopt;
  return TicketAssigned{std::nullopt, creator, AssignCause::creator};
}

// The command with all that follows from who opens, and for whom: the settings' rules are about
// the ticket that there will be, not about who said what of it.
OpenTicket completed(OpenTicket c, const std::optional<TicketAssigned>& assigned, const Context& context) {
  if (context.doer.kind == ActorKind::contact && !context.imported) c.channel = Channel::portal;
  c.party = party_of(c, context);
  if (assigned) c.assignee = assigned->new_assignee;
  return c;
}

// A number that no ticket ever had: another format may have given the next one already.
void take_number(TicketOpened& opened, const Context& context) {
  const NumberFormat* format = format_for(context.settings.numbering, opened.kind);
  GREFFE_CHECK(format != nullptr, "the settings' rules keep a format for each kind");
  const std::string& zone = context.settings.tenant.time_zone;
  opened.series = series_of(*format, context.now, zone);
  opened.sequence = context.lookup.last_number(opened.series);
  do {
    opened.number = number_of(*format, context.now, zone, ++opened.sequence);
  } while (context.lookup.with_number(opened.number));
}

StatusAt status_at_opening(const Settings& settings) {
  const Status* status = find_status(settings, settings.statuses.on_open);
  GREFFE_CHECK(status != nullptr, "the settings' rules keep on_open among the statuses");
  return at_present(*status);
}

TicketOpened opened_by(const OpenTicket& c, const Priority& priority, const Context& context) {
  const OpeningDefined& rules = context.settings.opening;
  TicketOpened opened;
  opened.kind = c.kind;
  opened.channel = c.channel;
  opened.origin = c.origin;
  opened.title = {c.title};
  opened.description = {c.description};
  opened.status = status_at_opening(context.settings);
  opened.priority = at_present(context.settings, priority);
  opened.classification = c.classification;
  opened.party = c.party;
  opened.team = c.team;
  opened.external_id = c.external_id;
  opened.due_at = c.due_at;
  opened.estimated_resolution_at = c.estimated_resolution_at;
  opened.notify_client = c.notify_client.value_or(rules.notify_client && c.kind == TicketKind::external);
  const auto& kinds = rules.notify_assignee;
  opened.notify_assignee = c.notify_assignee.value_or(std::find(kinds.begin(), kinds.end(), c.kind) != kinds.end());
  opened.notify_managers = c.notify_managers;
  return opened;
}

void add_watchers(const OpenTicket& c, TicketId ticket, Steps& steps) {
  std::vector<Watcher> watchers;
  for (const Addressee& copy : c.copies) watchers.push_back({WatcherKind::copy, copy});
  for (const std::string& email : c.watcher_emails) watchers.push_back({WatcherKind::email, {{}, {}, {email}}});
  for (std::size_t i = 0; i < watchers.size(); ++i) {
    const auto here = watchers.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::any_of(watchers.begin(), here, [&](const Watcher& w) { return is_same(w, watchers[i]); })) continue;
    add(steps, ticket, WatcherAdded{watchers[i].kind, watchers[i].who});
  }
}

// What follows from the opening by itself: read, assigned, and the statuses that go with it.
void add_first_steps(const std::optional<TicketAssigned>& assigned, const TicketOpened& opened, TicketId ticket,
                     const Context& context, Steps& steps) {
  StatusAt status = opened.status;
  // A mail is a client's, whoever brings it in.
  const bool internal_user =
      context.doer.kind == ActorKind::agent && opened.channel != Channel::email && !context.imported;
  if (internal_user && context.settings.opening.auto_read_internal) {
    add(steps, ticket, TicketRead{});
    follow_read(status, ticket, steps, context);
  }
  if (assigned) {
    add(steps, ticket, *assigned);
    follow_assignment(status, ticket, steps, context);
  }
}

}  // namespace

Outcome open_ticket(const OpenTicket& asked, const Context& context) {
  FieldFaults faults;
  check_fields(asked, context, faults);
  const auto assigned = first_assignment(asked, context);
  const OpenTicket c = completed(asked, assigned, context);
  check_mandatory(c, context, faults);
  const Settings& settings = context.settings;
  const Priority* priority = find_priority(settings, c.priority.value_or(settings.priorities.on_open));
  if (priority == nullptr) faults.add("priority", FieldCode::unknown_priority);
  auto contexts = checked_contexts(c.contexts, 0, context, faults);
  auto answers = checked_answers(c, context, faults);
  if (!faults.empty()) return faults.refuse();
  if (auto refused = refusal(c, context)) return fail(std::move(*refused));

  TicketOpened opened = opened_by(c, *priority, context);
  opened.answers = std::move(answers);
  take_number(opened, context);
  const TicketId ticket{context.next.value};
  Steps steps;
  add(steps, ticket, opened);
  if (c.particulars != Particulars{}) add(steps, ticket, ParticularsChanged{{}, c.particulars});
  add_watchers(c, ticket, steps);
  for (ContextAt& linked : contexts) add(steps, ticket, ContextLinked{std::move(linked)});
  if (!c.comment.empty()) {
    MessagePosted note;
    note.visibility = Visibility::internal;
    note.body = {c.comment};
    note.message = 1;
    add(steps, ticket, std::move(note));
  }
  add_first_steps(assigned, opened, ticket, context, steps);
  return steps;
}

TicketOpened follow_up(const TicketState& from, std::string title, const Context& context) {
  const Settings& settings = context.settings;
  TicketOpened opened;
  opened.kind = from.kind;
  opened.channel = context.doer.kind == ActorKind::contact ? Channel::portal : Channel::manual;
  opened.title = {std::move(title)};
  opened.status = status_at_opening(settings);
  opened.priority = from.priority;
  opened.classification = from.classification;
  opened.party = from.party;
  opened.team = from.team;
  opened.notify_client = from.notify_client;
  opened.notify_assignee = from.notify_assignee;
  take_number(opened, context);
  return opened;
}

Outcome decide(const TicketState&, const OpenTicket& c, const Context& context) { return open_ticket(c, context); }

}  // namespace greffe::subjects
