#include "commands/settings/list_rules.h"
#include "commands/settings/rules.h"

namespace greffe {
namespace {

using namespace settings_rules;

constexpr std::string_view names[] = {"title",    "description", "comment",      "origin",
                                      "priority", "category",    "sub_category", "request_type",
                                      "group",    "contact",     "organisation", "team",
                                      "assignee", "copies",      "due_at",       "estimated_resolution_at"};

void check_name(const std::string& field, const std::string& name, const ContextTypesDefined& contexts,
                FieldFaults& faults) {
  if (!name.starts_with(mandatory_context_prefix)) {
    if (std::find(std::begin(names), std::end(names), name) == std::end(names)) {
      faults.add(field, FieldCode::not_one_of);
    }
    return;
  }
  const auto type = name.substr(mandatory_context_prefix.size());
  const bool known =
      std::any_of(contexts.types.begin(), contexts.types.end(), [&](const ContextType& t) { return t.key == type; });
  if (type.empty() || (!known && !contexts.open)) faults.add(field, FieldCode::unknown_value);
  else check_text(field, type, {limits::key_bytes_max, true}, faults);
}

// No ticket could be opened that is asked for a value of an axis that is switched off, or for a due
// date that it is not allowed.
bool never_given(const std::string& name, const MandatoryFields& rule, const TaxonomyDefined& taxonomy,
                 const OpeningDefined& wanted) {
  if (name == "category" || name == "sub_category") return !taxonomy.category.enabled;
  if (name == "request_type") return !taxonomy.request_type.enabled;
  if (name == "group") return !taxonomy.group.enabled;
  if (name == "origin") return !wanted.origins.enabled;
  if (name != "due_at") return false;
  const auto& due_channels = wanted.due_channels;
  return rule.channels.empty() || !std::all_of(rule.channels.begin(), rule.channels.end(), [&](Channel channel) {
           return std::find(due_channels.begin(), due_channels.end(), channel) != due_channels.end();
         });
}

void check_rule(const std::string& at, const MandatoryFields& rule, const Settings& settings,
                const OpeningDefined& wanted, FieldFaults& faults) {
  check_unique(at + ".kinds", rule.kinds, faults);
  check_unique(at + ".channels", rule.channels, faults);
  const std::string field = at + ".required";
  if (rule.required.empty()) faults.add(field, FieldCode::required);
  check_each(field, rule.required, std::size(names) + area_limits::context_types_max, faults,
             [&](const std::string& name, const std::string& here, auto) {
               check_name(here, name, settings.contexts, faults);
               if (never_given(name, rule, settings.taxonomy, wanted)) faults.add(here, FieldCode::not_one_of);
             });
  check_unique(field, rule.required, faults);
}

}  // namespace

std::span<const std::string_view> mandatory_field_names() { return names; }

std::optional<Rejection> settings_fault(const Settings& settings, const OpeningDefined& wanted) {
  FieldFaults faults;
  check_axis("origins", wanted.origins, settings.tenant, faults);
  check_each("mandatory", wanted.mandatory, area_limits::mandatory_rules_max, faults,
             [&](const MandatoryFields& rule, const std::string& at, auto) {
               check_rule(at, rule, settings, wanted, faults);
             });
  check_unique("due_channels", wanted.due_channels, faults);
  return refusal(faults);
}

}  // namespace greffe
