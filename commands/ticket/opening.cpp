#include "commands/references.h"
#include "commands/ticket/field_rules.h"
#include "commands/ticket/numbering.h"
#include "events/check.h"

namespace greffe::subjects {
namespace {

void check_fields(const OpenTicket& c, const Lookup& lookup, FieldFaults& faults) {
  check_text("title", c.title, title_rule, faults);
  check_text("description", c.description, long_text_rule, faults);
  check_text("origin", c.origin, key_rule, faults);
  check_classification(c.classification, faults);
  check_party({}, c.party, lookup, faults);
  if (c.team) check_team("team", *c.team, lookup, faults);
  if (c.assignee) check_assignee("assignee", *c.assignee, lookup, faults);
  check_text("external_id", c.external_id, {limits::external_id_bytes_max}, faults);
}

// A ticket for somebody is also for their organisation, as it is on that day, unless the
// command says which.
Party party_of(const OpenTicket& c, const Lookup& lookup) {
  Party party = c.party;
  if (party.contact && !party.organisation) party.organisation = lookup.contact(*party.contact)->details.organisation;
  return party;
}

std::string next_number(const Context& context) {
  const auto day = number_day(context.now, context.settings.tenant.time_zone);
  return ticket_number(day, context.lookup.last_number(day) + 1);
}

}  // namespace

Outcome decide(const TicketState&, const OpenTicket& c, const Context& context) {
  FieldFaults faults;
  check_fields(c, context.lookup, faults);
  const Settings& settings = context.settings;
  const Priority* priority = find_priority(settings, c.priority.value_or(settings.priorities.on_open));
  if (priority == nullptr) faults.add("priority", FieldCode::unknown_priority);
  if (!faults.empty()) return faults.refuse();
  if (!c.external_id.empty() && context.lookup.with_external_id(StreamKind::ticket, c.external_id)) {
    return refuse(RejectionCode::external_id_taken, "A ticket with this external id exists.");
  }
  const Status* status = find_status(settings, settings.statuses.on_open);
  GREFFE_CHECK(status != nullptr, "the settings' rules keep on_open among the statuses");
  TicketOpened opened{next_number(context),
                      c.kind,
                      c.channel,
                      c.origin,
                      {c.title},
                      {c.description},
                      at_present(*status),
                      at_present(settings, *priority),
                      c.classification,
                      party_of(c, context.lookup),
                      c.team,
                      c.external_id};
  if (!c.assignee) return events(std::move(opened));
  return events(std::move(opened), TicketAssigned{std::nullopt, *c.assignee, AssignCause::opened});
}

}  // namespace greffe::subjects
