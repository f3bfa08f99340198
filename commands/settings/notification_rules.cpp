#include "commands/settings/list_rules.h"
#include "commands/settings/rules.h"

namespace greffe {
namespace {

using namespace settings_rules;

// A notification's template that is in use and not another event's.
void check_named_template(const std::string& field, const NotificationRule& rule, const Lookup& lookup,
                          FieldFaults& faults) {
  const TextTemplateState* found = lookup.text_template(*rule.text_template);
  if (found == nullptr) return faults.add(field, FieldCode::not_found);
  if (!found->active) return faults.add(field, FieldCode::inactive);
  const auto& details = found->details;
  const bool fits = details.event.empty() || details.event == name_of(rule.event);
  if (details.purpose != TemplatePurpose::notification || !fits) faults.add(field, FieldCode::not_one_of);
}

// on_open_to alone says what the desk is told; a private message is for its recipients, and they
// are told of nothing else.
bool fits(const NotificationRule& rule) {
  const bool is_private = rule.event == NotifyEvent::private_message;
  return rule.audience != Audience::desk && is_private == (rule.audience == Audience::recipients);
}

}  // namespace

std::optional<Rejection> settings_fault(const Lookup& lookup, const NotificationsDefined& wanted) {
  FieldFaults faults;
  const auto& rules = wanted.rules;
  check_each("rules", rules, area_limits::notification_rules_max, faults,
             [&](const NotificationRule& rule, const std::string& at, auto i) {
               if (repeats(rules, i, [](const NotificationRule& r) { return std::pair(r.event, r.audience); })) {
                 faults.add(at + ".audience", FieldCode::duplicate);
               }
               if (!fits(rule)) faults.add(at + ".audience", FieldCode::not_one_of);
               if (rule.text_template) check_named_template(at + ".text_template", rule, lookup, faults);
             });
  check_email("sender", wanted.sender, faults);
  check_email("on_open_to", wanted.on_open_to, faults);
  check_each("managers", wanted.managers, area_limits::managers_max, faults,
             [&](const std::string& email, const std::string& at, auto i) {
               if (email.empty()) faults.add(at, FieldCode::required);
               check_email(at, email, faults);
               if (repeats(wanted.managers, i, folded_email)) faults.add(at, FieldCode::duplicate);
             });
  check_text("header", wanted.header, {area_limits::notification_edge_bytes_max, false, true}, faults);
  check_text("footer", wanted.footer, {area_limits::notification_edge_bytes_max, false, true}, faults);
  return refusal(faults);
}

}  // namespace greffe
