// Random histories: whatever the batches, views, rebuild, replay and plain folds agree.
#include <rapidcheck.h>

#include <random>
#include <sstream>

#include "projections/as_of.h"
#include "projections/replay.h"
#include "tests/projections_views.h"

namespace greffe {
namespace {

using namespace projections_test;

// Everything about a history comes from one number, so that a case costs RapidCheck little.
Author::Draw drawn() {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  return [random = std::make_shared<std::mt19937_64>(seed)](std::uint64_t below) { return (*random)() % below; };
}

// rc::check with fewer cases: each opens stores, whose syncs take their time.
template <class Property>
bool check_some(Property&& property) {
  auto params = rc::detail::configuration().testParams;
  params.maxSuccess = std::min(params.maxSuccess, 15);
  const auto result = rc::detail::checkTestable(std::forward<Property>(property), rc::detail::TestMetadata{}, params);
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  INFO(text.str());
  const bool passed = result.template is<rc::detail::SuccessResult>();
  CHECK(passed);
  return passed;
}

// What the views hold, folded without them.
struct Model {
  std::map<TicketId, TicketRow> tickets;
  std::map<TicketId, SlaRow> sla;
  std::map<TicketId, std::vector<const Record*>> timelines;
  std::map<AgentId, AgentWork> agents;
  std::map<Position, WorkSession> sessions;
  SlaTargetsDefined targets;

  explicit Model(const History& history) {
    for (const Record& record : history.records()) add(record);
  }
  void add(const Record& record) {
    if (const auto* settings = std::get_if<SettingsEvent>(&record.event)) {
      if (const auto* defined = std::get_if<SlaTargetsDefined>(settings)) targets = *defined;
    }
    const auto* event = std::get_if<TicketEvent>(&record.event);
    if (event == nullptr) return;
    const TicketId id{record.envelope.stream_id};
    fold_ticket(tickets[id], record.envelope, *event);
    fold_sla(sla[id], record.envelope, *event, targets);
    timelines[id].push_back(&record);
    if (const auto agent = signalling_agent(record.envelope, record.event)) {
      const auto session = fold_signal(agents[*agent], *agent, record.envelope);
      sessions[session.first_evidence] = session;
    }
  }
  std::vector<WorkSession> work_of(TicketId id) const {
    std::vector<WorkSession> found;
    for (const auto& [position, session] : sessions) {
      if (session.ticket == id) found.push_back(session);
    }
    return found;
  }
  template <class Id>
  std::vector<TicketId> history_of(Id id, std::optional<Id> Party::*member) const {
    std::vector<const TicketRow*> rows;
    for (const auto& [key, row] : tickets) {
      if (row.party.*member == id) rows.push_back(&row);
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const TicketRow* a, const TicketRow* b) { return a->opened_at > b->opened_at; });
    std::vector<TicketId> ids;
    for (const auto* row : rows) ids.push_back(row->id);
    return ids;
  }
};

template <class Id>
void check_history(const Model& model, const Snapshot& snapshot, Id id, std::optional<Id> Party::*member) {
  std::vector<TicketId> found;
  std::string cursor;
  do {
    const auto page = snapshot.tickets_of(id, 3, cursor);
    RC_ASSERT(page.has_value());
    for (const auto& row : page->rows) found.push_back(row.id);
    cursor = page->next_cursor;
  } while (!cursor.empty());
  RC_ASSERT(found == model.history_of(id, member));
}

void check_ticket(const Model& model, const Snapshot& snapshot, TicketId id) {
  RC_ASSERT(snapshot.ticket(id) == model.tickets.at(id));
  RC_ASSERT(snapshot.ticket(model.tickets.at(id).number)->id == id);
  RC_ASSERT(snapshot.sla(id) == model.sla.at(id));
  RC_ASSERT(snapshot.work_time(id).sessions == work_time_of(model.work_of(id)).sessions);
  auto expected = model.timelines.at(id);
  std::stable_sort(expected.begin(), expected.end(),
                   [](const Record* a, const Record* b) { return a->envelope.occurred_at < b->envelope.occurred_at; });
  const auto timeline = snapshot.timeline(id, 200, "");
  RC_ASSERT(timeline->rows.size() == std::min<std::size_t>(expected.size(), 200));
  for (std::size_t i = 0; i < timeline->rows.size(); ++i) {
    RC_ASSERT(timeline->rows[i].envelope.position == expected[i]->envelope.position);
  }
}

std::string digest_of_tickets(const ViewsDigest& digest) {
  for (const auto& [name, hex] : digest.by_view) {
    if (name == "tickets") return hex;
  }
  return {};
}

// Applies a growing history in batches of random sizes, now and then after a reopening.
std::unique_ptr<Views> grow(History& history, Author& author, const std::filesystem::path& dir) {
  const auto rounds = *rc::gen::inRange(1, 8);
  auto batch = *rc::gen::inRange<std::size_t>(1, 20);
  auto views = open_views(dir, history.log(), {batch, false});
  for (int round = 0; round < rounds; ++round) {
    author.write(*rc::gen::inRange<std::size_t>(1, 60));
    catch_up(*views);
    if (*rc::gen::inRange(0, 5) > 0) continue;
    views.reset();
    batch = *rc::gen::inRange<std::size_t>(1, 20);
    views = open_views(dir, history.log(), {batch, false});
  }
  return views;
}

}  // namespace

