#include <fmt/format.h>

#include <algorithm>

#include "commands/catalogue/catalogue_limits.h"
#include "commands/catalogue/decide.h"
#include "commands/directory/entry_rules.h"

namespace greffe {
namespace {

using ContextOutcome = entry_rules::Outcome<ContextEvent>;

void check_type(const std::string& type, const ContextTypesDefined& defined, FieldFaults& faults) {
  check_key("type", type, faults);
  const bool known =
      std::any_of(defined.types.begin(), defined.types.end(), [&](const ContextType& t) { return t.key == type; });
  if (!known && !defined.open) faults.add("type", FieldCode::unknown_value);
}

// Only what a browser fetches: a link of another scheme could run code in an agent's page.
void check_url(const std::string& url, FieldFaults& faults) {
  check_text("url", url, {limits::url_bytes_max}, faults);
  if (!url.empty() && (!is_web_url(url) || url.find_first_of(" \"<>\\^`{|}") != std::string::npos)) {
    faults.add("url", FieldCode::malformed);
  }
}

void check_summary(const std::vector<Detail>& summary, FieldFaults& faults) {
  if (summary.size() > limits::details_max) return faults.add("summary", FieldCode::too_many);
  for (std::size_t i = 0; i < summary.size(); ++i) {
    check_text(fmt::format("summary[{}].name", i), summary[i].name, {limits::summary_name_bytes_max, true}, faults);
    check_text(fmt::format("summary[{}].text", i), summary[i].text.text, {limits::summary_text_bytes_max, false, true},
               faults);
  }
}

void check_details(const ContextDetails& d, FieldFaults& faults) {
  check_text("label", d.label.text, entry_rules::name_rule, faults);
  check_url(d.url, faults);
  check_summary(d.summary, faults);
}

ContextOutcome decide_one(const ContextState&, const CreateContext& command, const Context& context) {
  const ContextDetails& d = command.details;
  FieldFaults faults;
  check_type(d.type, context.settings.contexts, faults);
  check_details(d, faults);
  check_text("external_id", d.external_id, entry_rules::external_id_rule, faults);
  if (!faults.empty()) return faults.refuse();
  if (auto taken = entry_rules::check_unique(StreamKind::context, external_key(d), {}, context.lookup)) {
    return fail(std::move(*taken));
  }
  return entry_rules::created<ContextEvent>(d);
}

// The type is not looked at again: it may have left the settings since, and cannot change.
ContextOutcome decide_one(const ContextState& state, const ChangeContext& command, const Context&) {
  ContextDetails wanted = state.details;
  if (command.label) wanted.label.text = *command.label;
  if (command.url) wanted.url = *command.url;
  if (command.summary) wanted.summary = *command.summary;
  FieldFaults faults;
  check_details(wanted, faults);
  if (!faults.empty()) return faults.refuse();
  auto events = entry_rules::changed<ContextEvent>(state, std::move(wanted));
  if (events && command.reactivate && !state.active) events->insert(events->begin(), ContextReactivated{});
  return events;
}

ContextOutcome decide_one(const ContextState& state, const Deactivate& command, const Context&) {
  return entry_rules::deactivated<ContextEvent>(state, command.reason);
}

ContextOutcome decide_one(const ContextState& state, const Reactivate& command, const Context&) {
  return entry_rules::reactivated<ContextEvent>(state, command.reason);
}

}  // namespace

Decision<std::vector<ContextEvent>> decide(const ContextState& state, const ContextCommand& command,
                                           const Context& context) {
  return std::visit([&](const auto& c) { return decide_one(state, c, context); }, command);
}

}  // namespace greffe
