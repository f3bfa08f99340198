#include "commands/directory/decide.h"
#include "commands/directory/entry_rules.h"
#include "commands/references.h"

namespace greffe {
namespace {

using ContactOutcome = entry_rules::Outcome<ContactEvent>;

void check_details(const ContactDetails& d, FieldFaults& faults) {
  check_text("display_name", d.display_name.text, entry_rules::name_rule, faults);
  check_email("email", d.email.text, faults);
  check_text("phone", d.phone.text, {limits::phone_bytes_max}, faults);
  if (!d.language.empty()) check_language("language", d.language, faults);
  entry_rules::check_contact_points(d.contact_points, faults);
}

ContactOutcome decide_one(const ContactState&, const CreateContact& command, const Context& context) {
  const ContactDetails& d = command.details;
  FieldFaults faults;
  check_details(d, faults);
  if (d.organisation) check_organisation("organisation", *d.organisation, context.lookup, faults);
  check_text("external_id", d.external_id, entry_rules::external_id_rule, faults);
  if (!faults.empty()) return faults.refuse();
  if (auto taken = entry_rules::check_unique(StreamKind::contact, d.external_id, d.email.text, context.lookup)) {
    return fail(std::move(*taken));
  }
  return entry_rules::created<ContactEvent>(d);
}

ContactOutcome decide_one(const ContactState& state, const ChangeContact& command, const Context& context) {
  ContactDetails wanted = state.details;
  if (command.display_name) wanted.display_name.text = *command.display_name;
  if (command.email) wanted.email.text = *command.email;
  if (command.phone) wanted.phone.text = *command.phone;
  if (command.organisation) wanted.organisation = *command.organisation;
  if (command.role) wanted.role = *command.role;
  if (command.language) wanted.language = *command.language;
  if (command.contact_points) wanted.contact_points = *command.contact_points;
  FieldFaults faults;
  check_details(wanted, faults);
  if (wanted.organisation && wanted.organisation != state.details.organisation) {
    check_organisation("organisation", *wanted.organisation, context.lookup, faults);
  }
  if (!faults.empty()) return faults.refuse();
  if (auto taken = entry_rules::check_new_email(StreamKind::contact, state, wanted, context.lookup)) {
    return fail(std::move(*taken));
  }
  return entry_rules::changed<ContactEvent>(state, std::move(wanted));
}

ContactOutcome decide_one(const ContactState& state, const Deactivate& command, const Context&) {
  return entry_rules::deactivated<ContactEvent>(state, command.reason);
}

ContactOutcome decide_one(const ContactState& state, const Reactivate& command, const Context& context) {
  return entry_rules::reactivated_with_email<ContactEvent>(StreamKind::contact, state, command.reason, context.lookup);
}

}  // namespace

Decision<std::vector<ContactEvent>> decide(const ContactState& state, const ContactCommand& command,
                                           const Context& context) {
  return std::visit([&](const auto& c) { return decide_one(state, c, context); }, command);
}

}  // namespace greffe
