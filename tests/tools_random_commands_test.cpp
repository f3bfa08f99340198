// Whatever is asked, by whomever, in whatever order: every command of the engine through a real
// writer, and the real views behind it beside plain loops over the same events.
#include <rapidcheck.h>

#include "storage/check_log.h"
#include "storage/rocksdb_log.h"
#include "tests/projections_search.h"
#include "tests/tools_random_run.h"
#include "tests/tools_random_views.h"

using namespace greffe;
using namespace greffe::random_desk;

namespace {

// What the writer has folded step by step is what the log folds to from its beginning.
void check_states(const Run& run) {
  for (const auto& [stream, state] : run.folded().states()) {
    AnyState anew = empty_state(stream.kind);
    RC_ASSERT(fold_rest(run.log(), stream, anew).has_value());
    RC_ASSERT(anew == state);
  }
  const auto settings = fold_settings(run.log());
  RC_ASSERT(settings.has_value());
  for_each_area([&](SettingsArea, auto area) {
    RC_ASSERT(same_fields((*settings).*area, run.folded().settings().*area));
    RC_ASSERT(same_fields((*run.writer().settings()).*area, run.folded().settings().*area));
  });
}

// No number twice; by number and by the id of another system the writer finds what there is.
void check_names(const Run& run) {
  std::set<std::string> numbers;
  std::set<std::pair<StreamKind, std::string>> external_ids;
  for (const auto& [stream, state] : run.folded().states()) {
    std::string external_id;
    if (const auto* ticket = std::get_if<TicketState>(&state)) {
      RC_ASSERT(numbers.insert(ticket->number).second);
      RC_ASSERT(run.writer().find_ticket(ticket->number).value() == TicketId{stream.id});
      external_id = ticket->external_id;
    }
    std::visit(
        [&](const auto& any) {
          if constexpr (requires { any.details.external_id; }) external_id = external_key(any.details);
        },
        state);
    if (external_id.empty()) continue;
    RC_ASSERT(external_ids.insert({stream.kind, external_id}).second);
    RC_ASSERT(run.writer().find_external(stream.kind, external_id).value() == stream.id);
  }
}

// A writer that starts now decides as the one that has run all the time.
void check_fresh_writer(Run& run, const RandomSteps& steps) {
  const auto fresh = run.start({});
  const Position tail = run.log().tail();
  for (const RandomStep& step : steps) {
    CommandRequest request = request_of(step, run.folded(), run.now());
    request.dry_run = true;
    const auto old_answer = run.ask(request), new_answer = fresh->submit(request);
    RC_ASSERT(old_answer.has_value() == new_answer.has_value());
    if (!old_answer) {
      RC_ASSERT(old_answer.error().code == new_answer.error().code);
      RC_ASSERT(old_answer.error().fields == new_answer.error().fields);
      continue;
    }
    RC_ASSERT(old_answer->version == new_answer->version);
    RC_ASSERT(old_answer->dry_run.size() == new_answer->dry_run.size());
    for (std::size_t i = 0; i < old_answer->dry_run.size(); ++i) {
      std::string old_bytes, new_bytes;
      RC_ASSERT(encode(old_answer->dry_run[i], old_bytes) && encode(new_answer->dry_run[i], new_bytes));
      RC_ASSERT(old_bytes == new_bytes);
    }
  }
  RC_ASSERT(run.log().tail() == tail);
}

// Calls f(name) for every event that there is.
template <class F>
void for_each_event(F&& f) {
  const auto of_one = [&]<class Set, std::size_t... I>(std::type_identity<Set>, std::index_sequence<I...>) {
    (f(std::variant_alternative_t<I, Set>::name.text), ...);
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (of_one(std::type_identity<std::variant_alternative_t<I, Event>>{},
            std::make_index_sequence<std::variant_size_v<std::variant_alternative_t<I, Event>>>{}),
     ...);
  }
  (std::make_index_sequence<std::variant_size_v<Event>>{});
}

// What has nothing to do with what is asked.
bool is_of_the_writer(RejectionCode code) {
  return code == RejectionCode::queue_full || code == RejectionCode::stopping || code == RejectionCode::log_failed;
}

// What no run so far has shown.
std::vector<std::string> missing(const Coverage& coverage) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < kinds().size(); ++i) {
    if (coverage.commands[i].changed == 0) all.push_back(kinds()[i].name + " changes something");
    if (coverage.commands[i].refused == 0) all.push_back(kinds()[i].name + " is refused by a rule of its own");
  }
  for_each_event([&](const char* name) {
    if (!coverage.events.contains(name)) all.emplace_back(name);
  });
  for (std::size_t i = 0; i < names_of(RejectionCode{}).size(); ++i) {
    const auto code = static_cast<RejectionCode>(i);
    if (!is_of_the_writer(code) && !coverage.refusals.contains(code)) all.emplace_back(name_of(code));
  }
  if (coverage.repeats == 0) all.emplace_back("repeats");
  if (coverage.dry_runs == 0) all.emplace_back("dry runs");
  return all;
}

