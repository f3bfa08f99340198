// The ticket lists written the plain way: a vector, a filter, a stable sort. What the real
// index must equal.
#pragma once

#include <algorithm>
#include <map>
#include <set>

#include "projections/lists/collation.h"
#include "projections/lists/list_index.h"
#include "tests/projections_lists_rows.h"

namespace greffe {

class ListModel {
 public:
  void put(const TicketRow& row) { rows_.insert_or_assign(row.id, row); }
  void erase(TicketId id) { rows_.erase(id); }
  void name(StreamId entry, std::string_view text) { names_.insert_or_assign(entry, std::string(text)); }
  void rank(const PrioritiesDefined& defined) {
    std::uint32_t rank = 0;
    for (const auto& priority : defined.priorities) ranks_[priority.key] = rank++;
  }
  const std::map<TicketId, TicketRow>& rows() const { return rows_; }

  // All pages at once: limit and cursor do not count.
  std::vector<TicketId> query(const ListQuery& query) const {
    std::vector<const TicketRow*> found;
    for (const auto id : query_ids(query)) found.push_back(&rows_.at(id));
    auto sort = query.sort;
    if (sort.empty()) sort = {{SortColumn::opened_at, true}};
    // By id already, since the map is; stable keeps that for ties.
    std::stable_sort(found.begin(), found.end(), [&](const TicketRow* a, const TicketRow* b) {
      for (const auto& key : sort) {
        const int c = compare(*a, *b, key.column);
        if (c != 0) return key.descending ? c > 0 : c < 0;
      }
      return false;
    });
    std::vector<TicketId> ids;
    for (const auto* row : found) ids.push_back(row->id);
    return ids;
  }

  std::uint64_t count(const ListQuery& query) const { return query_ids(query).size(); }

  ListCounts counts(ListQuery query) const {
    const auto of = [&](ListView view) {
      query.view = view;
      return is_mine(view) && !query.me ? 0 : count(query);
    };
    return {.open = of(ListView::open),
            .closed = of(ListView::closed),
            .all = of(ListView::all),
            .unassigned = of(ListView::unassigned),
            .mine_open = of(ListView::mine_open),
            .mine_closed = of(ListView::mine_closed),
            .team_open = of(ListView::team_open),
            .merged = of(ListView::merged),
            .deleted = of(ListView::deleted)};
  }

  Facet facet(ListQuery query, FacetColumn column) const {
    forget_filter(query.filters, column);
    std::map<std::string, std::uint64_t> counts;
    Facet facet;
    facet.column = column;
    for (const auto id : query_ids(query)) {
      const auto values = values_of(rows_.at(id), column);
      if (values.empty()) ++facet.absent;
      for (const auto& value : values) ++counts[value];
    }
    facet.distinct = counts.size();
    for (const auto& [value, count] : counts) facet.values.push_back({value, count});
    const bool ids = column == FacetColumn::assignee || column == FacetColumn::team || column == FacetColumn::contact ||
                     column == FacetColumn::organisation || column == FacetColumn::creator ||
                     column == FacetColumn::copy;
    const bool listed = column == FacetColumn::kind || column == FacetColumn::channel ||
                        column == FacetColumn::has_parent || column == FacetColumn::needs_look;
    const auto place = [&](const std::string& value) {
      if (ids) return std::stoull(value);
      if (column == FacetColumn::kind) return static_cast<unsigned long long>(*named<TicketKind>(value));
      if (column == FacetColumn::channel) return static_cast<unsigned long long>(*named<Channel>(value));
      return value == "true" ? 1ULL : 0ULL;
    };
    std::stable_sort(facet.values.begin(), facet.values.end(), [&](const FacetValue& a, const FacetValue& b) {
      if (a.count != b.count) return a.count > b.count;
      return ids || listed ? place(a.value) < place(b.value) : a.value < b.value;
    });
    if (facet.values.size() > facet_values_max) facet.values.resize(facet_values_max);
    return facet;
  }

  static bool in_view(const TicketRow& row, const ListQuery& query) {
    const bool open = is_open(row.status.category), closed = row.status.category == Category::closed;
    const auto copies = extras_of(row).copies;
    const bool mine =
        query.me && ((query.mine.assignee && row.assignee == query.me) ||
                     (query.mine.copy && std::find(copies.begin(), copies.end(), *query.me) != copies.end()) ||
                     (query.mine.creator && created_by(row) == query.me));
    const bool my_team =
        row.team && std::find(query.my_teams.begin(), query.my_teams.end(), *row.team) != query.my_teams.end();
    switch (query.view) {
      case ListView::open: return open;
      case ListView::closed: return closed;
      case ListView::mine_open: return open && mine;
      case ListView::mine_closed: return closed && mine;
      case ListView::unassigned: return open && !row.assignee;
      case ListView::all: return open || closed;
      case ListView::team_open: return open && my_team;
      case ListView::merged: return row.status.category == Category::merged;
      case ListView::deleted: return row.status.category == Category::deleted;
    }
    return false;
  }

