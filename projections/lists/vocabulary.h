// Turns the values of tickets into identities and sort keys. Shared by both tabs.
//
// Identities of texts are numbers given here and never given back: statuses, categories and
// the like come from the settings, so there are few. Names are kept for all entries.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/ids.h"
#include "events/ticket.h"
#include "projections/lists/keyed_column.h"

namespace greffe {

// The columns whose values are kept with their tickets, one a ticket. The first eight can be
// sorted by.
enum class KeyedBy : std::uint8_t {
  status,
  priority,
  assignee,
  team,
  contact,
  organisation,
  category,
  origin,
  category_root,
  request_type,
  group,
  kind,
  channel,
  creator,  // the agent who opened it
  parent,
  merged_into,
  has_parent,  // 0 or 1, as needs_look
  needs_look
};
inline constexpr std::size_t keyed_count = 18;

// The columns with any number of values a ticket.
enum class SetBy : std::uint8_t { copy, context_type };
inline constexpr std::size_t set_count = 2;

// Of no assignee, an empty text and the like.
inline constexpr Identity absent_identity = UINT64_MAX;

class Vocabulary {
 public:
  // The priority of that key has this rank from now on, whatever rank its tickets were given.
  void rank(std::string_view key, std::uint32_t rank);

  // The identity of a value met in a ticket; gives one to a text that is new.
  Identity of_text(std::string_view text);
  Identity of_path(const std::vector<std::string>& path);
  Identity of_status(const StatusAt& status);
  Identity of_priority(const PriorityAt& priority);

  // The identity of a value asked for; absent if no ticket ever had it.
  std::optional<Identity> find_text(std::string_view text) const;
  // The identities of the paths met that begin with this one, which has two nodes or more: a first
  // node has a column of its own.
  std::span<const Identity> paths_below(std::span<const std::string> path) const;
  // Whether a status or priority, known by its identity, has this key, known by its own.
  static bool is_status_of(Identity status, Identity key) { return status_key(status) == key; }
  static bool is_priority_of(Identity priority, Identity key) { return priority_key(priority) == key; }
  static Identity status_key(Identity status) { return status >> 8; }
  static Identity priority_key(Identity priority) { return priority >> 32; }
  // The text that was given this identity.
  std::string_view text(Identity identity) const { return texts_.texts[identity]; }

  // An empty name takes the name away.
  void name(StreamId entry, std::string_view display_name);

  // What the value sorts by within its column; no two values of a column have the same.
  std::string sort_key(KeyedBy column, Identity identity) const;

  std::size_t bytes() const;

 private:
  struct Texts {
    absl::flat_hash_map<std::string, Identity> identities;
    std::vector<std::string> texts;  // by identity
    Identity add(std::string_view text);
  };
  std::string name_key(StreamKind kind, std::uint64_t id) const;

  Texts texts_;
  Texts paths_;  // the texts are the sort keys; they begin with the path's collation key
  // By each beginning of two nodes or more, of the paths met. Few, as the categories are.
  absl::flat_hash_map<std::string, std::vector<Identity>> paths_below_;
  absl::flat_hash_map<Identity, std::uint32_t> ranks_;  // by the key's identity
  absl::flat_hash_map<StreamId, std::string> name_keys_;
};

}  // namespace greffe
