#include "commands/ticket/taxonomy.h"

#include <fmt/format.h>

#include <algorithm>

namespace greffe::subjects {
namespace {

const CategoryNode* find_node(const TreeAxis& axis, std::string_view key) {
  const auto at = std::find_if(axis.nodes.begin(), axis.nodes.end(), [&](const auto& n) { return n.key == key; });
  return at == axis.nodes.end() ? nullptr : &*at;
}

bool is_for(const CategoryNode& node, rights::Role role) {
  if (node.audience.empty() || (!rights::is_client(role))) return true;
  const auto wanted = role == rights::Role::manager ? CategoryAudience::manager : CategoryAudience::subscriber;
  return std::find(node.audience.begin(), node.audience.end(), wanted) != node.audience.end();
}

void check_path(const TreeAxis& axis, const std::vector<std::string>& path, const Context& context,
                FieldFaults& faults) {
  const auto role = rights::role_of(context.doer, context.lookup);
  std::string parent;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto field = fmt::format("category[{}]", i);
    const CategoryNode* node = find_node(axis, path[i]);
    if (node == nullptr) {
      if (!axis.open) faults.add(field, FieldCode::unknown_category);
    } else if (node->parent != parent) {
      faults.add(field, i == 0 ? FieldCode::unknown_category : FieldCode::child_of_other_category);
    } else if (!is_for(*node, role)) {
      faults.add(field, FieldCode::not_for_audience);
    }
    parent = path[i];
  }
}

void check_value(const char* field, const FlatAxis& axis, const std::string& old, const std::string& wanted,
                 FieldFaults& faults) {
  if (wanted == old || wanted.empty()) return;
  const auto known = [&](const ListedValue& value) { return value.key == wanted; };
  if (!axis.enabled) faults.add(field, FieldCode::unknown_value);
  else if (!axis.open && std::none_of(axis.values.begin(), axis.values.end(), known)) {
    faults.add(field, FieldCode::unknown_value);
  }
}

}  // namespace

void check_taxonomy(const Classification& old, const Classification& wanted, const Context& context,
                    FieldFaults& faults) {
  if (context.imported) return;
  const TaxonomyDefined& taxonomy = context.settings.taxonomy;
  if (wanted.category != old.category && !wanted.category.empty()) {
    if (!taxonomy.category.enabled) faults.add("category", FieldCode::unknown_category);
    else check_path(taxonomy.category, wanted.category, context, faults);
  }
  check_value("request_type", taxonomy.request_type, old.request_type, wanted.request_type, faults);
  check_value("group", taxonomy.group, old.group, wanted.group, faults);
}

TreeAxis offered_to(rights::Role role, TreeAxis axis) {
  const auto offered = [&](const CategoryNode& node) {
    // The settings' rules keep parents known and free of cycles.
    const CategoryNode* at = &node;
    while (at != nullptr && is_for(*at, role)) {
      if (at->parent.empty()) return true;
      at = find_node(axis, at->parent);
    }
    return false;
  };
  std::vector<CategoryNode> nodes;
  std::copy_if(axis.nodes.begin(), axis.nodes.end(), std::back_inserter(nodes), offered);
  axis.nodes = std::move(nodes);
  return axis;
}

void check_origin(const std::string& old, const std::string& wanted, const Context& context, FieldFaults& faults) {
  if (!context.imported) check_value("origin", context.settings.opening.origins, old, wanted, faults);
}

}  // namespace greffe::subjects
