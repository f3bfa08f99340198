// Rows, names and queries of ticket lists at random.
#pragma once

#include <algorithm>
#include <random>

#include "events/settings_values.h"
#include "projections/lists/query.h"
#include "tests/projections_lists_rows.h"

namespace greffe {

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
    row.classification.category = path();
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
    more_of(row);
    return row;
  }

  StreamId entry() { return {static_cast<StreamKind>(2 + below(4)), below(12) + 1}; }
  std::string name() {
    static const std::vector<std::string> names{"Zoé", "zoe", "Émile Durand", "emile  durand", "Éloïse", "", "12"};
    return names[below(names.size())];
  }

  // Some of the priorities, in any order.
  PrioritiesDefined priorities() {
    PrioritiesDefined defined;
    for (const auto* key : {"p0", "p1", "p2", "p3"}) {
      if (one_in(2)) defined.priorities.push_back({key, {}, {}});
    }
    std::shuffle(defined.priorities.begin(), defined.priorities.end(), random_);
    return defined;
  }

  ListQuery query() {
    ListQuery query;
    query.view = static_cast<ListView>(below(names_of(ListView{}).size()));
    query.me = AgentId{below(5) + 1};
    query.mine = {!one_in(3), !one_in(3), !one_in(3)};
    for (auto teams = below(4); teams > 0; --teams) query.my_teams.push_back({below(5) + 1});
    if (one_in(4)) query.reader = reader();
    for (auto keys = below(list_sort_keys_max + 1); keys > 0; --keys) {
      query.sort.push_back({static_cast<SortColumn>(below(names_of(SortColumn{}).size())), one_in(2)});
    }
    if (one_in(3)) return query;
    auto& f = query.filters;
    const auto some = [&](auto& list, auto&& make) {
      if (one_in(5)) list.push_back(make());
      if (!list.empty() && one_in(2)) list.push_back(make());
    };
    some(f.status, [&] { return "s" + std::to_string(below(4)); });
    some(f.priority, [&] { return "p" + std::to_string(below(4)); });
    some(f.assignee, [&] { return perhaps(AgentId{below(5) + 1}); });
    some(f.team, [&] { return perhaps(TeamId{below(5) + 1}); });
    some(f.contact, [&] { return perhaps(ContactId{below(13) + 1}); });
    some(f.organisation, [&] { return perhaps(OrganisationId{below(7) + 1}); });
    some(f.kind, [&] { return static_cast<TicketKind>(below(2)); });
    some(f.channel, [&] { return static_cast<Channel>(below(5)); });
    some(f.category, [&] { return path(); });
    some(f.request_type, [&] { return node(); });
    some(f.group, [&] { return node(); });
    for (auto* bound : {&f.opened_from, &f.opened_before, &f.updated_from, &f.updated_before, &f.closed_from,
                        &f.closed_before, &f.due_from, &f.due_before}) {
      if (one_in(10)) *bound = instant();
    }
    if (one_in(3)) more_filters(f);
    return query;
  }

  std::vector<FacetColumn> facet_columns() {
    std::vector<FacetColumn> columns;
    for (std::size_t i = 0; i < names_of(FacetColumn{}).size(); ++i) {
      if (!one_in(4)) columns.push_back(static_cast<FacetColumn>(i));
    }
    std::shuffle(columns.begin(), columns.end(), random_);
    return columns;
  }

  PortalReader reader() {
    PortalReader reader;
    if (!one_in(3)) reader.contact = ContactId{below(13) + 1};
    if (!one_in(3)) reader.organisation = OrganisationId{below(7) + 1};
    return reader;
  }

 private:
  std::string node() {
    static const std::vector<std::string> nodes{"Réseau", "reseau", "Matériel", "", "matériel réseau"};
    return nodes[below(nodes.size())];
  }
  CategoryPath path() {
    CategoryPath nodes;
    for (auto depth = below(4); depth > 0; --depth) nodes.push_back(node());
    return nodes;
  }
  template <class T>
  std::optional<T> perhaps(T value) {
    return one_in(4) ? std::nullopt : std::optional(value);
  }
  Instant instant() { return Instant(std::chrono::seconds(below(24))); }
  std::string context_type() { return "context" + std::to_string(below(4)); }
  TicketId ticket() { return {below(6) + 1}; }

  void more_of(TicketRow& row) {
    row.origin = node();
    RowExtras extras;
    for (auto agents = one_in(2) ? below(4) : 0; agents > 0; --agents) extras.copies.push_back({below(5) + 1});
    for (auto types = one_in(2) ? below(3) : 0; types > 0; --types) extras.context_types.push_back(context_type());
    if (one_in(2)) extras.due_at = instant();
    if (one_in(2)) extras.estimated_resolution_at = instant();
    if (one_in(3)) extras.parent = ticket();
    if (row.status.category == Category::merged) extras.merged_into = ticket();
    extras.needs_look = one_in(4);
    set_extras(row, extras);
  }

  void more_filters(ListFilters& f) {
    const auto some = [&](auto& list, auto&& make) {
      if (one_in(4)) list.push_back(make());
      if (!list.empty() && one_in(2)) list.push_back(make());
    };
    some(f.copy, [&] { return AgentId{below(6) + 1}; });
    some(f.creator, [&] { return perhaps(AgentId{below(5) + 1}); });
    some(f.origin, [&] { return node(); });
    some(f.context_type, [&] { return context_type(); });
    if (one_in(8)) some(f.parent, [&] { return ticket(); });
    if (one_in(8)) some(f.merged_into, [&] { return ticket(); });
    if (one_in(5)) f.has_parent = one_in(2);
    if (one_in(5)) f.needs_look = one_in(2);
  }

  std::mt19937_64 random_;
};

}  // namespace greffe
