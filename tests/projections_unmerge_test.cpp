// Merging writes next to nothing, and unmerging gives back what there was.
#include <rapidcheck.h>

#include <chrono>
#include <random>
#include <set>

#include "projections/view_set.h"
#include "tests/projections_views.h"

namespace greffe {
namespace {

using namespace projections_test;
using Microseconds = std::chrono::duration<double, std::micro>;

// A batch that is only counted.
class CountingBatch final : public RowBatch {
 public:
  void put(Family, std::string_view, std::string_view) override { ++puts; }
  void erase(Family, std::string_view) override { ++erases; }
  std::size_t puts = 0, erases = 0;
};

// What readers see of a ticket, but for what every event moves.
struct Seen {
  TicketRow row;
  TicketParts parts;
  std::vector<Position> timeline;
  bool operator==(const Seen& o) const { return row == o.row && parts == o.parts && timeline == o.timeline; }
};

Seen seen(const Snapshot& now, TicketId id, Position merged_from = {~std::uint64_t{0}}) {
  Seen seen{*now.ticket(id), now.parts(id), {}};
  seen.row.version = {};
  seen.row.position = {};
  seen.row.updated_at = {};
  seen.row.hosts = {};  // remembers where its messages may be
  TimelineQuery query{.limit = 200};
  do {
    const auto page = now.timeline(id, query);
    RC_ASSERT(page.has_value());
    for (const auto& entry : page->rows) {
      const auto position = entry.record.envelope.position;
      if (position < merged_from) seen.timeline.push_back(position);
    }
    query.cursor = page->next_cursor;
  } while (!query.cursor.empty());
  return seen;
}

std::vector<std::vector<TicketId>> lists(const Views& views) {
  std::vector<std::vector<TicketId>> lists;
  for (const ListView view : {ListView::open, ListView::closed, ListView::unassigned}) {
    auto& list = lists.emplace_back();
    ListQuery query;
    query.view = view;
    query.limit = 200;
    do {
      const auto page = views.list(query);
      RC_ASSERT(page.has_value());
      for (const TicketRow& row : page->page.rows) list.push_back(row.id);
      query.cursor = page->page.next_cursor;
    } while (!query.cursor.empty());
  }
  return lists;
}

bool is_above(const std::vector<AuthoredTicket>& tickets, std::size_t above, std::size_t index) {
  for (auto at = tickets[index].parent; at; at = tickets[*at].parent) {
    if (*at == above) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("after an unmerge everything is as it was before the merge, but for the two themselves") {
  CHECK(rc::check("unmerge undoes a merge", [] {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    History history;
    Author author(history, [random = std::mt19937_64(seed)](std::uint64_t below) mutable { return random() % below; });
    author.write(60);
    TemporaryDirectory dir;
    const auto views = open_views(dir.path(), history.log());
    catch_up(*views);
    const auto lists_before = lists(*views);
    const auto before = views->snapshot();
    const auto& tickets = author.tickets();
    const std::size_t count = tickets.size();
    RC_PRE(count >= 2u);
    const auto source = seed % count, target = seed / count % count;
    // A source below its target leaves its parent for good.
    RC_PRE(!is_above(tickets, target, source));
    RC_PRE(author.relations().merge(source, target));
    const Position merged_from = next(history.tail());
    author.relations().commit({});
    catch_up(*views);
    const auto between = views->snapshot();
    RC_ASSERT(between->ticket(tickets[source].id)->merged_into == tickets[target].id);
    RC_ASSERT(between->origins(tickets[target].id).size() ==
              before->origins(tickets[target].id).size() + before->origins(tickets[source].id).size());
    // Nothing that happened before is lost to the target's readers, or told them twice.
    std::set<Position> told;
    for (const std::size_t one : {source, target}) {
      const auto of_one = seen(*before, tickets[one].id).timeline;
      told.insert(of_one.begin(), of_one.end());
    }
    const auto united = seen(*between, tickets[target].id, merged_from).timeline;
    RC_ASSERT(std::set<Position>(united.begin(), united.end()) == told);
    RC_ASSERT(united.size() == told.size());
    RC_ASSERT(between->work_time(tickets[target].id).worked_ms ==
              before->work_time(tickets[target].id).worked_ms + before->work_time(tickets[source].id).worked_ms);
    author.relations().unmerge(source);
    author.relations().commit({});
    catch_up(*views);
    const auto after = views->snapshot();
    for (const AuthoredTicket& ticket : tickets) {
      RC_ASSERT(seen(*after, ticket.id, merged_from) == seen(*before, ticket.id));
    }
    RC_ASSERT(lists(*views) == lists_before);
  }));
}

TEST_CASE("a merge of two long tickets writes its own events and no more") {
  constexpr int message_count = 1000;
  History history;
  const auto source = history.open(), target = history.open();
  for (int i = 0; i < message_count; ++i) {
    history.message(source, "a message of the source");
    history.message(target, "a message of the target");
  }
  const std::size_t before = history.records().size();
  TemporaryDirectory dir;
  auto set = ViewSet::open(dir.path(), {});
  REQUIRE(set);
  const auto apply = [&](std::size_t from) {
    for (std::size_t i = from; i < history.records().size(); ++i) {
      for (View* view : (*set)->all()) view->apply(history.records()[i]);
    }
  };
  apply(0);
  const auto batch = (*set)->store()->batch();
  for (View* view : (*set)->all()) view->flush(*batch, history.tail());
  REQUIRE((*set)->store()->write(*batch));

  history.merge(source, target);
  const auto started = std::chrono::steady_clock::now();
  apply(before);
  CountingBatch counted;
  for (View* view : (*set)->all()) view->flush(counted, history.tail());
  const auto took = std::chrono::steady_clock::now() - started;
  INFO("applying the merge took " << Microseconds(took).count() << " µs");
  // Of each ticket the row, the parts, the delays, what is remembered of its questions and one place
  // in the timeline; the source's status; and the source is no longer among the open tickets that
  // reports count.
  CHECK(counted.puts == 11);
  CHECK(counted.erases == 1);
}

TEST_CASE("the first page of a long united timeline reads a page, not the tickets") {
  Scene scene;
  History& history = scene.history;
  const auto source = history.open(), target = history.open();
  for (int i = 0; i < 1000; ++i) {
    history.message(source, "a message of the source");
    history.message(target, "a message of the target");
  }
  history.merge(source, target);
  const auto now = scene.now();
  const auto started = std::chrono::steady_clock::now();
  const auto page = now->timeline(target, {.limit = 50});
  const auto took = std::chrono::steady_clock::now() - started;
  REQUIRE(page);
  REQUIRE(page->rows.size() == 50);
  for (std::size_t i = 0; i < page->rows.size(); ++i) {
    CHECK(page->rows[i].origin == (i % 2 == 0 ? source : target));
  }
  INFO("the first page of 50 took " << Microseconds(took).count() << " µs");
  CHECK(took < std::chrono::milliseconds(250));  // ten times what a debug build takes on a busy machine
}

}  // namespace greffe
