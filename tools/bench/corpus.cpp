#include "tools/bench/corpus.h"

#include <fmt/format.h>

#include <mutex>

#include "tools/bench/dataset.h"
#include "tools/bench/prose.h"

namespace greffe::bench {
namespace {

constexpr std::uint64_t seed = 20240101;
constexpr std::size_t team_count = 20, agent_count = 20, tickets_a_contact = 5, texts_kept = 5'000;
constexpr std::size_t in_flight_max = 4'096;

CommandRequest imported(CommandRequest request, Instant at) {
  request.imported = true;
  request.occurred_at = at;
  return request;
}

class CorpusWriter {
 public:
  CorpusWriter(Writer& writer, std::size_t ticket_count)
      : stream_(writer, in_flight_max), ticket_count_(ticket_count) {}

  Result<Corpus, std::string> write() {
    write_directory();
    if (auto made = finish(); !made) return fail(made.error());
    for (std::size_t i = 0; i < ticket_count_; ++i) open(i);
    if (auto made = finish(); !made) return fail(made.error());
    for (std::size_t i = 0; i < ticket_count_; ++i) go_on(i);
    if (auto made = finish(); !made) return fail(made.error());
    return std::move(corpus_);
  }

 private:
  // Answers come from the writer's thread, in the order of the commands.
  template <class Id>
  auto keep(std::vector<Id>& ids) {
    return [this, &ids](const Accepted& accepted) {
      const std::lock_guard lock(mutex_);
      ids.push_back({accepted.stream.id});
    };
  }

  void write_directory() {
    for (std::size_t i = 0; i < team_count; ++i) {
      stream_.submit(request_by({}, TeamCommand(CreateTeam{{fmt::format("Team {}", i), {}, {}}})), keep(corpus_.teams));
    }
    for (std::size_t i = 0; i < agent_count; ++i) {
      const AgentDetails details{{fmt::format("Agent {:02}", i)}, {fmt::format("agent{}@desk.example", i)}, true, {}};
      stream_.submit(request_by({}, AgentCommand(CreateAgent{details})), keep(agents_));
    }
    for (std::size_t i = 0; i < ticket_count_ / tickets_a_contact + 1; ++i) {
      const ContactDetails details{
          {fmt::format("Contact {:06}", i)}, {fmt::format("c{}@client.example", i)}, {}, {}, {}};
      stream_.submit(request_by({}, ContactCommand(CreateContact{details})), keep(corpus_.contacts));
    }
  }

  Instant opened_at(std::size_t i) const {
    const auto share = static_cast<double>(i) / static_cast<double>(ticket_count_);
    return corpus_begin + std::chrono::duration_cast<Instant::duration>(share * corpus_duration);
  }

  void open(std::size_t i) {
    const Tongue tongue = prose_.tongue();
    tongues_.push_back(tongue);
    OpenTicket open;
    open.title = prose_.sentence(tongue, prose_.between(5, 10));
    open.description = prose_.sentence(tongue, prose_.between(30, 80));
    open.party.contact = corpus_.contacts[prose_.below(corpus_.contacts.size())];
    open.team = corpus_.teams[prose_.skewed(corpus_.teams.size())];
    open.assignee = agents_[prose_.below(agents_.size())];
    open.external_id = fmt::format("INC{}", 1'000'000 + i);
    if (corpus_.texts.size() < texts_kept) corpus_.texts.push_back(open.description);
    stream_.submit(imported(request_by({}, TicketCommand(std::move(open))), opened_at(i)), keep(corpus_.tickets));
  }

  void go_on(std::size_t i) {
    const std::uint64_t id = corpus_.tickets[i].value;
    const Tongue tongue = tongues_[i];
    Instant at = opened_at(i);
    for (auto count = prose_.below(7); count > 0; --count) {
      at += std::chrono::minutes(prose_.between(5, 2'000));
      const auto visibility = prose_.below(3) == 0 ? Visibility::internal : Visibility::everyone;
      PostMessage message{visibility, prose_.sentence(tongue, prose_.between(10, 60))};
      stream_.submit(
          imported(request_by(agents_[prose_.below(agents_.size())], TicketCommand(std::move(message)), id), at));
    }
    if (prose_.below(10) == 0) return;  // still open
    CloseTicket close;
    close.resolution = prose_.sentence(tongue, prose_.between(3, 12));
    stream_.submit(imported(request_by({}, TicketCommand(std::move(close)), id), at + std::chrono::hours(4)));
  }

  Result<void, std::string> finish() {
    stream_.finish();
    if (auto refusal = stream_.first_refusal(); !refusal.empty()) return fail(std::move(refusal));
    return {};
  }

  std::mutex mutex_;
  Corpus corpus_;
  std::vector<AgentId> agents_;
  std::vector<Tongue> tongues_;
  Prose prose_{seed};
  CommandStream stream_;  // after what its answers are put into
  const std::size_t ticket_count_;
};

}  // namespace

Result<Corpus, std::string> write_corpus(Writer& writer, std::size_t ticket_count) {
  return CorpusWriter(writer, ticket_count).write();
}

}  // namespace greffe::bench
