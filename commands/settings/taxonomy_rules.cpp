#include <initializer_list>
#include <map>

#include "commands/settings/list_rules.h"
#include "commands/settings/rules.h"

namespace greffe {
namespace {

using namespace settings_rules;

using ParentOf = std::map<std::string_view, std::string_view>;

// Levels from the node up to its root, counted no further than one beyond the most allowed.
// A node in a cycle has no root, hence always that many.
std::size_t depth_of(std::string_view key, const ParentOf& parents) {
  std::size_t depth = 0;
  while (!key.empty() && depth <= limits::category_depth_max) {
    ++depth;
    const auto at = parents.find(key);
    if (at == parents.end()) break;
    key = at->second;
  }
  return depth;
}

bool in_cycle(std::string_view key, const ParentOf& parents) {
  std::string_view at = key;
  for (std::size_t steps = 0; steps < parents.size(); ++steps) {
    const auto found = parents.find(at);
    if (found == parents.end() || found->second.empty()) return false;
    at = found->second;
    if (at == key) return true;
  }
  return false;
}

void check_parent(const std::string& field, const CategoryNode& node, const ParentOf& parents, FieldFaults& faults) {
  if (node.parent.empty()) return;
  if (!parents.contains(node.parent)) faults.add(field, FieldCode::unknown_category);
  else if (in_cycle(node.key, parents)) faults.add(field, FieldCode::malformed);
  else if (depth_of(node.key, parents) > limits::category_depth_max) faults.add(field, FieldCode::too_many);
}

void check_tree(const std::string& field, const TreeAxis& axis, const TenantConfigured& tenant, FieldFaults& faults) {
  check_optional_labels(field + ".labels", axis.labels, tenant, faults);
  ParentOf parents;
  for (const CategoryNode& node : axis.nodes) parents.try_emplace(node.key, node.parent);
  check_each(field + ".nodes", axis.nodes, area_limits::category_nodes_max, faults,
             [&](const CategoryNode& node, const std::string& at, auto i) {
               check_value_key(at + ".key", node.key, faults);
               if (repeats(axis.nodes, i, [](const CategoryNode& n) { return std::string_view(n.key); })) {
                 faults.add(at + ".key", FieldCode::duplicate);
               }
               check_parent(at + ".parent", node, parents, faults);
               check_labels(at + ".labels", node.labels, tenant, faults);
               check_unique(at + ".audience", node.audience, faults);
             });
  if (axis.enabled && !axis.open && axis.nodes.empty()) faults.add(field + ".nodes", FieldCode::required);
}

// An axis that openings must have a value of stays in use: without it, none could be opened.
void check_in_use(const std::string& field, bool enabled, std::initializer_list<std::string_view> names,
                  const OpeningDefined& opening, FieldFaults& faults) {
  if (enabled) return;
  const auto asks = [&](const MandatoryFields& rule) {
    return std::find_first_of(rule.required.begin(), rule.required.end(), names.begin(), names.end()) !=
           rule.required.end();
  };
  const auto& rules = opening.mandatory;
  if (std::any_of(rules.begin(), rules.end(), asks)) faults.add(field + ".enabled", FieldCode::not_one_of);
}

}  // namespace

std::optional<Rejection> settings_fault(const Settings& settings, const TaxonomyDefined& wanted) {
  FieldFaults faults;
  check_tree("category", wanted.category, settings.tenant, faults);
  check_axis("request_type", wanted.request_type, settings.tenant, faults);
  check_axis("group", wanted.group, settings.tenant, faults);
  check_in_use("category", wanted.category.enabled, {"category", "sub_category"}, settings.opening, faults);
  check_in_use("request_type", wanted.request_type.enabled, {"request_type"}, settings.opening, faults);
  check_in_use("group", wanted.group.enabled, {"group"}, settings.opening, faults);
  return refusal(faults);
}

}  // namespace greffe
