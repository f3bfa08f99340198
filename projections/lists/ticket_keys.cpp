#include "projections/lists/ticket_keys.h"

#include <algorithm>

namespace greffe {
namespace {

template <class Tag>
Identity identity_of(const std::optional<Id<Tag>>& id) {
  return id ? id->value : absent_identity;
}

void set_identities(TicketKeys& keys, const TicketRow& row, Vocabulary& vocabulary) {
  const auto set = [&](KeyedBy column, Identity identity) {
    keys.identities[static_cast<std::size_t>(column)] = identity;
  };
  const auto& path = row.classification.category;
  set(KeyedBy::status, vocabulary.of_status(row.status));
  set(KeyedBy::priority, vocabulary.of_priority(row.priority));
  set(KeyedBy::assignee, identity_of(row.assignee));
  set(KeyedBy::team, identity_of(row.team));
  set(KeyedBy::contact, identity_of(row.party.contact));
  set(KeyedBy::organisation, identity_of(row.party.organisation));
  set(KeyedBy::category, vocabulary.of_path(path));
  set(KeyedBy::origin, vocabulary.of_text(row.origin));
  set(KeyedBy::category_root, path.empty() ? absent_identity : vocabulary.of_text(path.front()));
  set(KeyedBy::request_type, vocabulary.of_text(row.classification.request_type));
  set(KeyedBy::group, vocabulary.of_text(row.classification.group));
  set(KeyedBy::kind, static_cast<Identity>(row.kind));
  set(KeyedBy::channel, static_cast<Identity>(row.channel));
  set(KeyedBy::creator, row.creator.kind == ActorKind::agent ? row.creator.id : absent_identity);
}

Identity& at(TicketKeys& keys, KeyedBy column) { return keys.identities[static_cast<std::size_t>(column)]; }
std::vector<Identity>& at(TicketKeys& keys, SetBy column) { return keys.sets[static_cast<std::size_t>(column)]; }

void set_ties(TicketKeys& keys, const TicketRow& row, Vocabulary& vocabulary) {
  keys.due_at = time_key(row.due_at);
  keys.estimated_resolution_at = time_key(row.estimated_resolution_at);
  at(keys, KeyedBy::parent) = identity_of(row.parent);
  at(keys, KeyedBy::has_parent) = row.parent ? 1 : 0;
  at(keys, KeyedBy::merged_into) = identity_of(row.merged_into);
  at(keys, KeyedBy::needs_look) = row.needs_look ? 1 : 0;
  for (const auto agent : row.copies) at(keys, SetBy::copy).push_back(agent.value);
  for (const auto& type : row.context_types) {
    if (!type.empty()) at(keys, SetBy::context_type).push_back(vocabulary.of_text(type));
  }
  for (auto& values : keys.sets) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
  }
}

}  // namespace

TicketKeys keys_of(const TicketRow& row, Vocabulary& vocabulary) {
  TicketKeys keys;
  keys.id = row.id.value;
  keys.number = collate(row.number);
  keys.title = collate(row.title.text);
  keys.opened_at = time_key(row.opened_at);
  keys.updated_at = time_key(row.updated_at);
  keys.closed_at = time_key(row.last_closed_at);
  set_identities(keys, row, vocabulary);
  set_ties(keys, row, vocabulary);
  return keys;
}

}  // namespace greffe
