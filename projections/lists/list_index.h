// All ticket lists (tabs), in memory: which tickets, in which order, page by page. A page
// costs the same at a million tickets as at a thousand, whatever its filters and sort.
//
// Plain data without locks: const calls may run at the same time, changes may not run beside
// anything. The contents are those of the rows put, in whatever order they were put.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/ids.h"
#include "events/result.h"
#include "events/settings_values.h"
#include "projections/lists/query.h"
#include "projections/ticket_row.h"

namespace greffe {

struct ListIds {
  std::vector<TicketId> ids;
  std::string next_cursor;  // empty = this is the last page
};

// Tickets in each view; the mine views have none without an agent.
struct ListCounts {
  std::uint64_t open = 0, closed = 0, all = 0, unassigned = 0, mine_open = 0, mine_closed = 0, team_open = 0;
  std::uint64_t merged = 0, deleted = 0;
  bool operator==(const ListCounts&) const = default;
};

class ListIndex {
 public:
  // When to look at slots one by one instead of walking an order (see page_walk.h). Never
  // changes an answer; tests choose other values to take every path.
  struct Tuning {
    std::size_t few_max = 2048;
    std::size_t hopeful_steps = 8192;
  };

  ListIndex();
  explicit ListIndex(Tuning tuning);
  ListIndex(ListIndex&&) noexcept;
  ListIndex& operator=(ListIndex&&) noexcept;
  ~ListIndex();

  // Puts the ticket into the views of its status, or updates it there. A merged or deleted
  // ticket is in the view of that name only.
  void put(const TicketRow& row);
  void erase(TicketId id);  // does nothing if it is in no view

  // An agent, team, contact or organisation has this name from now on; its tickets move in
  // the lists that are sorted by it. Empty = it has none. May come before or after its tickets.
  void name(StreamId entry, std::string_view display_name);

  // From now on these are the priorities, the lowest first, and their tickets move in the lists that
  // are sorted by it. A priority that is not among them keeps the rank that it had last, one that
  // never was among any the rank that each ticket gives it. May come before or after the tickets.
  void rank(const PrioritiesDefined& defined);

  // One page. The caller has checked that 1 <= limit <= list_limit_max, that at most
  // list_sort_keys_max sort keys are given, and that a mine view has `me`.
  //
  // Order, ascending; of equal tickets the lower id comes first, in both directions:
  //   number, title        as projections/lists/collation.h says
  //   status, priority     by category or rank, then by key, byte by byte
  //   opened_at, updated_at, closed_at, due_at, estimated_resolution_at
  //   assignee, team, contact, organisation   by the name's collation key, then by id; without
  //                        a name, the id's decimal digits are the name
  //   category             node by node by their collation keys, then byte by byte
  //   origin               by its collation key, then byte by byte
  // What is absent (closed_at: never closed) comes last ascending, first descending. The
  // filter value "" of request_type, group and origin and the empty path of category mean the
  // tickets without one, as an absent assignee, creator, team, contact or organisation does. A path of category holds
  // all below it.
  //
  // Pages over lists that do not change give each ticket exactly once. While they change, a
  // page goes on behind the place where the last one ended: a ticket comes twice or is missed
  // only if its own sort values (names and ranks included) changed meanwhile.
  Result<ListIds, BadCursor> query(const ListQuery& query) const;

  // How many tickets all pages of the query hold. Sort, limit and cursor do not count, here
  // and below.
  std::uint64_t count(const ListQuery& query) const;

  // The query's count in each view, whatever its own view.
  ListCounts counts(ListQuery query) const;

  // By the values of each column, how many tickets the query would find without that column's
  // own filter; its view, reader and other filters hold. One facet a column, in their order.
  // Costs milliseconds where a million tickets must be looked at.
  std::vector<Facet> facets(const ListQuery& query, std::span<const FacetColumn> columns) const;

  std::size_t size() const;          // all tickets
  std::size_t memory_bytes() const;  // a good estimate; takes milliseconds at a million tickets

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace greffe
