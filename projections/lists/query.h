// What can be asked of the ticket lists.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/record.h"
#include "events/result.h"

namespace greffe {

// mine = assigned to the asking agent, or opened by them. unassigned = open without assignee.
enum class ListView : std::uint8_t { open, closed, mine_open, mine_closed, unassigned };
constexpr std::array<std::string_view, 5> names_of(ListView) {
  return {"open", "closed", "mine-open", "mine-closed", "unassigned"};
}

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
  category
};
constexpr std::array<std::string_view, 12> names_of(SortColumn) {
  return {"number",    "title",    "status", "priority", "opened_at",    "updated_at",
          "closed_at", "assignee", "team",   "contact",  "organisation", "category"};
}

struct SortKey {
  SortColumn column = SortColumn::opened_at;
  bool descending = false;
  bool operator==(const SortKey&) const = default;
};

// Values within one filter are alternatives; filters together all hold. Empty = no filter.
struct ListFilters {
  std::vector<std::string> status, priority;
  std::vector<AgentId> assignee;
  std::vector<TeamId> team;
  std::vector<ContactId> contact;
  std::vector<OrganisationId> organisation;
  std::vector<TicketKind> kind;
  std::vector<Channel> channel;
  std::vector<std::string> category;  // first node of the path
  std::vector<std::string> request_type, group;
  std::optional<Instant> opened_from, opened_before;  // half-open: from <= opened_at < before
  std::optional<Instant> updated_from, updated_before;
};

inline constexpr std::size_t list_limit_max = 200;
inline constexpr std::size_t list_sort_keys_max = 4;

struct ListQuery {
  ListView view = ListView::open;
  std::optional<AgentId> me;  // required by the mine views
  ListFilters filters;
  std::vector<SortKey> sort;  // empty = newest opened first; ties are broken by id, ascending
  std::size_t limit = 50;     // 1 … list_limit_max
  std::string cursor;         // from the page before; empty = first page
};

// The cursor was not made by this program for this view, filter and sort.
struct BadCursor {};

}  // namespace greffe
