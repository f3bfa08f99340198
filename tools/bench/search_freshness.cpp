#include "tools/bench/search_freshness.h"

#include <fmt/format.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "tools/bench/dataset.h"
#include "tools/bench/prose.h"

namespace greffe::bench {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds visible_within{600};
constexpr std::size_t marked_every = 50;  // one command in so many has a word of its own

// Waits for each acknowledged position in turn, on a thread of its own.
class Watch {
 public:
  explicit Watch(const SearchIndex& index) : index_(index), thread_([this] { run(); }) {}
  ~Watch() { finish(); }

  // `word`: to be looked for as soon as it should be found; may be empty.
  void answered(Position position, std::string word) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({position, std::move(word), steady_clock::now()});
    changed_.notify_one();
  }

  // Once everything that was answered can be found.
  Freshness finish() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
      changed_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
    freshness_.seconds = ms_since(begun_) / 1e3;
    return std::move(freshness_);
  }

 private:
  struct Answered {
    Position position;
    std::string word;
    steady_clock::time_point at;
  };

  void run() {
    while (const auto next = take()) {
      const bool seen = index_.wait_for(next->position, visible_within);
      freshness_.visible.add(ms_since(next->at));
      if (next->word.empty() && seen) continue;
      ++freshness_.looked_for;
      SearchQuery query;
      query.text = next->word;
      query.audience = SearchAudience::everything();
      const auto page = index_.search(query);
      if (!seen || !page || page->hits.size() != 1) ++freshness_.missed;
    }
  }

  std::optional<Answered> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ended_ || !waiting_.empty(); });
    if (waiting_.empty()) return std::nullopt;
    Answered next = std::move(waiting_.front());
    waiting_.pop_front();
    return next;
  }

  const SearchIndex& index_;
  const steady_clock::time_point begun_ = steady_clock::now();
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Answered> waiting_;
  bool ended_ = false;
  Freshness freshness_;
  std::thread thread_;  // last: it uses all of the above
};

// A word that stands nowhere else.
std::string mark(const char* of, std::size_t i) { return fmt::format("{}{}q", of, i); }

CommandRequest said(const Corpus& corpus, std::size_t ticket, std::string text) {
  auto request = request_by({}, TicketCommand(PostMessage{Visibility::everyone, std::move(text)}),
                            corpus.tickets[ticket % corpus.tickets.size()].value);
  request.imported = true;  // on closed tickets too
  return request;
}

CommandRequest some_command(const Corpus& corpus, Prose& prose, std::size_t i, std::string text) {
  const std::size_t ticket = prose.below(corpus.tickets.size());
  if (i % 10 == 1) {
    OpenTicket open;
    open.title = prose.sentence(prose.tongue(), 6);
    open.description = std::move(text);
    return request_by({}, TicketCommand(std::move(open)));
  }
  if (i % 10 == 2) {
    auto request =
        request_by({}, TicketCommand(ChangePriority{i % 20 == 2 ? "high" : "low"}), corpus.tickets[ticket].value);
    request.imported = true;
    return request;
  }
  return said(corpus, ticket, std::move(text));
}

}  // namespace

Result<Freshness, std::string> steady_freshness(Writer& writer, const SearchIndex& index, const Corpus& corpus,
                                                std::size_t commands_per_second, std::chrono::milliseconds duration) {
  Prose prose(5);
  Watch watch(index);
  std::vector<std::string> texts;
  CommandStream stream(writer, 4'096);
  const auto count = commands_per_second * static_cast<std::size_t>(duration.count()) / 1'000;
  const auto begun = steady_clock::now();
  for (std::size_t i = 0; i < count; ++i) {
    std::this_thread::sleep_until(begun + std::chrono::microseconds(i * 1'000'000 / commands_per_second));
    // Priorities and titles take no mark: every tenth command is a message.
    std::string word = i % marked_every == 0 ? mark("regulier", i) : "";
    auto text = prose.sentence(prose.tongue(), prose.between(10, 60));
    if (!word.empty()) text += " " + word;
    texts.push_back(text);
    stream.submit(
        some_command(corpus, prose, i, std::move(text)),
        [&watch, word = std::move(word)](const Accepted& accepted) { watch.answered(accepted.position, word); });
  }
  stream.finish();
  if (!stream.first_refusal().empty()) return fail(stream.first_refusal());
  auto freshness = watch.finish();
  freshness.texts = std::move(texts);
  return freshness;
}

Result<Freshness, std::string> burst_freshness(Writer& writer, const SearchIndex& index, const Corpus& corpus,
                                               std::size_t count) {
  Prose prose(6);
  std::vector<std::string> texts, words(count);
  for (std::size_t i = 0; i < count; ++i) {
    texts.push_back(prose.sentence(prose.tongue(), prose.between(10, 60)));
    if (i % marked_every != 0) continue;
    words[i] = mark("rafale", i);
    texts.back() += " " + words[i];
  }
  Watch watch(index);
  CommandStream stream(writer, 4'096);
  for (std::size_t i = 0; i < count; ++i) {
    stream.submit(said(corpus, i % (count / 2) * 7, texts[i]),
                  [&watch, word = words[i]](const Accepted& accepted) { watch.answered(accepted.position, word); });
  }
  stream.finish();
  if (!stream.first_refusal().empty()) return fail(stream.first_refusal());
  auto freshness = watch.finish();
  freshness.texts = std::move(texts);
  return freshness;
}

}  // namespace greffe::bench
