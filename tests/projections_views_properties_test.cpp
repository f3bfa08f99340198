// Random histories: whatever the batches, views, rebuild, replay and plain folds agree.
#include <rapidcheck.h>

#include <random>
#include <sstream>

#include "projections/as_of.h"
#include "projections/clocks/batch_work.h"
#include "projections/origins.h"
#include "projections/replay.h"
#include "tests/projections_delays.h"
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
  std::map<TicketId, TicketParts> parts;
  DelaysInMemory delays;
  std::map<TicketId, std::vector<const Record*>> timelines;
  std::map<std::pair<TicketId, std::uint32_t>, const Record*> messages;
  std::map<AgentId, AgentWork> agents;
  std::map<Position, WorkSession> sessions;
  SlaTargetsDefined targets;
  StatusesDefined statuses;

  explicit Model(const History& history) {
    for (const Record& record : history.records()) add(record);
  }
  void add(const Record& record) {
    if (const auto* settings = std::get_if<SettingsEvent>(&record.event)) {
      if (const auto* defined = std::get_if<SlaTargetsDefined>(settings)) targets = *defined;
      if (const auto* defined = std::get_if<StatusesDefined>(settings)) statuses = *defined;
    }
    const auto* event = std::get_if<TicketEvent>(&record.event);
    if (event == nullptr) return;
    const TicketId id{record.envelope.stream_id};
    const StatusAt before =
        std::holds_alternative<TicketOpened>(*event) ? *status_given_by(*event) : tickets[id].status;
    fold_ticket(tickets[id], record.envelope, *event);
    fold_parts(parts[id], record.envelope, *event);
    delays.fold(record.envelope, *event, targets);
    place(record, *event);
    if (const auto agent = signalling_agent(record.envelope, record.event)) {
      const auto tracking =
          tracking_in_batch(record.envelope, *event, tracking_by_status(statuses, before, tickets[id].status));
      const auto session = fold_act(agents[*agent], *agent, record.envelope, tracking);
      if (session) sessions[session->first_evidence] = *session;
    }
  }
  // Into the timeline of the ticket that it was sent to, with what came along with it.
  void place(const Record& record, const TicketEvent& event) {
    TicketId id{record.envelope.stream_id};
    std::uint32_t with = 0;
    if (const auto* posted = std::get_if<MessagePosted>(&event)) messages[{id, with = posted->message}] = &record;
    if (const auto* attached = std::get_if<DocumentAttached>(&event)) with = attached->document.message;
    if (const auto* disclosed = std::get_if<MessageDisclosed>(&event)) with = disclosed->message;
    if (with != 0) id = message(id, with).via.value_or(id);
    timelines[id].push_back(&record);
  }
  const MessagePosted& message(TicketId id, std::uint32_t number) const {
    return std::get<MessagePosted>(std::get<TicketEvent>(messages.at({id, number})->event));
  }
  std::vector<Origin> origins_of(TicketId id) const {
    return united_origins({id, tickets.at(id).number},
                          [&](TicketId one) { return std::make_shared<const TicketParts>(parts.at(one)); });
  }
  static const MessageReferenced* reference_in(const Record& record) {
    return std::get_if<MessageReferenced>(&std::get<TicketEvent>(record.event));
  }
  // Of the tickets that refer to a message that none of them shows, the oldest for each message.
  std::map<const Record*, std::uint64_t> shown_by_reference(const std::vector<const Record*>& records,
                                                            const std::vector<Origin>& origins) const {
    const auto is_shown = [&](TicketId id) {
      return std::any_of(origins.begin(), origins.end(), [&](const Origin& origin) { return origin.ticket == id; });
    };
    std::map<const Record*, std::uint64_t> oldest;
    for (const Record* record : records) {
      const auto* reference = reference_in(*record);
      if (reference == nullptr) continue;
      if (is_shown(message(reference->from, reference->message).via.value_or(reference->from))) continue;
      const auto stream = record->envelope.stream_id;
      auto& at = oldest.try_emplace(messages.at({reference->from, reference->message}), stream).first->second;
      at = std::min(at, stream);
    }
    return oldest;
  }
  // As readers see it: the message, once, in place of the event that refers to it.
  std::vector<Position> timeline_of(TicketId id) const {
    std::vector<const Record*> records;
    const auto origins = origins_of(id);
    for (const Origin& origin : origins) {
      const auto& own = timelines.at(origin.ticket);
      records.insert(records.end(), own.begin(), own.end());
    }
    std::sort(records.begin(), records.end(), [](const Record* a, const Record* b) {
      return std::tie(a->envelope.occurred_at, a->envelope.position) <
             std::tie(b->envelope.occurred_at, b->envelope.position);
    });
    const auto referring = shown_by_reference(records, origins);
    std::vector<Position> positions;
    for (const Record* record : records) {
      if (const auto* reference = reference_in(*record)) {
        const Record* referenced = messages.at({reference->from, reference->message});
        const auto by = referring.find(referenced);
        if (by == referring.end() || by->second != record->envelope.stream_id) continue;
        record = referenced;
      }
      positions.push_back(record->envelope.position);
    }
    return positions;
  }
  std::vector<WorkSession> work_of(TicketId id) const {
    std::vector<WorkSession> found;
    const auto origins = origins_of(id);
    for (const auto& [position, session] : sessions) {
      const auto is_it = [&](const Origin& origin) { return origin.ticket == session.ticket; };
      if (std::any_of(origins.begin(), origins.end(), is_it)) found.push_back(session);
    }
    return found;
  }
  template <class Id>
  std::vector<TicketId> history_of(Id id, std::optional<Id> Party::*member) const {
    std::vector<const TicketRow*> rows;
    for (const auto& [key, row] : tickets) {
      if (row.party.*member == id && row.status.category != Category::deleted) rows.push_back(&row);
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
  RC_ASSERT(snapshot.parts(id) == model.parts.at(id));
  RC_ASSERT(snapshot.origins(id) == model.origins_of(id));
  RC_ASSERT(snapshot.sla(id) == model.delays.rows.at(id));
  RC_ASSERT(snapshot.work_time(id).sessions == work_time_of(model.work_of(id)).sessions);
  std::vector<Position> found;
  TimelineQuery query{.limit = 7};
  do {
    const auto page = snapshot.timeline(id, query);
    RC_ASSERT(page.has_value());
    for (const TimelineEntry& entry : page->rows) found.push_back(entry.record.envelope.position);
    query.cursor = page->next_cursor;
  } while (!query.cursor.empty());
  RC_ASSERT(found == model.timeline_of(id));
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
    std::map<TicketId, TicketParts> parts;
    for (const Record& record : history.records()) {
      const auto* event = std::get_if<TicketEvent>(&record.event);
      if (event == nullptr || record.envelope.occurred_at > instant) continue;
      fold_ticket(expected[TicketId{record.envelope.stream_id}], record.envelope, *event);
      fold_parts(parts[TicketId{record.envelope.stream_id}], record.envelope, *event);
    }
    for (const Record& record : history.records()) {
      if (!std::holds_alternative<TicketEvent>(record.event)) continue;
      const TicketId id{record.envelope.stream_id};
      const auto row = ticket_as_of(history.log(), id, instant);
      RC_ASSERT(row.has_value() == expected.contains(id));
      if (row) RC_ASSERT(*row == expected.at(id));
      const auto of_then = parts_as_of(history.log(), id, instant);
      RC_ASSERT(of_then.has_value() == row.has_value());
      if (of_then) RC_ASSERT(*of_then == parts.at(id));
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
      if (!open && row.status.category != Category::closed) continue;
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
