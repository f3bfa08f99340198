#include "commands/catalogue/catalogue_limits.h"
#include "commands/catalogue/decide.h"
#include "commands/directory/entry_rules.h"
#include "commands/texts/template_field.h"

namespace greffe {
namespace {

using TemplateOutcome = entry_rules::Outcome<TextTemplateEvent>;

// A document is made when somebody asks for it, hence of no event.
void check_event(const TextTemplateDetails& d, FieldFaults& faults) {
  if (d.event.empty()) return;
  if (d.purpose != TemplatePurpose::notification || !named<NotifyEvent>(d.event)) {
    faults.add("event", FieldCode::not_one_of);
  }
}

void check_details(const TextTemplateDetails& d, FieldFaults& faults) {
  const auto purpose = text_purpose(d.purpose);
  check_text("title", d.title, entry_rules::name_rule, faults);
  check_language("language", d.language, faults);
  check_event(d, faults);
  check_template("header", d.header, {limits::template_edge_bytes_max, false, true}, purpose, faults);
  check_template("body", d.body, {limits::text_bytes_max, true, true}, purpose, faults);
  check_template("footer", d.footer, {limits::template_edge_bytes_max, false, true}, purpose, faults);
}

bool is_named_by_settings(const Context& context) {
  const auto& rules = context.settings.notifications.rules;
  return std::any_of(rules.begin(), rules.end(),
                     [&](const NotificationRule& rule) { return rule.text_template == TemplateId{context.target}; });
}

auto in_use() { return refuse(RejectionCode::in_use, "Notifications are made from this text: change them first."); }

TemplateOutcome decide_one(const TextTemplateState&, const CreateTextTemplate& command, const Context&) {
  FieldFaults faults;
  check_details(command.details, faults);
  if (!faults.empty()) return faults.refuse();
  return entry_rules::created<TextTemplateEvent>(command.details);
}

TemplateOutcome decide_one(const TextTemplateState& state, const ChangeTextTemplate& command, const Context& context) {
  TextTemplateDetails wanted = state.details;
  if (command.title) wanted.title = *command.title;
  if (command.language) wanted.language = *command.language;
  if (command.event) wanted.event = *command.event;
  if (command.header) wanted.header = *command.header;
  if (command.body) wanted.body = *command.body;
  if (command.footer) wanted.footer = *command.footer;
  FieldFaults faults;
  check_details(wanted, faults);
  if (!faults.empty()) return faults.refuse();
  if (wanted.event != state.details.event && is_named_by_settings(context)) return in_use();
  return entry_rules::changed<TextTemplateEvent>(state, std::move(wanted));
}

TemplateOutcome decide_one(const TextTemplateState& state, const Deactivate& command, const Context& context) {
  if (state.active && is_named_by_settings(context)) return in_use();
  return entry_rules::deactivated<TextTemplateEvent>(state, command.reason);
}

TemplateOutcome decide_one(const TextTemplateState& state, const Reactivate& command, const Context&) {
  return entry_rules::reactivated<TextTemplateEvent>(state, command.reason);
}

}  // namespace

Decision<std::vector<TextTemplateEvent>> decide(const TextTemplateState& state, const TextTemplateCommand& command,
                                                const Context& context) {
  return std::visit([&](const auto& c) { return decide_one(state, c, context); }, command);
}

}  // namespace greffe
