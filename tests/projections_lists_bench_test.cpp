// The lists at a million tickets. Hidden: run `test_projections "[.bench]"` of a release build.
#include <catch2/catch.hpp>
#include <malloc.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <random>

#include "projections/lists/list_index.h"

namespace greffe {
namespace {

constexpr std::uint64_t tickets = 1'000'000, contacts = 100'000, organisations = 20'000, agents = 200, teams = 20;

// This thread's own time, so that other work on the machine does not count.
double cpu_us() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

Instant at(std::uint64_t seconds) { return Instant(std::chrono::seconds(1'456'700'000 + seconds)); }

class Generator {
 public:
  std::uint64_t below(std::uint64_t end) { return random_() % end; }
  // Few take most, as people and subjects do.
  std::uint64_t skewed(std::uint64_t end) { return below(below(end) + 1); }

  TicketRow row(std::uint64_t i, bool open) {
    static const std::vector<std::string> words{"imprimante", "réseau",       "accès",    "facture",
                                                "écran",      "mot de passe", "commande", "serveur",
                                                "session",    "licence",      "rapport",  "téléphone"};
    TicketRow row;
    row.id = {i * 12 + 1};
    row.number = "2016" + std::to_string(1000 + i / 4000) + "-" + std::to_string(i % 4000);
    row.title.text = "Problème " + words[skewed(words.size())] + " " + words[below(words.size())];
    if (below(10) < 7) row.title.text += " " + words[below(words.size())] + " n° " + std::to_string(below(100'000));
    row.kind = below(5) == 0 ? TicketKind::internal : TicketKind::external;
    row.channel = static_cast<Channel>(skewed(5));
    const auto category = open ? static_cast<Category>(below(4)) : Category::closed;
    row.status = {std::string(name_of(category)) + std::to_string(below(2)), category};
    const auto rank = static_cast<std::uint32_t>(below(4));
    row.priority = {"p" + std::to_string(rank), rank};
    row.classification.category = {"root" + std::to_string(below(8)), "leaf" + std::to_string(below(10))};
    row.classification.request_type = "type" + std::to_string(below(12));
    row.classification.group = "group" + std::to_string(below(6));
    if (below(10) != 0) row.party.contact = ContactId{skewed(contacts) + 1};
    row.party.organisation = OrganisationId{skewed(organisations) + 1};
    row.team = TeamId{skewed(teams) + 1};
    if (below(8) != 0) row.assignee = AgentId{skewed(agents) + 1};
    row.creator = {ActorKind::agent, skewed(agents) + 1};
    row.opened_at = at(i * 60);
    row.updated_at = at(i * 60 + below(5'000'000));
    if (!open) row.first_closed_at = row.last_closed_at = row.updated_at;
    return row;
  }

 private:
  std::mt19937_64 random_{20160229};
};

void name_everyone(ListIndex& index, Generator& random) {
  const auto name = [&](StreamKind kind, std::uint64_t count) {
    for (std::uint64_t id = 1; id <= count; ++id) {
      std::string text = "Nom ";
      for (int i = 0; i < 8; ++i) text += static_cast<char>('a' + random.below(26));
      index.name({kind, id}, text);
    }
  };
  name(StreamKind::contact, contacts);
  name(StreamKind::organisation, organisations);
  name(StreamKind::agent, agents);
  name(StreamKind::team, teams);
}

struct Case {
  const char* name;
  ListQuery query;
};

ListQuery sorted(std::vector<SortKey> sort, ListView view = ListView::open) {
  ListQuery query;
  query.view = view;
  query.sort = std::move(sort);
  query.me = AgentId{7};
  return query;
}

std::vector<Case> cases() {
  using enum SortColumn;
  auto team_status = sorted({{updated_at, true}});
  team_status.filters.team = {TeamId{3}};
  team_status.filters.status = {"pending0"};
  auto rare = sorted({{title, false}});
  rare.filters.team = {TeamId{20}};
  rare.filters.request_type = {"type3"};
  rare.filters.category = {"root2"};
  auto half_updated = sorted({{opened_at, true}});
  half_updated.filters.updated_before = at(tickets * 30);
  auto day = sorted({{title, false}});
  day.filters.opened_from = at(tickets * 30);
  day.filters.opened_before = at(tickets * 30 + 86'400);
  auto month = sorted({{priority, true}, {title, false}});
  month.filters.opened_from = at(tickets * 30);
  month.filters.opened_before = at(tickets * 30 + 30 * 86'400);
  auto many_filters = sorted({{assignee, false}, {closed_at, true}}, ListView::closed);
  many_filters.filters.team = {TeamId{1}, TeamId{2}};
  many_filters.filters.channel = {Channel::email, Channel::portal};
  many_filters.filters.organisation = {OrganisationId{1}, OrganisationId{2}, OrganisationId{3}};
  return {{"open -opened_at", sorted({{opened_at, true}})},
          {"open -priority,opened_at", sorted({{priority, true}, {opened_at, false}})},
          {"open title", sorted({{title, false}})},
          {"open -title", sorted({{title, true}})},
          {"open contact", sorted({{contact, false}})},
          {"open status,-priority,title", sorted({{status, false}, {priority, true}, {title, false}})},
          {"open -closed_at,number", sorted({{closed_at, true}, {number, false}})},
          {"open category,-updated_at", sorted({{category, false}, {updated_at, true}})},
          {"open team+status -updated_at", team_status},
          {"open rare team+type+root title", rare},
          {"open updated_before half -opened_at", half_updated},
          {"open one day, title", day},
          {"open one month, -priority,title", month},
          {"unassigned", sorted({}, ListView::unassigned)},
          {"unassigned contact", sorted({{contact, false}}, ListView::unassigned)},
          {"mine-open", sorted({}, ListView::mine_open)},
          {"mine-open title", sorted({{title, false}}, ListView::mine_open)},
          {"closed -closed_at", sorted({{closed_at, true}}, ListView::closed)},
          {"closed 3 filters assignee,-closed_at", many_filters}};
}

void measure(const ListIndex& index, const Case& c) {
  auto query = c.query;
  const auto time_page = [&](double& p50, double& p99) {
    std::vector<double> us;
    for (int i = 0; i < 200; ++i) {
      const auto start = cpu_us();
      const auto page = index.query(query);
      us.push_back(cpu_us() - start);
      REQUIRE(page);
    }
    std::sort(us.begin(), us.end());
    p50 = us[us.size() / 2];
    p99 = us[us.size() * 99 / 100];
  };
  double first_p50 = 0, first_p99 = 0, late_p50 = 0, late_p99 = 0;
  time_page(first_p50, first_p99);
  int pages = 1;
  for (; pages < 100; ++pages) {
    const auto page = index.query(query);
    if (page->next_cursor.empty()) break;
    query.cursor = page->next_cursor;
  }
  time_page(late_p50, late_p99);
  std::printf("%-40s page 1: %8.1f %8.1f   page %3d: %8.1f %8.1f\n", c.name, first_p50, first_p99, pages, late_p50,
              late_p99);
}

void run(std::uint64_t open_per_mille) {
  const auto heap_before = mallinfo2().uordblks;
  Generator random;
  ListIndex index;
  name_everyone(index, random);
  const auto put_all = [&](std::uint64_t count, auto&& next_row) {
    double us = 0;
    std::vector<TicketRow> rows(1000);
    for (std::uint64_t i = 0; i < count; i += rows.size()) {
      for (std::uint64_t j = 0; j < rows.size(); ++j) rows[j] = next_row(i + j);
      const auto start = cpu_us();
      for (const auto& row : rows) index.put(row);
      us += cpu_us() - start;
    }
    return us / static_cast<double>(count);
  };
  const auto is_open_row = [&] { return random.below(1000) < open_per_mille; };
  const auto put_us = put_all(tickets, [&](std::uint64_t i) { return random.row(i, is_open_row()); });
  const auto bytes = mallinfo2().uordblks - heap_before;
  std::printf("\n%lu of 1000 tickets open; put %.2f us; memory %zu (own figure %zu) bytes a ticket\n", open_per_mille,
              put_us, bytes / tickets, index.memory_bytes() / tickets);
  std::printf("microseconds of CPU time, p50 p99, 50 tickets a page\n");
  for (const auto& c : cases()) measure(index, c);
  const auto anew_us =
      put_all(100'000, [&](std::uint64_t) { return random.row(random.below(tickets), is_open_row()); });
  std::printf("put that changes everything: %.2f us\n", anew_us);
  // What most events do: a message, a status.
  auto busy = random.row(tickets - 1, true);
  const auto touch_us = put_all(100'000, [&](std::uint64_t i) {
    busy.updated_at = at(tickets * 60 + 10'000'000 + i);
    return busy;
  });
  std::printf("put that changes updated_at: %.2f us\n", touch_us);
}

}  // namespace

TEST_CASE("measure the lists at a million tickets", "[.bench]") {
  for (const std::uint64_t open_per_mille : {10U, 500U, 1000U}) run(open_per_mille);
}

}  // namespace greffe
