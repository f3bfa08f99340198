// What can be asked of the ticket lists.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/record.h"
#include "events/result.h"

namespace greffe {

// all = open and closed. mine = the asking agent's, see MineIncludes. unassigned = open
// without assignee, which is also what nobody has claimed. team-open = open, of the asking
// agent's teams. A merged or deleted ticket is in the view of that name and in no other.
enum class ListView : std::uint8_t {
  open,
  closed,
  mine_open,
  mine_closed,
  unassigned,
  all,
  team_open,
  merged,
  deleted
};
constexpr std::array<std::string_view, 9> names_of(ListView) {
  return {"open", "closed", "mine-open", "mine-closed", "unassigned", "all", "team-open", "merged", "deleted"};
}
constexpr bool is_mine(ListView view) { return view == ListView::mine_open || view == ListView::mine_closed; }

enum class SortColumn : std::uint8_t {
  number,
  title,
  status,
  priority,
  opened_at,
  updated_at,
  closed_at,
  assignee,
  team,
  contact,
  organisation,
  category,
  due_at,
  estimated_resolution_at,
  origin
};
constexpr std::array<std::string_view, 15> names_of(SortColumn) {
  return {"number",   "title", "status",  "priority",     "opened_at", "updated_at", "closed_at",
          "assignee", "team",  "contact", "organisation", "category",  "due_at",     "estimated_resolution_at",
          "origin"};
}

struct SortKey {
  SortColumn column = SortColumn::opened_at;
  bool descending = false;
  bool operator==(const SortKey&) const = default;
};

// The nodes of a category from the root on.
using CategoryPath = std::vector<std::string>;

// Values within one filter are alternatives; filters together all hold. Empty = no filter.
// Times are half-open, from <= t < before; a ticket without that time passes no bound of it.
struct ListFilters {
  std::vector<std::string> status, priority;
  std::vector<std::optional<AgentId>> assignee;  // absent = the tickets without one, as below
  std::vector<AgentId> copy;                     // an agent in copy
  std::vector<std::optional<AgentId>> creator;   // opened by, or for, this agent
  std::vector<std::optional<TeamId>> team;
  std::vector<std::optional<ContactId>> contact;
  std::vector<std::optional<OrganisationId>> organisation;
  std::vector<TicketKind> kind;
  std::vector<Channel> channel;
  std::vector<CategoryPath> category;                    // and all below it; an empty path = the tickets without one
  std::vector<std::string> request_type, group, origin;  // "" = the tickets without one
  std::vector<std::string> context_type;                 // of one of the linked contexts
  std::vector<TicketId> parent, merged_into;
  std::optional<bool> has_parent;  // false = roots and tickets that stand alone
  std::optional<bool> needs_look;
  std::optional<Instant> opened_from, opened_before;
  std::optional<Instant> updated_from, updated_before;
  std::optional<Instant> closed_from, closed_before;  // the last time
  std::optional<Instant> due_from, due_before;
};

// Which tickets the mine views count as the agent's: the union of what is set.
struct MineIncludes {
  bool assignee = true;
  bool copy = true;
  bool creator = true;
  bool operator==(const MineIncludes&) const = default;
};

// A reader of the portal sees the external tickets of this contact and those of this organisation;
// with neither, none.
struct PortalReader {
  std::optional<ContactId> contact;
  std::optional<OrganisationId> organisation;
  bool operator==(const PortalReader&) const = default;
};

inline constexpr std::size_t list_limit_max = 200;
inline constexpr std::size_t list_sort_keys_max = 4;

struct ListQuery {
  ListView view = ListView::open;
  std::optional<AgentId> me;  // required by the mine views
  MineIncludes mine;
  std::vector<TeamId> my_teams;        // of team-open; none = no tickets
  std::optional<PortalReader> reader;  // absent = may see every ticket
  ListFilters filters;
  std::vector<SortKey> sort;  // empty = newest opened first; ties are broken by id, ascending
  std::size_t limit = 50;     // 1 … list_limit_max
  std::string cursor;         // from the page before; empty = first page
};

// The cursor was not made by this program for this view, reader, filter and sort.
struct BadCursor {};

// What tickets can be counted by, value by value.
enum class FacetColumn : std::uint8_t {
  status,
  priority,
  assignee,
  team,
  contact,
  organisation,
  category,  // the first node of the path
  request_type,
  group,
  kind,
  channel,
  origin,
  creator,
  copy,
  context_type,
  has_parent,
  needs_look
};
constexpr std::array<std::string_view, 17> names_of(FacetColumn) {
  return {"status", "priority", "assignee", "team",    "contact", "organisation", "category",   "request_type", "group",
          "kind",   "channel",  "origin",   "creator", "copy",    "context_type", "has_parent", "needs_look"};
}

struct FacetValue {
  // As the column's filter has it: a key, a text, an id in decimal, a name of kind or
  // channel, "true" or "false".
  std::string value;
  std::uint64_t count = 0;  // at least 1
  bool operator==(const FacetValue&) const = default;
};

inline constexpr std::size_t facet_values_max = 100;

struct Facet {
  FacetColumn column = FacetColumn::status;
  // Most tickets first, of equal ones ids by number and texts by bytes; facet_values_max at
  // most.
  std::vector<FacetValue> values;
  std::uint64_t distinct = 0;  // values with at least one ticket, also those left out above
  std::uint64_t absent = 0;    // tickets without a value
  bool operator==(const Facet&) const = default;
};

}  // namespace greffe
