#include "commands/ticket/watchers.h"

#include <algorithm>

#include "commands/limits.h"
#include "commands/references.h"
#include "commands/ticket/relations.h"
#include "commands/ticket/subjects.h"

namespace greffe::subjects {
namespace {

// An additional address is an address, a copy goes to a person or an address.
void check_watcher(WatcherKind kind, const Addressee& who, const Lookup& lookup, FieldFaults& faults) {
  check_addressee("watcher", who, lookup, faults);
  if (kind == WatcherKind::email && who.email.text.empty()) faults.add("watcher.email", FieldCode::required);
}

}  // namespace

bool is_same(const Addressee& one, const Addressee& other) {
  return one.agent == other.agent && one.contact == other.contact &&
         folded_email(one.email.text) == folded_email(other.email.text);
}

bool is_same(const Watcher& one, const Watcher& other) { return one.kind == other.kind && is_same(one.who, other.who); }

void check_addressee(const std::string& field, const Addressee& who, const Lookup& lookup, FieldFaults& faults) {
  const int given = (who.agent ? 1 : 0) + (who.contact ? 1 : 0) + (who.email.text.empty() ? 0 : 1);
  if (given == 0) return faults.add(field, FieldCode::required);
  if (given > 1) return faults.add(field, FieldCode::too_many);
  if (who.agent) check_agent(field + ".agent", *who.agent, lookup, faults);
  if (who.contact) check_contact(field + ".contact", *who.contact, lookup, faults);
  check_email(field + ".email", who.email.text, faults);
}

Outcome decide(const TicketState& state, const AddWatcher& command, const Context& context) {
  FieldFaults faults;
  check_watcher(command.kind, command.watcher, context.lookup, faults);
  if (state.watchers.size() >= limits::watchers_max) faults.add("watcher", FieldCode::too_many);
  if (!faults.empty()) return faults.refuse();
  const Watcher wanted{command.kind, command.watcher};
  const auto& all = state.watchers;
  const bool watches = std::any_of(all.begin(), all.end(), [&](const Watcher& w) { return is_same(w, wanted); });
  if (watches) return events();
  return events(WatcherAdded{command.kind, command.watcher});
}

// Whoever watches a ticket by one that it absorbed is taken off there too, unless one of them is named.
Outcome decide(const TicketState& state, const RemoveWatcher& command, const Context& context) {
  const Watcher gone{command.kind, command.watcher};
  Steps steps;
  const auto ticket = relations::identified(state, context.lookup);
  auto parts = relations::parts_of(ticket, context.lookup);
  if (!command.part.empty()) parts = {ticket};
  for (const auto& part : parts) {
    for (const Watcher& watcher : part->watchers) {
      if (is_same(watcher, gone)) add(steps, part.id, WatcherRemoved{watcher.kind, watcher.who});
    }
  }
  return steps;
}

Outcome decide(const TicketState& state, const DismissLook&, const Context&) {
  if (!state.needs_look) return events();
  return events(LookDone{});
}

}  // namespace greffe::subjects