TEST_CASE("live views, one batch, a rebuild, a replay and plain folds agree on any history") {
  check_some([] {
    History history;
    Author author(history, drawn());
    TemporaryDirectory dir;
    const auto live = grow(history, author, dir.path());
    const auto digest = live->digest();
    RC_ASSERT(digest.position == history.tail());
    const auto rebuilt = rebuild(*live);
    RC_ASSERT(same(rebuilt.before, digest));
    RC_ASSERT(same(rebuilt.after, digest));
    const auto replayed = replay_all(history.log());
    RC_ASSERT(replayed.has_value());
    RC_ASSERT(replayed->tickets_digest == digest_of_tickets(digest));
    RC_ASSERT(live->status().parked.empty());
    const Model model(history);
    RC_ASSERT(replayed->tickets == model.tickets.size());
    for (const auto& [id, row] : model.tickets) check_ticket(model, *live->snapshot(), id);
    for (const Record& record : history.records()) {
      const auto id = record.envelope.stream_id;
      if (std::holds_alternative<ContactEvent>(record.event))
        check_history(model, *live->snapshot(), ContactId{id}, &Party::contact);
      if (std::holds_alternative<OrganisationEvent>(record.event))
        check_history(model, *live->snapshot(), OrganisationId{id}, &Party::organisation);
    }
  });
}

TEST_CASE("a ticket's past at any instant is the fold of what had happened by then") {
  CHECK(rc::check("as_of is a fold", [] {
    History history;
    Author author(history, drawn());
    author.write(*rc::gen::inRange<std::size_t>(1, 150));
    const Instant instant = nine + minutes(*rc::gen::inRange<std::uint64_t>(0, 200));
    std::map<TicketId, TicketRow> expected;
    for (const Record& record : history.records()) {
      const auto* event = std::get_if<TicketEvent>(&record.event);
      if (event == nullptr || record.envelope.occurred_at > instant) continue;
      fold_ticket(expected[TicketId{record.envelope.stream_id}], record.envelope, *event);
    }
    for (const Record& record : history.records()) {
      if (!std::holds_alternative<TicketEvent>(record.event)) continue;
      const TicketId id{record.envelope.stream_id};
      const auto row = ticket_as_of(history.log(), id, instant);
      RC_ASSERT(row.has_value() == expected.contains(id));
      if (row) RC_ASSERT(*row == expected.at(id));
    }
  }));
}

TEST_CASE("the lists of the views are a filter and a sort over the tickets' rows") {
  check_some([] {
    History history;
    Author author(history, drawn());
    TemporaryDirectory dir;
    const auto views = grow(history, author, dir.path());
    const Model model(history);
    ListQuery query;
    query.view = *rc::gen::element(ListView::open, ListView::closed, ListView::unassigned);
    if (*rc::gen::inRange(0, 2) == 1) query.filters.priority = {"normal"};
    const bool descending = *rc::gen::inRange(0, 2) == 1;
    query.sort = {{SortColumn::updated_at, descending}};
    query.limit = *rc::gen::inRange<std::size_t>(1, 10);
    std::vector<const TicketRow*> expected;
    for (const auto& [id, row] : model.tickets) {
      const bool open = is_open(row.status.category);
      if (open == (query.view == ListView::closed)) continue;
      if (query.view == ListView::unassigned && row.assignee) continue;
      if (!query.filters.priority.empty() && row.priority.key != "normal") continue;
      expected.push_back(&row);
    }
    std::stable_sort(expected.begin(), expected.end(), [&](const TicketRow* a, const TicketRow* b) {
      return descending ? a->updated_at > b->updated_at : a->updated_at < b->updated_at;
    });
    std::size_t at = 0;
    do {
      const auto list = views->list(query);
      RC_ASSERT(list.has_value());
      for (const TicketRow& row : list->page.rows) {
        RC_ASSERT(at < expected.size());
        RC_ASSERT(row == *expected[at++]);
      }
      query.cursor = list->page.next_cursor;
    } while (!query.cursor.empty());
    RC_ASSERT(at == expected.size());
  });
}

}  // namespace greffe