void copy_log(const Log& from, Log& to) {
  LogGroup group;
  const auto reader = from.read({1});
  while (reader->next()) {
    const auto record = decode(reader->bytes());
    RC_ASSERT(record.has_value());
    const Envelope& e = record->envelope;
    group.entries.push_back({stream_of(e), e.version, std::string(reader->bytes())});
  }
  RC_ASSERT(to.append({0}, group).has_value());
}

bool same(const ViewsDigest& a, const ViewsDigest& b) {
  return a.position == b.position && a.all == b.all && a.by_view == b.by_view;
}

// The same bytes in another store, of the kind that a server has.
void check_copy(const Log& log, const ViewsDigest& live) {
  const TemporaryDirectory dir;
  auto copied = open_rocksdb_log(dir.path());
  RC_ASSERT(copied.has_value());
  copy_log(log, **copied);
  const auto views = open_views(dir.path(), **copied, 4096);
  RC_ASSERT(views->catch_up({}).has_value());
  RC_ASSERT(same(views->digest(), live));
}

void check_search(SearchIndex& search) {
  RC_ASSERT(search.catch_up({}).has_value());
  const auto live = search.digest();
  RC_ASSERT(search.rebuild({}).has_value());
  const auto rebuilt = search.digest();
  RC_ASSERT(live.has_value() && rebuilt.has_value());
  RC_ASSERT(live->position == rebuilt->position);
  RC_ASSERT(live->documents == rebuilt->documents);
}

}  // namespace

TEST_CASE("any commands in any order are answered by the rules, and each is both accepted and refused") {
  constexpr std::uint64_t rounds = 2, rounds_max = 25;
  Coverage coverage;
  const auto property = [&] {
    const RandomSteps steps = *random_steps(300);
    Run run(coverage, *rc::gen::element<std::size_t>(3, 200));
    run.play(steps);
    check_states(run);
    check_names(run);
    RC_ASSERT(check_log(run.log()).sound());
    check_fresh_writer(run, {steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 4)});
  };
  // Some refusals are rare: they get more rounds, and must come in one of them.
  for (std::uint64_t round = 0; round < rounds || (round < rounds_max && !missing(coverage).empty()); ++round) {
    if (!check_cases(300, property, round)) return;
  }
  CHECK(missing(coverage) == std::vector<std::string>{});
}

TEST_CASE("after any commands the views show what plain loops over the tickets say, live, rebuilt and copied") {
  Coverage coverage;
  check_cases(20, [&] {
    const RandomSteps steps = *random_steps(400);
    Run run(coverage);
    const TemporaryDirectory dir;
    const auto views = open_views(dir.path(), run.log(), *rc::gen::inRange<std::size_t>(1, 30));
    std::size_t groups = 0;
    run.on_group = [&] {
      if (++groups % 20 == 0) RC_ASSERT(views->catch_up({}).has_value());
    };
    run.play(steps);
    RC_ASSERT(views->catch_up({}).has_value());
    ViewsCheck(*views, run.folded()).all();
    const auto rebuilt = views->rebuild({});
    RC_ASSERT(rebuilt.has_value());
    RC_ASSERT(same(rebuilt->before, rebuilt->after));
    check_copy(run.log(), rebuilt->before);
  });
}

TEST_CASE("the search index that followed any commands is the one that is built anew") {
  Coverage coverage;
  check_cases(10, [&] {
    const RandomSteps steps = *random_steps(200);
    Run run(coverage);
    const TemporaryDirectory dir;
    const auto search = projections_test::open_search(dir.path(), run.log());
    std::size_t groups = 0;
    run.on_group = [&] {
      if (++groups % 20 == 0) RC_ASSERT(search->catch_up({}).has_value());
    };
    run.play(steps);
    check_search(*search);
  });
}
