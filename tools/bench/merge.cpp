#include <fmt/format.h>

#include <map>
#include <mutex>

#include "events/codec.h"
#include "storage/rocksdb_log.h"
#include "tools/bench/caller.h"
#include "tools/bench/child.h"
#include "tools/bench/dataset.h"
#include "tools/bench/floor_calls.h"
#include "tools/bench/measures.h"
#include "tools/bench/prose.h"
#include "tools/store.h"

namespace greffe::bench {
namespace {

constexpr std::string_view token = "bench-token-that-guards-nothing";
constexpr std::size_t messages_a_ticket = 1'000;
constexpr double merge_target_ms = 10;
constexpr std::size_t searches_timed_max = 20;
constexpr int search_waits_max = 24;  // of five seconds each

// Two tickets that are merged and unmerged again and again.
struct Pair {
  std::string source, target;
};

Result<std::vector<Pair>, std::string> write_pairs(Writer& writer, std::size_t count) {
  std::mutex mutex;
  std::vector<std::uint64_t> ids;
  std::vector<std::string> numbers;
  CommandStream stream(writer, 4'096);
  for (std::size_t i = 0; i < 2 * count; ++i) {
    OpenTicket open;
    open.title = fmt::format("La facture ne s'ouvre pas ({})", i);
    stream.submit(request_by({}, TicketCommand(std::move(open))), [&](const Accepted& accepted) {
      const std::lock_guard lock(mutex);
      ids.push_back(accepted.stream.id);
      numbers.push_back(accepted.number);
    });
  }
  stream.finish();
  Prose prose(1);
  for (std::size_t m = 0; m < messages_a_ticket; ++m) {
    for (const std::uint64_t id : ids) {
      PostMessage message{m % 3 == 0 ? Visibility::internal : Visibility::everyone,
                          prose.sentence(Tongue::french, prose.between(10, 60))};
      stream.submit(request_by({}, TicketCommand(std::move(message)), id));
    }
  }
  stream.finish();
  if (!stream.first_refusal().empty()) return fail(stream.first_refusal());
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < count; ++i) pairs.push_back({numbers[2 * i], numbers[2 * i + 1]});
  return pairs;
}

Result<std::vector<Pair>, std::string> populated(const std::filesystem::path& dir, std::size_t count,
                                                 Position& log_tail) {
  const SystemClock clock;
  auto store = Store::open(dir, {.with_search = true}, clock, [](const std::string&) {});
  if (!store) return fail(store.error());
  auto pairs = write_pairs((*store)->writer(), count);
  if (auto done = (*store)->views().catch_up({}); !done) return fail(describe(done.error()));
  if (auto done = (*store)->search()->catch_up({}); !done) return fail(describe(done.error()));
  log_tail = (*store)->log().tail();
  return pairs;
}

struct Times {
  Samples merge, unmerge, timeline, detail;
  std::size_t answer_bytes = 0;
  std::string page;  // a root's first page
};

// What the answers to all commands of the run said.
struct Acknowledged {
  std::uint64_t commands = 0, events = 0;
};

class Merger {
 public:
  Merger(Caller& caller, Acknowledged& acknowledged) : caller_(caller), acknowledged_(acknowledged) {}

  Result<void, std::string> merge(const Pair& pair, Times& times) {
    auto merged = command(pair.source, "merge", fmt::format(R"({{"into":"{}"}})", pair.target), times.merge);
    if (!merged) return fail(merged.error());
    times.answer_bytes = merged->body.size();
    auto page = caller_.get(fmt::format("/v1/tickets/{}/timeline?limit=50&min_position={}", pair.target, position_));
    if (!page) return fail(page.error());
    times.timeline.add(page->ms);
    times.page = std::move(page->body);
    const auto detail = caller_.get(fmt::format("/v1/tickets/{}?min_position={}", pair.target, position_));
    if (!detail) return fail(detail.error());
    times.detail.add(detail->ms);
    return {};
  }

  Result<void, std::string> unmerge(const Pair& pair, Times& times) {
    auto unmerged = command(pair.source, "unmerge", "{}", times.unmerge);
    if (!unmerged) return fail(unmerged.error());
    const auto detail = caller_.get(fmt::format("/v1/tickets/{}?min_position={}", pair.source, position_));
    if (!detail) return fail(detail.error());
    return {};
  }

  // The search follows by itself: until it has seen all that was done.
  Result<void, std::string> await_search() {
    const auto target = fmt::format("/v1/search?q=facture&limit=1&min_position={}", position_);
    std::string why;
    for (int attempt = 0; attempt < search_waits_max; ++attempt) {
      const auto found = caller_.get(target);
      if (found) return {};
      why = found.error();
    }
    return fail(why);
  }

