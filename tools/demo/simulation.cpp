#include "tools/demo/simulation.h"

#include <fmt/format.h>

#include <queue>
#include <random>

#include "events/codec.h"
#include "tools/demo/directory.h"
#include "tools/demo/texts.h"

namespace greffe::demo {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

enum class Act : std::uint8_t { open, claim, answer, ask, client_answer, note, raise, close, reopen, close_again };

struct Step {
  Instant at;
  std::size_t ticket;
  Act act;
  // The queue gives the earliest first; the ticket breaks ties, so that runs are equal.
  bool operator>(const Step& o) const { return std::tie(at, ticket) > std::tie(o.at, o.ticket); }
};

struct Life {
  std::uint64_t id = 0;
  std::size_t story = 0;
  ContactId contact;
  AgentId agent;
};

class Simulation {
 public:
  Simulation(Writer& writer, StoryClock& clock, const SimulationOptions& options)
      : writer_(writer), clock_(clock), options_(options), random_(options.seed) {}

  Result<SimulationResult, std::string> run(const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    clock_.set(options_.start);
    auto people = create_people(
        [this](AnyCommand c, std::uint64_t target, Actor by) { return submit(std::move(c), target, by); });
    if (!people) return fail(people.error());
    people_ = std::move(*people);
    lives_.resize(options_.tickets);
    for (std::size_t i = 0; i < lives_.size(); ++i) steps_.push({arrival(), i, Act::open});
    std::uint64_t opened = 0;
    while (!steps_.empty() && steps_.top().at < options_.end) {
      const Step step = steps_.top();
      steps_.pop();
      clock_.set(step.at);
      if (auto done = play(step); !done) return fail(done.error());
      if (step.act == Act::open && progress) progress(++opened, lives_.size());
    }
    return result_;
  }

 private:
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  bool chance(unsigned percent) { return below(100) < percent; }
  minutes between(int least, int most) {
    return minutes(least + static_cast<int>(below(static_cast<std::uint64_t>(most - least))));
  }

  // Moves an instant into the desk's hours, Monday to Friday, 7:00 to 17:00 UTC.
  Instant in_hours(Instant at) {
    auto day = std::chrono::floor<std::chrono::days>(at);
    const bool late = at - day >= hours(17);
    if (late) day += std::chrono::days(1);
    const bool moved = late || at - day < hours(7) || weekend(day);
    while (weekend(day)) day += std::chrono::days(1);
    return moved ? Instant(day + hours(7) + between(0, 90)) : at;
  }

  static bool weekend(std::chrono::sys_days day) {
    const auto weekday = std::chrono::weekday(day);
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
  }

  Instant arrival() {
    const auto span = std::chrono::duration_cast<minutes>(options_.end - options_.start).count();
    const Instant at = options_.start + minutes(static_cast<std::int64_t>(below(static_cast<std::uint64_t>(span))));
    // Clients write at night and on Sundays too, but seldom.
    return chance(85) ? in_hours(at) : at;
  }

  void then(const Step& step, Act act, minutes delay, bool by_agent = true) {
    const Instant at = step.at + delay + std::chrono::seconds(below(60));
    steps_.push({by_agent ? in_hours(at) : at, step.ticket, act});
  }

  Result<Accepted, std::string> submit(AnyCommand command, std::uint64_t target, Actor by) {
    CommandRequest request;
    request.command = std::move(command);
    request.target = target;
    request.actor = {ActorKind::administrator, 0};
    if (by.kind != ActorKind::administrator) request.on_behalf_of = by;
    auto answer = writer_.submit(std::move(request));
    if (!answer) return fail(fmt::format("refused: {} {}", name_of(answer.error().code), answer.error().detail));
    ++result_.commands;
    result_.events += answer->events.size();
    return std::move(*answer);
  }

  Result<void, std::string> command(const Life& life, TicketCommand command, bool by_client = false) {
    const Actor by =
        by_client ? Actor{ActorKind::contact, life.contact.value} : Actor{ActorKind::agent, life.agent.value};
    const auto answer = submit(std::move(command), life.id, by);
    if (!answer) return fail(answer.error());
    return {};
  }

