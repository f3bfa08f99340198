#include "commands/settings/list_rules.h"

namespace greffe::settings_rules {

std::optional<Rejection> refusal(FieldFaults& faults) {
  if (faults.empty()) return std::nullopt;
  return faults.refuse().value();
}

void check_labels(const std::string& field, const std::vector<Label>& labels, const TenantConfigured& tenant,
                  FieldFaults& faults) {
  check_each(field, labels, limits::languages_max, faults, [&](const Label& label, const std::string& at, auto i) {
    check_language(at + ".language", label.language, faults);
    if (repeats(labels, i, [](const Label& l) { return l.language; })) {
      faults.add(at + ".language", FieldCode::duplicate);
    }
    check_text(at + ".text", label.text, {limits::label_bytes_max, true}, faults);
  });
  for (const auto& language : tenant.languages) {
    const bool there =
        std::any_of(labels.begin(), labels.end(), [&](const Label& l) { return l.language == language; });
    if (!there) faults.add(field, FieldCode::required);
  }
}

void check_optional_labels(const std::string& field, const std::vector<Label>& labels, const TenantConfigured& tenant,
                           FieldFaults& faults) {
  if (!labels.empty()) check_labels(field, labels, tenant, faults);
}

void check_value_key(const std::string& field, const std::string& key, FieldFaults& faults) {
  check_text(field, key, {limits::key_bytes_max, true}, faults);
}

void check_axis(const std::string& field, const FlatAxis& axis, const TenantConfigured& tenant, FieldFaults& faults) {
  check_optional_labels(field + ".labels", axis.labels, tenant, faults);
  const auto& values = axis.values;
  check_each(field + ".values", values, area_limits::listed_values_max, faults,
             [&](const ListedValue& value, const std::string& at, auto i) {
               check_value_key(at + ".key", value.key, faults);
               if (repeats(values, i, [](const ListedValue& v) { return v.key; })) {
                 faults.add(at + ".key", FieldCode::duplicate);
               }
               check_labels(at + ".labels", value.labels, tenant, faults);
             });
  // An axis of which nothing can be chosen is one that is not enabled.
  if (axis.enabled && !axis.open && values.empty()) faults.add(field + ".values", FieldCode::required);
}

void check_root_category(const std::string& field, const std::string& key, const TreeAxis& axis, FieldFaults& faults) {
  const auto node =
      std::find_if(axis.nodes.begin(), axis.nodes.end(), [&](const CategoryNode& n) { return n.key == key; });
  const bool unknown = node == axis.nodes.end() ? !axis.open : !node->parent.empty();
  if (unknown) faults.add(field, FieldCode::unknown_category);
  else check_value_key(field, key, faults);
}

}  // namespace greffe::settings_rules