  // How long from a merge's answer until the search shows the root for a word of its source.
  Result<void, std::string> time_search(const Pair& pair, Samples& samples, Times& times) {
    if (auto merged = merge(pair, times); !merged) return merged;
    const auto found = caller_.get(fmt::format("/v1/search?q=facture&min_position={}", position_));
    if (!found) return fail(found.error());
    samples.add(found->ms);
    if (auto unmerged = unmerge(pair, times); !unmerged) return unmerged;
    return await_search();
  }

  // Every entry of the ticket's timeline up to a position, one a line, and how many messages
  // there are of each origin.
  struct Timeline {
    std::string entries;
    std::map<std::string, std::size_t> messages;
  };
  Result<Timeline, std::string> timeline(const std::string& number, std::uint64_t up_to) {
    Timeline timeline;
    std::string cursor;
    do {
      const auto page = caller_.get_json(fmt::format("/v1/tickets/{}/timeline?limit=200&min_position={}{}{}", number,
                                                     position_, cursor.empty() ? "" : "&cursor=", cursor));
      if (!page) return fail(page.error());
      for (const auto& entry : page->at("items")) {
        if (position_in(entry) > up_to) continue;
        timeline.entries += entry.dump() + "\n";
        if (entry.at("type") != "MessagePosted") continue;
        ++timeline.messages[entry.at("origin").is_null() ? "" : entry.at("origin").get<std::string>()];
      }
      cursor = page->at("next_cursor").is_null() ? "" : page->at("next_cursor").get<std::string>();
    } while (!cursor.empty());
    return timeline;
  }

 private:
  Caller::Answered command(const std::string& number, const char* name, const std::string& body, Samples& samples) {
    auto answer = caller_.post(fmt::format("/v1/tickets/{}/{}", number, name), body);
    if (!answer) return answer;
    samples.add(answer->ms);
    const auto json = Json::parse(answer->body, nullptr, false);
    position_ = position_in(json);
    ++acknowledged_.commands;
    acknowledged_.events += json.at("events").size();
    return answer;
  }

