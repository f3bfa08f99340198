#include <fmt/format.h>

#include <map>

#include "tools/bench/caller.h"
#include "tools/bench/child.h"
#include "tools/bench/floor_calls.h"
#include "tools/bench/floor_search.h"
#include "tools/bench/measures.h"
#include "tools/bench/search_cases.h"
#include "tools/bench/search_freshness.h"
#include "tools/store.h"

namespace greffe::bench {
namespace {

constexpr std::string_view token = "bench-token-that-guards-nothing";
constexpr std::size_t cases_asked = 3'060, cases_over_http = 1'020;
constexpr double search_target_ms = 50, visible_max_ms = 1'000;
constexpr std::size_t steady_commands_per_second = 500, burst_messages = 20'000;

// Everything of an answer but how far the index was.
std::string text_of(const SearchPage& page) {
  std::string text = fmt::format("{} {} {}\n", page.suggestion, page.total_estimate, page.next_cursor);
  for (const SearchHit& hit : page.hits) {
    text += fmt::format("{} {}\n", hit.id.value, hit.score);
    for (const SearchSnippet& snippet : hit.snippets)
      text += fmt::format("{} {}\n", name_of(snippet.field), snippet.text);
  }
  return text;
}

struct Asked {
  Samples all;
  std::map<std::string, Samples> by_kind;
  std::vector<std::string> answers;
  std::size_t hits = 0, without_hits = 0;
};

Result<Asked, std::string> ask_all(const SearchIndex& index, const std::vector<SearchCase>& cases) {
  Asked asked;
  for (const SearchCase& c : cases) {
    const auto start = std::chrono::steady_clock::now();
    const auto page = index.search(c.query);
    const double ms = ms_since(start);
    if (!page)
      return fail(fmt::format("search for {}: {} {}", c.query.text, name_of(page.error().kind), page.error().detail));
    asked.all.add(ms);
    asked.by_kind[c.kind].add(ms);
    asked.answers.push_back(text_of(*page));
    asked.hits += page->hits.size();
    if (page->hits.empty()) ++asked.without_hits;
  }
  return asked;
}

std::vector<std::string> texts_of(const std::vector<SearchCase>& cases) {
  std::vector<std::string> texts;
  for (const SearchCase& c : cases) texts.push_back(c.query.text);
  return texts;
}

std::filesystem::path generation_in(const std::filesystem::path& dir) {
  std::filesystem::path newest;
  for (const auto& entry : std::filesystem::directory_iterator(dir / "search")) newest = std::max(newest, entry.path());
  return newest;
}

double mib_in(const std::filesystem::path& dir) {
  double bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(dir)) {
    if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
  }
  return bytes / 1'048'576;
}

class SearchBench {
 public:
  explicit SearchBench(const MeasureOptions& options) : options_(options), dir_(options.dir / "search") {}

  Figures measure() {
    {
      const SystemClock clock;
      auto store = Store::open(dir_, {.with_search = true}, clock, [](const std::string&) {});
      if (!store) return fail(store.error());
      if (auto done = measure_in(**store); !done) return fail(done.error());
    }
    if (auto done = measure_over_http(); !done) return fail(done.error());
    return std::move(figures_);
  }

 private:
  using Done = Result<void, std::string>;

  Done measure_in(Store& store) {
    auto corpus = write_corpus(store.writer(), options_.tickets);
    if (!corpus) return fail(corpus.error());
    if (auto done = store.views().catch_up({}); !done) return fail(describe(done.error()));
    SearchIndex& index = *store.search();
    if (auto done = index.catch_up({}); !done) return fail(describe(done.error()));
    cases_ = search_cases(*corpus, cases_asked);
    if (auto warm = ask_all(index, {cases_.begin(), cases_.begin() + 170}); !warm) return fail(warm.error());
    auto asked = ask_all(index, cases_);
    if (!asked) return fail(asked.error());
    if (auto done = add_queries(*asked); !done) return done;
    if (auto done = add_rebuild(index, *asked, store.log().tail()); !done) return done;
    if (auto done = add_steady(store, *corpus); !done) return done;
    return add_burst(store, *corpus);
  }

  Figure figure(std::string what, std::string unit) const {
    return {.id = "search", .what = fmt::format("{}, {} tickets", what, options_.tickets), .unit = std::move(unit)};
  }

  Done add_queries(const Asked& asked) {
    auto f = figure(fmt::format("{} queries of {} kinds, one after the other, in the process", asked.all.count(),
                                asked.by_kind.size()),
                    "queries/s");
    take_samples(f, asked.all);
    f.target_p99_ms = search_target_ms;
    for (const auto& [kind, samples] : asked.by_kind) {
      f.quantities.push_back({"p99 of: " + kind, samples.percentile_ms(0.99), "ms", 0});
    }
    f.quantities.push_back({"the slowest", asked.all.max_ms(), "ms", 0});
    const auto floor = time_bare_queries(generation_in(dir_), texts_of(cases_));
    if (!floor) return fail(floor.error());
    f.floor = "bare Xapian, all words as they stand, 20 documents with their data";
    take_floor(f, *floor);
    f.check = fmt::format("{} hits, {} queries without any", asked.hits, asked.without_hits);
    f.sound = asked.hits > asked.all.count();
    figures_.push_back(std::move(f));
    return {};
  }

