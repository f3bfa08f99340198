#include <fmt/format.h>

#include <algorithm>

#include "commands/references.h"
#include "commands/ticket/field_rules.h"
#include "commands/ticket/opening_rules.h"
#include "commands/ticket/taxonomy.h"

namespace greffe::subjects {
namespace {

void check_axes_kept(const TicketState& state, const Classification& wanted, const Context& context,
                     FieldFaults& faults) {
  const Classification& old = state.classification;
  check_kept(state,
             {{"category", !old.category.empty(), !wanted.category.empty()},
              {"sub_category", old.category.size() > 1, wanted.category.size() > 1},
              {"request_type", !is_blank_text(old.request_type), !is_blank_text(wanted.request_type)},
              {"group", !is_blank_text(old.group), !is_blank_text(wanted.group)}},
             context, faults);
}

}  // namespace

void check_classification(const Classification& wanted, FieldFaults& faults) {
  if (wanted.category.size() > limits::category_depth_max) faults.add("category", FieldCode::too_many);
  else {
    for (std::size_t i = 0; i < wanted.category.size(); ++i) {
      check_text(fmt::format("category[{}]", i), wanted.category[i], {limits::key_bytes_max, true}, faults);
    }
  }
  check_text("request_type", wanted.request_type, key_rule, faults);
  check_text("group", wanted.group, key_rule, faults);
}

void check_party(const Party& old, const Party& wanted, const Lookup& lookup, FieldFaults& faults) {
  if (wanted.contact && wanted.contact != old.contact) check_contact("contact", *wanted.contact, lookup, faults);
  if (wanted.organisation && wanted.organisation != old.organisation) {
    check_organisation("organisation", *wanted.organisation, lookup, faults);
  }
}

Party with_organisation(Party party, const Lookup& lookup) {
  const ContactState* contact = party.contact ? lookup.contact(*party.contact) : nullptr;
  if (contact != nullptr && !party.organisation) party.organisation = contact->details.organisation;
  return party;
}

void check_particulars(const Particulars& wanted, FieldFaults& faults) {
  for_each_field<Particulars>([&](const auto& f, std::size_t) {
    check_text(f.name, (wanted.*(f.member)).text, {limits::title_bytes_max}, faults);
  });
}

StatusAt at_present(const Status& status) { return {status.key, status.category}; }

PriorityAt at_present(const Settings& settings, const Priority& priority) {
  return {priority.key, static_cast<std::uint32_t>(&priority - settings.priorities.priorities.data())};
}

Outcome decide(const TicketState& state, const RenameTicket& command, const Context&) {
  FieldFaults faults;
  check_text("title", command.title, title_rule, faults);
  if (!faults.empty()) return faults.refuse();
  if (command.title == state.title) return events();
  return events(TitleChanged{{state.title}, {command.title}});
}

Outcome decide(const TicketState& state, const EditDescription& command, const Context& context) {
  FieldFaults faults;
  check_text("description", command.description, long_text_rule, faults);
  check_kept(state, {{"description", !state.description.empty(), !is_blank_text(command.description)}}, context,
             faults);
  if (!faults.empty()) return faults.refuse();
  if (command.description == state.description) return events();
  return events(DescriptionChanged{{command.description}});
}

Outcome decide(const TicketState& state, const ChangePriority& command, const Context& context) {
  FieldFaults faults;
  const Priority* priority = find_priority(context.settings, command.priority);
  if (priority == nullptr) faults.add("priority", FieldCode::unknown_priority);
  if (!faults.empty()) return faults.refuse();
  // Whatever rank it had when the ticket got it.
  if (priority->key == state.priority.key) return events();
  return events(PriorityChanged{state.priority, at_present(context.settings, *priority)});
}

Outcome decide(const TicketState& state, const ClassifyTicket& command, const Context& context) {
  Classification wanted = state.classification;
  if (command.category) wanted.category = *command.category;
  if (command.request_type) wanted.request_type = *command.request_type;
  if (command.group) wanted.group = *command.group;
  FieldFaults faults;
  check_classification(wanted, faults);
  check_taxonomy(state.classification, wanted, context, faults);
  check_axes_kept(state, wanted, context, faults);
  if (!faults.empty()) return faults.refuse();
  if (wanted == state.classification) return events();
  return events(TicketClassified{state.classification, std::move(wanted)});
}

Outcome decide(const TicketState& state, const ChangeOrigin& command, const Context& context) {
  FieldFaults faults;
  check_text("origin", command.origin, key_rule, faults);
  check_origin(state.origin, command.origin, context, faults);
  check_kept(state, {{"origin", !is_blank_text(state.origin), !is_blank_text(command.origin)}}, context, faults);
  if (!faults.empty()) return faults.refuse();
  if (command.origin == state.origin) return events();
  return events(OriginChanged{state.origin, command.origin});
}

Outcome decide(const TicketState& state, const ChangeParticulars& command, const Context&) {
  Particulars wanted = state.particulars;
  for_each_field<Particulars>([&](const auto& f, std::size_t) {
    const bool named = std::find(command.named.begin(), command.named.end(), f.name) != command.named.end();
    if (named) wanted.*(f.member) = command.wanted.*(f.member);
  });
  FieldFaults faults;
  check_particulars(wanted, faults);
  if (!faults.empty()) return faults.refuse();
  if (wanted == state.particulars) return events();
  return events(ParticularsChanged{state.particulars, std::move(wanted)});
}

Outcome decide(const TicketState& state, const LinkContact& command, const Context& context) {
  FieldFaults faults;
  const Party& old = state.party;
  const bool as_told = command.as_told || context.imported;
  const Party wanted = as_told ? command.party : with_organisation(command.party, context.lookup);
  check_party(old, command.party, context.lookup, faults);
  check_kept(state,
             {{"contact", old.contact.has_value(), wanted.contact.has_value()},
              {"organisation", old.organisation.has_value(), wanted.organisation.has_value()}},
             context, faults);
  if (!faults.empty()) return faults.refuse();
  if (wanted == old) return events();
  return events(ContactLinked{old, wanted});
}

}  // namespace greffe::subjects
