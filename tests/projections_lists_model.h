// The ticket lists written the plain way: a vector, a filter, a stable sort. What the real
// index must equal, and rows at random to compare them with.
#pragma once

#include <algorithm>
#include <map>
#include <random>

#include "projections/lists/collation.h"
#include "projections/lists/list_index.h"

namespace greffe {

class ListModel {
 public:
  void put(const TicketRow& row) { rows_.insert_or_assign(row.id, row); }
  void erase(TicketId id) { rows_.erase(id); }
  void name(StreamId entry, std::string_view text) { names_.insert_or_assign(entry, std::string(text)); }
  const std::map<TicketId, TicketRow>& rows() const { return rows_; }

  // All pages at once: limit and cursor do not count.
  std::vector<TicketId> query(const ListQuery& query) const {
    std::vector<const TicketRow*> found;
    for (const auto& [id, row] : rows_) {
      if (in_view(row, query) && passes(row, query.filters)) found.push_back(&row);
    }
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

  static bool in_view(const TicketRow& row, const ListQuery& query) {
    const bool open = is_open(row.status.category), closed = row.status.category == Category::closed;
    const bool mine = query.me && (row.assignee == query.me ||
                                   (row.creator.kind == ActorKind::agent && row.creator.id == query.me->value));
    switch (query.view) {
      case ListView::open: return open;
      case ListView::closed: return closed;
      case ListView::mine_open: return open && mine;
      case ListView::mine_closed: return closed && mine;
      case ListView::unassigned: return open && !row.assignee;
    }
    return false;
  }

 private:
  template <class T, class U>
  static bool any(const std::vector<T>& wanted, const U& value) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
  }

  static bool passes(const TicketRow& row, const ListFilters& f) {
    const auto& path = row.classification.category;
    const auto within = [](Instant t, const auto& from, const auto& before) {
      return (!from || t >= *from) && (!before || t < *before);
    };
    return any(f.status, row.status.key) && any(f.priority, row.priority.key) && any_id(f.assignee, row.assignee) &&
           any_id(f.team, row.team) && any_id(f.contact, row.party.contact) &&
           any_id(f.organisation, row.party.organisation) && any(f.kind, row.kind) && any(f.channel, row.channel) &&
           any(f.category, path.empty() ? std::string() : path.front()) &&
           any(f.request_type, row.classification.request_type) && any(f.group, row.classification.group) &&
           within(row.opened_at, f.opened_from, f.opened_before) &&
           within(row.updated_at, f.updated_from, f.updated_before);
  }
  template <class Tag>
  static bool any_id(const std::vector<Id<Tag>>& wanted, const std::optional<Id<Tag>>& value) {
    return wanted.empty() || (value && any(wanted, *value));
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

  int compare(const TicketRow& a, const TicketRow& b, SortColumn column) const {
    const auto pair = [](const auto& x, const auto& y, const auto& kx, const auto& ky) {
      return x != y ? three_way(x, y) : three_way(kx, ky);
    };
    switch (column) {
      case SortColumn::number: return texts(a.number, b.number);
      case SortColumn::title: return texts(a.title.text, b.title.text);
      case SortColumn::status: return pair(a.status.category, b.status.category, a.status.key, b.status.key);
      case SortColumn::priority: return pair(a.priority.rank, b.priority.rank, a.priority.key, b.priority.key);
      case SortColumn::opened_at: return three_way(a.opened_at, b.opened_at);
      case SortColumn::updated_at: return three_way(a.updated_at, b.updated_at);
      case SortColumn::closed_at:
        return absent_last(a.last_closed_at, b.last_closed_at, [](Instant x, Instant y) { return three_way(x, y); });
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
};

// Rows and queries at random, from a few values each so that equal ones are common.
class ListChance {
 public:
  explicit ListChance(std::uint64_t seed) : random_(seed) {}

  std::uint64_t below(std::uint64_t end) { return random_() % end; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }

  TicketRow row(std::uint64_t ids) {
    static const std::vector<std::string> titles{"Écran",
                                                 "ecran",
                                                 "écran 2",
                                                 "écran 10",
                                                 "Imprimante",
                                                 "",
                                                 "imprimante du deuxième étage, côté rue",
                                                 "L'été",
                                                 "imprimante du deuxième étage, côté cour"};
    TicketRow row;
    row.id = {below(ids) + 1};
    row.number = "2016-" + std::to_string(below(40));
    row.title.text = titles[below(titles.size())] + (one_in(2) ? "" : " " + std::to_string(below(30)));
    row.kind = static_cast<TicketKind>(below(2));
    row.channel = static_cast<Channel>(below(5));
    const auto category = one_in(2) ? Category::open : static_cast<Category>(below(7));
    row.status = {"s" + std::to_string(below(3)), category};
    row.priority = {"p" + std::to_string(below(3)), static_cast<std::uint32_t>(below(4))};
    for (auto depth = below(3); depth > 0; --depth) row.classification.category.push_back(node());
    row.classification.request_type = node();
    row.classification.group = node();
    if (!one_in(3)) row.party.contact = ContactId{below(12) + 1};
    if (!one_in(3)) row.party.organisation = OrganisationId{below(6) + 1};
    if (!one_in(3)) row.team = TeamId{below(4) + 1};
    if (!one_in(3)) row.assignee = AgentId{below(4) + 1};
    row.creator = {static_cast<ActorKind>(below(5)), below(4) + 1};
    row.opened_at = instant();
    row.updated_at = instant();
    if (one_in(2)) row.last_closed_at = instant();
    return row;
  }

  StreamId entry() { return {static_cast<StreamKind>(2 + below(4)), below(12) + 1}; }
  std::string name() {
    static const std::vector<std::string> names{"Zoé", "zoe", "Émile Durand", "emile  durand", "Éloïse", "", "12"};
    return names[below(names.size())];
  }

  ListQuery query() {
    ListQuery query;
    query.view = static_cast<ListView>(below(5));
    query.me = AgentId{below(5) + 1};
    for (auto keys = below(list_sort_keys_max + 1); keys > 0; --keys) {
      query.sort.push_back({static_cast<SortColumn>(below(12)), one_in(2)});
    }
    if (one_in(3)) return query;
    auto& f = query.filters;
    const auto some = [&](auto& list, auto&& make) {
      if (one_in(5)) list.push_back(make());
      if (!list.empty() && one_in(2)) list.push_back(make());
    };
    some(f.status, [&] { return "s" + std::to_string(below(4)); });
    some(f.priority, [&] { return "p" + std::to_string(below(4)); });
    some(f.assignee, [&] { return AgentId{below(5) + 1}; });
    some(f.team, [&] { return TeamId{below(5) + 1}; });
    some(f.contact, [&] { return ContactId{below(13) + 1}; });
    some(f.organisation, [&] { return OrganisationId{below(7) + 1}; });
    some(f.kind, [&] { return static_cast<TicketKind>(below(2)); });
    some(f.channel, [&] { return static_cast<Channel>(below(5)); });
    some(f.category, [&] { return node(); });
    some(f.request_type, [&] { return node(); });
    some(f.group, [&] { return node(); });
    for (auto* bound : {&f.opened_from, &f.opened_before, &f.updated_from, &f.updated_before}) {
      if (one_in(6)) *bound = instant();
    }
    return query;
  }

 private:
  std::string node() {
    static const std::vector<std::string> nodes{"Réseau", "reseau", "Matériel", "", "matériel réseau"};
    return nodes[below(nodes.size())];
  }
  Instant instant() { return Instant(std::chrono::seconds(below(24))); }

  std::mt19937_64 random_;
};

}  // namespace greffe