  Done add_rebuild(SearchIndex& index, const Asked& before, Position tail) {
    const auto digest_before = index.digest();
    if (!digest_before) return fail(describe(digest_before.error()));
    const auto start = std::chrono::steady_clock::now();
    if (auto rebuilt = index.rebuild({}); !rebuilt) return fail(describe(rebuilt.error()));
    const double seconds = ms_since(start) / 1e3;
    const auto digest_after = index.digest();
    if (!digest_after) return fail(describe(digest_after.error()));
    const auto after = ask_all(index, cases_);
    if (!after) return fail(after.error());
    std::size_t others = 0;
    for (std::size_t i = 0; i < cases_.size(); ++i) others += before.answers[i] == after->answers[i] ? 0 : 1;

    auto f = figure(fmt::format("rebuild of the index from the log, {} events", tail.value), "events/s");
    f.per_second = static_cast<double>(tail.value) / seconds;
    f.quantities = {{"it takes", seconds, "s", 0}, {"on the disk", mib_in(dir_ / "search"), "MiB", 0}};
    const bool same_digest = digest_before->documents == digest_after->documents;
    f.check = fmt::format(
        "of {} queries {} have another answer (tickets, order, snippets, suggestion) than before; "
        "the documents' digest is {}",
        cases_.size(), others, same_digest ? "the same" : "ANOTHER");
    f.sound = others == 0 && same_digest;
    figures_.push_back(std::move(f));
    return {};
  }

  static void take_freshness(Figure& f, const Freshness& freshness) {
    take_samples(f, freshness.visible);
    f.quantities = {{"longest from the answer to findable", freshness.visible.max_ms(), "ms", visible_max_ms},
                    {"until everything could be found", freshness.seconds, "s", 0}};
    f.per_second = static_cast<double>(freshness.visible.count()) / freshness.seconds;
    f.check = fmt::format("{} commands had a word of their own that was searched then, {} times in vain",
                          freshness.looked_for, freshness.missed);
    f.sound = freshness.missed == 0 && freshness.looked_for > 0;
  }

  Done add_steady(Store& store, const Corpus& corpus) {
    const auto fresh =
        steady_freshness(store.writer(), *store.search(), corpus, steady_commands_per_second, options_.measure_ms * 2);
    if (!fresh) return fail(fresh.error());
    auto f = figure(fmt::format("from the answer to findable, {} commands a second", steady_commands_per_second),
                    "commands/s");
    take_freshness(f, *fresh);
    const std::size_t committed = std::min<std::size_t>(fresh->texts.size(), 500);
    const auto floor =
        time_bare_commits(options_.dir / "commit-floor",
                          {fresh->texts.begin(), fresh->texts.begin() + static_cast<std::ptrdiff_t>(committed)});
    if (!floor) return fail(floor.error());
    f.floor = "bare Xapian, one such text a document, each committed";
    take_floor(f, *floor);
    figures_.push_back(std::move(f));
    return {};
  }

  Done add_burst(Store& store, const Corpus& corpus) {
    const std::size_t count = std::min(burst_messages, options_.tickets);
    const auto fresh = burst_freshness(store.writer(), *store.search(), corpus, count);
    if (!fresh) return fail(fresh.error());
    auto f = figure(fmt::format("from the answer to findable, {} messages at once on {} tickets", count, count / 2),
                    "messages/s");
    take_freshness(f, *fresh);
    const auto floor = time_bare_build(options_.dir / "build-floor", fresh->texts);
    if (!floor) return fail(floor.error());
    f.floor = "bare Xapian, one such text a document, one commit";
    f.floor_per_second = static_cast<double>(count) / *floor;
    figures_.push_back(std::move(f));
    return {};
  }

  Done measure_over_http() {
    const auto child = Child::start(this_program, {"serve", "--data", dir_, "--port", "0"},
                                    {fmt::format("GREFFE_ADMIN_TOKEN={}", token)});
    if (!child) return fail(child.error());
    Caller caller((*child)->port(), std::string(token));
    Samples samples;
    std::uint64_t bytes = 0, items = 0;
    std::string longest;
    for (std::size_t i = 0; i < std::min(cases_over_http, cases_.size()); ++i) {
      const auto answer = caller.get(cases_[i].target, cases_[i].act_as);
      if (!answer) return fail(answer.error());
      samples.add(answer->ms);
      bytes += answer->body.size();
      items += Json::parse(answer->body).at("items").size();
      if (answer->body.size() > longest.size()) longest = answer->body;
    }
    const std::size_t mean_bytes = bytes / samples.count();
    auto f = figure(fmt::format("{} queries over HTTP with the rows, answers of {} bytes on average, 1 connection",
                                samples.count(), mean_bytes),
                    "queries/s");
    take_samples(f, samples);
    f.target_p99_ms = search_target_ms;
    f.check = fmt::format("every answer was 200; {} tickets in them", items);
    f.sound = items > samples.count();
    const auto floor = time_bytes(options_, longest.substr(0, mean_bytes));
    if (!floor) return fail(floor.error());
    f.floor = "bare cpp-httplib sending the same bytes";
    take_floor(f, *floor);
    figures_.push_back(std::move(f));
    return {};
  }

  const MeasureOptions& options_;
  const std::filesystem::path dir_;
  std::vector<SearchCase> cases_;
  std::vector<Figure> figures_;
};

}  // namespace

Figures searches(const MeasureOptions& options) { return SearchBench(options).measure(); }

}  // namespace greffe::bench