 private:
  template <class T, class U>
  static bool any(const std::vector<T>& wanted, const U& value) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
  }

  std::vector<TicketId> query_ids(const ListQuery& query) const {
    std::vector<TicketId> ids;
    for (const auto& [id, row] : rows_) {
      if (in_view(row, query) && may_read(row, query.reader) && passes(row, query.filters)) ids.push_back(id);
    }
    return ids;
  }

  static std::optional<AgentId> created_by(const TicketRow& row) {
    return row.creator.kind == ActorKind::agent ? std::optional(AgentId{row.creator.id}) : std::nullopt;
  }

  static bool may_read(const TicketRow& row, const std::optional<PortalReader>& reader) {
    if (!reader) return true;
    if (row.kind == TicketKind::internal) return false;
    return (reader->contact && row.party.contact == reader->contact) ||
           (reader->organisation && row.party.organisation == reader->organisation);
  }

  static void forget_filter(ListFilters& f, FacetColumn column) {
    switch (column) {
      case FacetColumn::status: return f.status.clear();
      case FacetColumn::priority: return f.priority.clear();
      case FacetColumn::assignee: return f.assignee.clear();
      case FacetColumn::team: return f.team.clear();
      case FacetColumn::contact: return f.contact.clear();
      case FacetColumn::organisation: return f.organisation.clear();
      case FacetColumn::category: return f.category.clear();
      case FacetColumn::request_type: return f.request_type.clear();
      case FacetColumn::group: return f.group.clear();
      case FacetColumn::kind: return f.kind.clear();
      case FacetColumn::channel: return f.channel.clear();
      case FacetColumn::origin: return f.origin.clear();
      case FacetColumn::creator: return f.creator.clear();
      case FacetColumn::copy: return f.copy.clear();
      case FacetColumn::context_type: return f.context_type.clear();
      case FacetColumn::has_parent: return f.has_parent.reset();
      case FacetColumn::needs_look: return f.needs_look.reset();
    }
  }

  template <class Tag>
  static std::set<std::string> one(const std::optional<Id<Tag>>& id) {
    return id ? std::set{std::to_string(id->value)} : std::set<std::string>();
  }
  static std::set<std::string> one(std::string_view text) {
    return text.empty() ? std::set<std::string>() : std::set{std::string(text)};
  }
  static std::set<std::string> values_of(const TicketRow& row, FacetColumn column) {
    const auto& path = row.classification.category;
    switch (column) {
      case FacetColumn::status: return one(row.status.key);
      case FacetColumn::priority: return one(row.priority.key);
      case FacetColumn::assignee: return one(row.assignee);
      case FacetColumn::team: return one(row.team);
      case FacetColumn::contact: return one(row.party.contact);
      case FacetColumn::organisation: return one(row.party.organisation);
      case FacetColumn::category: return one(path.empty() ? "" : path.front());
      case FacetColumn::request_type: return one(row.classification.request_type);
      case FacetColumn::group: return one(row.classification.group);
      case FacetColumn::kind: return one(name_of(row.kind));
      case FacetColumn::channel: return one(name_of(row.channel));
      case FacetColumn::origin: return one(row.origin);
      case FacetColumn::creator: return one(created_by(row));
      case FacetColumn::has_parent: return one(extras_of(row).parent ? "true" : "false");
      case FacetColumn::needs_look: return one(extras_of(row).needs_look ? "true" : "false");
      case FacetColumn::copy: {
        std::set<std::string> agents;
        const auto copies = extras_of(row).copies;
        for (const auto agent : copies) agents.insert(std::to_string(agent.value));
        return agents;
      }
      case FacetColumn::context_type: {
        const auto types = extras_of(row).context_types;
        return {types.begin(), types.end()};
      }
    }
    return {};
  }