  Caller& caller_;
  Acknowledged& acknowledged_;
  std::uint64_t position_ = 0;  // of the last command
};

// One pair in every detail: united while merged, and to the byte what it was when it is not.
Result<std::string, std::string> look_closely(Merger& merger, const Pair& pair, Position log_tail, bool& sound) {
  Times unused;
  const auto source = merger.timeline(pair.source, log_tail.value),
             target = merger.timeline(pair.target, log_tail.value);
  if (!source) return fail(source.error());
  if (!target) return fail(target.error());
  if (auto merged = merger.merge(pair, unused); !merged) return fail(merged.error());
  const auto united = merger.timeline(pair.target, log_tail.value);
  if (!united) return fail(united.error());
  if (auto unmerged = merger.unmerge(pair, unused); !unmerged) return fail(unmerged.error());
  const auto source_again = merger.timeline(pair.source, log_tail.value);
  const auto target_again = merger.timeline(pair.target, log_tail.value);
  if (!source_again) return fail(source_again.error());
  if (!target_again) return fail(target_again.error());
  const std::map<std::string, std::size_t> both = {{"", messages_a_ticket}, {pair.source, messages_a_ticket}};
  const bool is_united = united->messages == both;
  const bool is_back = source_again->entries == source->entries && target_again->entries == target->entries;
  sound = sound && is_united && is_back;
  return fmt::format("the root's timeline {} the messages of both, after the unmerge both timelines are {}",
                     is_united ? "shows" : "does NOT show", is_back ? "what they were to the byte" : "OTHERS");
}

// What the merges and unmerges left in the log: their own events, and no message.
Result<std::string, std::string> count_events(const std::filesystem::path& dir, Position from,
                                              const Acknowledged& acknowledged, bool& sound) {
  auto log = open_rocksdb_log(dir, {.writable = false, .create = false});
  if (!log) return fail(describe(log.error()));
  std::map<std::string_view, std::uint64_t> by_type;
  std::uint64_t events = 0, bytes = 0;
  const auto reader = (*log)->read(next(from));
  for (; reader->next(); ++events) {
    const auto record = decode(reader->bytes());
    if (!record) return fail(std::string("a record of the run is damaged"));
    ++by_type[event_name(record->event)];
    bytes += reader->bytes().size();
  }
  if (reader->failure()) return fail(describe(*reader->failure()));
  sound = sound && events == acknowledged.events && by_type["MessagePosted"] == 0;
  return fmt::format(
      "{} merges and unmerges acknowledged {} events, the log has {} ({} bytes each), {} of them messages",
      acknowledged.commands, acknowledged.events, events, events == 0 ? 0 : bytes / events, by_type["MessagePosted"]);
}

Figure figure_of(const std::string& what, const Samples& samples, std::string unit, double target_ms) {
  Figure figure{.id = "merge", .what = what, .unit = std::move(unit), .target_p99_ms = target_ms};
  take_samples(figure, samples);
  return figure;
}

struct Run {
  Times first, again;  // the first of each pair meet a server that knows none of their states
  Samples search;
  Acknowledged acknowledged;
  std::string closely;
  bool sound = true;
};

Result<void, std::string> measure(std::uint16_t port, const std::vector<Pair>& pairs, const MeasureOptions& options,
                                  Position log_tail, Run& run) {
  Caller caller(port, std::string(token));
  Merger merger(caller, run.acknowledged);
  const auto end = std::chrono::steady_clock::now() + options.measure_ms;
  for (std::size_t round = 0; round < 2 || std::chrono::steady_clock::now() < end; ++round) {
    auto& times = round == 0 ? run.first : run.again;
    for (const Pair& pair : pairs) {
      if (auto merged = merger.merge(pair, times); !merged) return merged;
      if (auto unmerged = merger.unmerge(pair, times); !unmerged) return unmerged;
    }
  }
  Times unused;
  if (auto awaited = merger.await_search(); !awaited) return awaited;
  for (std::size_t i = 0; i < std::min(pairs.size(), searches_timed_max); ++i) {
    if (auto timed = merger.time_search(pairs[i], run.search, unused); !timed) return timed;
  }
  auto closely = look_closely(merger, pairs.front(), log_tail, run.sound);
  if (!closely) return fail(closely.error());
  run.closely = std::move(*closely);
  return {};
}

}  // namespace

Figures merges(const MeasureOptions& options) {
  const auto dir = options.dir / "merge";
  const std::size_t count = std::max<std::size_t>(options.tickets / 2, 1);
  Position log_tail;
  const auto pairs = populated(dir, count, log_tail);
  if (!pairs) return fail(pairs.error());
  Run run;
  {
    const auto child = Child::start(this_program, {"serve", "--data", dir, "--port", "0"},
                                    {fmt::format("GREFFE_ADMIN_TOKEN={}", token)});
    if (!child) return fail(child.error());
    if (auto measured = measure((*child)->port(), *pairs, options, log_tail, run); !measured) {
      return fail(measured.error());
    }
    if (const int exit = (*child)->stop(); exit != 0) return fail(fmt::format("the server's exit status is {}", exit));
  }
  const auto events = count_events(dir, log_tail, run.acknowledged, run.sound);
  if (!events) return fail(events.error());

  const auto put = time_synced_puts(options, R"({"into":"2502280001"})", run.again.answer_bytes);
  const auto get = time_bytes(options, run.again.page);
  if (!put) return fail(put.error());
  if (!get) return fail(get.error());
  const auto pair_text =
      fmt::format("of two tickets with {} messages each, {} pairs, 1 connection", messages_a_ticket, pairs->size());
  const std::string put_floor = "bare cpp-httplib, JSON parsed, one synced RocksDB put, same answer size";
  const std::string get_floor = fmt::format("bare cpp-httplib sending {} bytes", run.again.page.size());
  std::vector<Figure> figures = {
      figure_of("merge " + pair_text + ", the first after the server's start", run.first.merge, "merges/s",
                merge_target_ms),
      figure_of("merge " + pair_text, run.again.merge, "merges/s", merge_target_ms),
      figure_of("unmerge " + pair_text, run.again.unmerge, "unmerges/s", merge_target_ms),
      figure_of("first page of the root's timeline, asked for at the merge's answer", run.again.timeline, "pages/s", 0),
      figure_of("detail of the root, asked for right after that page", run.again.detail, "details/s", 0),
      figure_of("a search that has seen the merge, asked for right after that detail", run.search, "searches/s", 0)};
  for (std::size_t i = 0; i < figures.size(); ++i) {
    figures[i].floor = i < 3 ? put_floor : get_floor;
    take_floor(figures[i], i < 3 ? *put : *get);
    figures[i].check = i < 3 ? *events : run.closely;
    figures[i].sound = run.sound;
  }
  return figures;
}

}  // namespace greffe::bench
