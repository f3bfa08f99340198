#include "commands/settings/list_rules.h"
#include "commands/settings/rules.h"
#include "commands/url_pattern.h"

namespace greffe {
namespace {

using namespace settings_rules;

// A web address in which each entry's label has its place, after the host.
void check_url_pattern(const std::string& field, std::string_view pattern, FieldFaults& faults) {
  if (pattern.empty()) return;
  if (pattern.size() > area_limits::url_pattern_bytes_max) return faults.add(field, FieldCode::too_long);
  check_url(field, pattern, faults);
  if (!has_place_for_label(pattern)) faults.add(field, FieldCode::malformed);
}

}  // namespace

std::optional<Rejection> settings_fault(const Settings& settings, const ContextTypesDefined& wanted) {
  FieldFaults faults;
  const auto& types = wanted.types;
  check_each("types", types, area_limits::context_types_max, faults,
             [&](const ContextType& type, const std::string& at, auto i) {
               check_key(at + ".key", type.key, faults);
               if (repeats(types, i, [](const ContextType& t) { return t.key; })) {
                 faults.add(at + ".key", FieldCode::duplicate);
               }
               check_labels(at + ".labels", type.labels, settings.tenant, faults);
               check_url_pattern(at + ".url_pattern", type.url_pattern, faults);
             });
  return refusal(faults);
}

}  // namespace greffe