  static bool passes(const TicketRow& row, const ListFilters& f) {
    const auto extras = extras_of(row);
    const CategoryPath& path = row.classification.category;
    const auto within = [](std::optional<Instant> t, const auto& from, const auto& before) {
      return (!from && !before) || (t && (!from || *t >= *from) && (!before || *t < *before));
    };
    const auto is = [](std::optional<bool> wanted, bool value) { return !wanted || *wanted == value; };
    return any(f.status, row.status.key) && any(f.priority, row.priority.key) && any_id(f.assignee, row.assignee) &&
           any_id(f.team, row.team) && any_id(f.contact, row.party.contact) &&
           any_id(f.organisation, row.party.organisation) && any(f.kind, row.kind) && any(f.channel, row.channel) &&
           in_category(path, f.category) && any(f.request_type, row.classification.request_type) &&
           any(f.group, row.classification.group) && within(row.opened_at, f.opened_from, f.opened_before) &&
           within(row.updated_at, f.updated_from, f.updated_before) &&
           within(row.last_closed_at, f.closed_from, f.closed_before) &&
           within(extras.due_at, f.due_from, f.due_before) && any_id(f.creator, created_by(row)) &&
           any_of(f.copy, extras.copies) && any_of(f.context_type, extras.context_types) && any(f.origin, row.origin) &&
           any_id(f.parent, extras.parent) && any_id(f.merged_into, extras.merged_into) &&
           is(f.has_parent, extras.parent.has_value()) && is(f.needs_look, extras.needs_look);
  }
  // A path of one node is the first node; none, or an empty one, is a ticket without.
  static bool in_category(const CategoryPath& path, const std::vector<CategoryPath>& wanted) {
    const auto root = [](const CategoryPath& p) { return p.empty() ? std::string() : p.front(); };
    const auto holds = [&](const CategoryPath& above) {
      if (above.size() < 2) return root(path) == root(above);
      return above.size() <= path.size() && std::equal(above.begin(), above.end(), path.begin());
    };
    return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), holds);
  }
  template <class T>
  static bool any_of(const std::vector<T>& wanted, const std::vector<T>& values) {
    return wanted.empty() || std::any_of(values.begin(), values.end(), [&](const T& v) { return any(wanted, v); });
  }
  template <class Tag>
  static bool any_id(const std::vector<Id<Tag>>& wanted, const std::optional<Id<Tag>>& value) {
    return wanted.empty() || (value && any(wanted, *value));
  }

  template <class Tag>
  static bool any_id(const std::vector<std::optional<Id<Tag>>>& wanted, const std::optional<Id<Tag>>& value) {
    return any(wanted, value);
  }

  template <class T>
  static int three_way(const T& a, const T& b) {
    return a < b ? -1 : b < a ? 1 : 0;
  }
  static int texts(std::string_view a, std::string_view b) { return three_way(collate(a).view(), collate(b).view()); }

  // What is absent comes last.
  template <class T, class F>
  static int absent_last(const T& a, const T& b, F&& compare) {
    if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
    return compare(*a, *b);
  }
  template <class Tag>
  int names(StreamKind kind, const std::optional<Id<Tag>>& a, const std::optional<Id<Tag>>& b) const {
    const auto name = [&](Id<Tag> id) {
      const auto known = names_.find({kind, id.value});
      return known == names_.end() || known->second.empty() ? std::to_string(id.value) : known->second;
    };
    return absent_last(a, b, [&](Id<Tag> x, Id<Tag> y) {
      const int c = texts(name(x), name(y));
      return c != 0 ? c : three_way(x, y);
    });
  }
  static int paths(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    if (a.empty() || b.empty()) return (a.empty() ? 1 : 0) - (b.empty() ? 1 : 0);
    const int c = three_way(collate(a).view(), collate(b).view());
    return c != 0 ? c : three_way(a, b);
  }

  std::uint32_t rank(const TicketRow& row) const {
    const auto known = ranks_.find(row.priority.key);
    return known == ranks_.end() ? row.priority.rank : known->second;
  }
  int compare(const TicketRow& a, const TicketRow& b, SortColumn column) const {
    const auto pair = [](const auto& x, const auto& y, const auto& kx, const auto& ky) {
      return x != y ? three_way(x, y) : three_way(kx, ky);
    };
    switch (column) {
      case SortColumn::number: return texts(a.number, b.number);
      case SortColumn::title: return texts(a.title.text, b.title.text);
      case SortColumn::status: return pair(a.status.category, b.status.category, a.status.key, b.status.key);
      case SortColumn::priority: return pair(rank(a), rank(b), a.priority.key, b.priority.key);
      case SortColumn::opened_at: return three_way(a.opened_at, b.opened_at);
      case SortColumn::updated_at: return three_way(a.updated_at, b.updated_at);
      case SortColumn::closed_at: return absent_last(a.last_closed_at, b.last_closed_at, three_way<Instant>);
      case SortColumn::due_at: return absent_last(extras_of(a).due_at, extras_of(b).due_at, three_way<Instant>);
      case SortColumn::estimated_resolution_at:
        return absent_last(extras_of(a).estimated_resolution_at, extras_of(b).estimated_resolution_at,
                           three_way<Instant>);
      case SortColumn::origin:
        if (a.origin.empty() || b.origin.empty()) return (a.origin.empty() ? 1 : 0) - (b.origin.empty() ? 1 : 0);
        return pair(std::string(collate(a.origin).view()), std::string(collate(b.origin).view()), a.origin, b.origin);
      case SortColumn::assignee: return names(StreamKind::agent, a.assignee, b.assignee);
      case SortColumn::team: return names(StreamKind::team, a.team, b.team);
      case SortColumn::contact: return names(StreamKind::contact, a.party.contact, b.party.contact);
      case SortColumn::organisation: return names(StreamKind::organisation, a.party.organisation, b.party.organisation);
      case SortColumn::category: return paths(a.classification.category, b.classification.category);
    }
    return 0;
  }

  std::map<TicketId, TicketRow> rows_;
  std::map<StreamId, std::string> names_;
  std::map<std::string, std::uint32_t> ranks_;
};

}  // namespace greffe
