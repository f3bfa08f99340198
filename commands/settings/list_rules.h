// Checks that several settings areas share: lists of entries with keys and labels. Fields
// are named as in the request: "statuses[2].labels[0].text".
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "commands/field_rules.h"
#include "commands/limits.h"
#include "commands/settings/area_limits.h"
#include "commands/settings/settings.h"

namespace greffe::settings_rules {

// The refusal that names all faults; absent if there are none.
std::optional<Rejection> refusal(FieldFaults& faults);

// Each text is there once a language, and for every language of the tenant. Others may be
// given too, ahead of a language that the tenant will use.
void check_labels(const std::string& field, const std::vector<Label>& labels, const TenantConfigured& tenant,
                  FieldFaults& faults);

// The same for what has a name already where none is given.
void check_optional_labels(const std::string& field, const std::vector<Label>& labels, const TenantConfigured& tenant,
                           FieldFaults& faults);

// A key of what tickets are classed by: any short text, since imported tickets bring their own.
void check_value_key(const std::string& field, const std::string& key, FieldFaults& faults);

// Calls f(item, "field[i]", i) for each item, or notes that there are too many.
template <class T, class F>
void check_each(const std::string& field, const std::vector<T>& items, std::size_t count_max, FieldFaults& faults,
                F&& f) {
  if (items.size() > count_max) return faults.add(field, FieldCode::too_many);
  for (std::size_t i = 0; i < items.size(); ++i) f(items[i], fmt::format("{}[{}]", field, i), i);
}

// Whether an item before the i-th has the same `of(item)`.
template <class T, class Of>
bool repeats(const std::vector<T>& items, std::size_t i, Of&& of) {
  const auto here = items.begin() + static_cast<std::ptrdiff_t>(i);
  return std::any_of(items.begin(), here, [&](const T& item) { return of(item) == of(items[i]); });
}

// No value is named twice.
template <class T>
void check_unique(const std::string& field, const std::vector<T>& items, FieldFaults& faults) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (repeats(items, i, [](const T& item) { return item; })) {
      faults.add(fmt::format("{}[{}]", field, i), FieldCode::duplicate);
    }
  }
}

template <class T>
void check_range(const std::string& field, T value, T least, T most, FieldFaults& faults) {
  if (value < least || value > most) faults.add(field, FieldCode::out_of_range);
}

// Whether somebody could be concerned by both lists, where none named means all.
template <class T>
bool overlap(const std::vector<T>& one, const std::vector<T>& other) {
  if (one.empty() || other.empty()) return true;
  return std::any_of(one.begin(), one.end(),
                     [&](const T& v) { return std::find(other.begin(), other.end(), v) != other.end(); });
}

// Values of a flat axis: unique keys, labels.
void check_axis(const std::string& field, const FlatAxis& axis, const TenantConfigured& tenant, FieldFaults& faults);

// A category's root that forms and rates can name: known, or any where the tree is open.
void check_root_category(const std::string& field, const std::string& key, const TreeAxis& axis, FieldFaults& faults);

}  // namespace greffe::settings_rules
