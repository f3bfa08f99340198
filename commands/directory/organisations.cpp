#include "commands/directory/decide.h"
#include "commands/directory/entry_rules.h"

namespace greffe {
namespace {

using OrganisationOutcome = entry_rules::Outcome<OrganisationEvent>;

OrganisationOutcome decide_one(const OrganisationState&, const CreateOrganisation& command, const Context& context) {
  const OrganisationDetails& d = command.details;
  FieldFaults faults;
  check_text("display_name", d.display_name.text, entry_rules::name_rule, faults);
  check_text("external_id", d.external_id, entry_rules::external_id_rule, faults);
  entry_rules::check_contact_points(d.contact_points, faults);
  if (!faults.empty()) return faults.refuse();
  if (auto taken = entry_rules::check_unique(StreamKind::organisation, d.external_id, {}, context.lookup)) {
    return fail(std::move(*taken));
  }
  return entry_rules::created<OrganisationEvent>(d);
}

OrganisationOutcome decide_one(const OrganisationState& state, const ChangeOrganisation& command, const Context&) {
  OrganisationDetails wanted = state.details;
  if (command.display_name) wanted.display_name.text = *command.display_name;
  if (command.kind) wanted.kind = *command.kind;
  if (command.contact_points) wanted.contact_points = *command.contact_points;
  FieldFaults faults;
  check_text("display_name", wanted.display_name.text, entry_rules::name_rule, faults);
  entry_rules::check_contact_points(wanted.contact_points, faults);
  if (!faults.empty()) return faults.refuse();
  return entry_rules::changed<OrganisationEvent>(state, std::move(wanted));
}

OrganisationOutcome decide_one(const OrganisationState& state, const Deactivate& command, const Context&) {
  return entry_rules::deactivated<OrganisationEvent>(state, command.reason);
}

OrganisationOutcome decide_one(const OrganisationState& state, const Reactivate& command, const Context&) {
  return entry_rules::reactivated<OrganisationEvent>(state, command.reason);
}

}  // namespace

Decision<std::vector<OrganisationEvent>> decide(const OrganisationState& state, const OrganisationCommand& command,
                                                const Context& context) {
  return std::visit([&](const auto& c) { return decide_one(state, c, context); }, command);
}

}  // namespace greffe