  Result<void, std::string> message(const Life& life, std::string_view text, Visibility visibility,
                                    bool by_client = false) {
    return command(life, PostMessage{visibility, std::string(text)}, by_client);
  }

  Result<void, std::string> open(const Step& step, Life& life) {
    life.story = below(stories().size());
    life.contact = people_.contacts[below(people_.contacts.size())];
    life.agent = people_.agents[below(people_.agents.size())];
    const Story& story = stories()[life.story];
    OpenTicket open;
    open.title = std::string(story.title);
    open.description = std::string(story.description);
    open.classification = {
        {std::string(story.category), std::string(story.sub_category)}, std::string(story.request_type), {}};
    open.party.contact = life.contact;
    open.team = people_.teams[below(people_.teams.size())];
    const bool by_phone = chance(30);
    open.channel = by_phone ? Channel::manual : chance(50) ? Channel::email : Channel::portal;
    open.origin = by_phone ? "call" : "mail";
    if (chance(20)) open.priority = chance(30) ? "critical" : "high";
    const Actor by =
        by_phone ? Actor{ActorKind::agent, life.agent.value} : Actor{ActorKind::contact, life.contact.value};
    const auto answer = submit(TicketCommand(std::move(open)), 0, by);
    if (!answer) return fail(answer.error());
    life.id = answer->stream.id;
    then(step, Act::claim, between(5, chance(20) ? 1'200 : 150));
    return {};
  }

  Result<void, std::string> play(const Step& step) {
    Life& life = lives_[step.ticket];
    const Story& story = stories()[life.story];
    switch (step.act) {
      case Act::open: return open(step, life);
      case Act::claim: then(step, Act::answer, between(2, 90)); return command(life, ClaimTicket{});
      case Act::answer:
        then(step, chance(45) ? Act::ask : Act::note, between(3, 400));
        if (auto done = command(life, ChangeStatus{"open"}); !done) return done;
        return message(life, story.first_answer, Visibility::everyone);
      case Act::ask:
        then(step, Act::client_answer, between(20, 2'500), false);
        if (auto done = message(life, story.question, Visibility::everyone); !done) return done;
        return command(life, ChangeStatus{"pending"});
      case Act::client_answer:
        then(step, Act::note, between(5, 300));
        if (auto done = message(life, story.client_answer, Visibility::everyone, true); !done) return done;
        return command(life, ChangeStatus{"open"});
      case Act::note:
        then(step, chance(12) ? Act::raise : Act::close, between(10, 1'500));
        return message(life, story.note, Visibility::internal);
      case Act::raise:
        then(step, Act::close, between(10, 600));
        if (auto done = command(life, ChangePriority{"critical"}); !done) return done;
        return command(life, MoveTicketToTeam{people_.teams[below(people_.teams.size())]});
      case Act::close:
        if (chance(7)) then(step, Act::reopen, between(300, 6'000));
        return command(life, CloseTicket{{}, std::string(story.resolution)});
      case Act::reopen:
        then(step, Act::close_again, between(30, 900));
        return command(life, ReopenTicket{{}, "Le client signale que le problème est revenu."});
      case Act::close_again: return command(life, CloseTicket{{}, std::string(story.resolution)});
    }
    return {};
  }

  Writer& writer_;
  StoryClock& clock_;
  const SimulationOptions& options_;
  std::mt19937_64 random_;
  People people_;
  std::vector<Life> lives_;
  std::priority_queue<Step, std::vector<Step>, std::greater<>> steps_;
  SimulationResult result_;
};

}  // namespace

Result<bool, LogFailure> is_untouched(const Log& log) {
  const auto reader = log.read(Position{1});
  while (reader->next()) {
    const auto record = decode(reader->bytes());
    // Profiles lay down settings, templates, replies and contexts, no people and no tickets.
    if (!record || record->envelope.stream_kind <= StreamKind::team) return false;
  }
  if (reader->failure()) return fail(*reader->failure());
  return true;
}

Result<SimulationResult, std::string> simulate(Writer& writer, StoryClock& clock, const SimulationOptions& options,
                                               const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  return Simulation(writer, clock, options).run(progress);
}

}  // namespace greffe::demo
