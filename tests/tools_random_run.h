// Random requests through a real writer on a log without a disk, and what every answer must keep
// to, whatever was asked.
#pragma once

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <atomic>
#include <exception>
#include <future>
#include <set>
#include <sstream>

#include "commands/request_rules.h"
#include "commands/writer.h"
#include "events/json.h"
#include "storage/memory_log.h"
#include "tests/commands_logs.h"
#include "tests/tools_random_request.h"

namespace greffe::random_desk {

inline rc::Gen<RandomSteps> random_steps(int steps_max) {
  using rc::gen::arbitrary;
  const auto step =
      rc::gen::construct<RandomStep>(arbitrary<std::uint32_t>(), arbitrary<std::uint32_t>(), arbitrary<std::uint32_t>(),
                                     arbitrary<std::uint64_t>(), arbitrary<std::uint64_t>());
  return rc::gen::resize(steps_max, rc::gen::container<RandomSteps>(rc::gen::resize(rc::kNominalSize, step)));
}

// rc::check with a number of cases of our own: each is long, and some open stores. Another round
// is of other cases. False if one failed.
template <class Property>
bool check_cases(int cases, Property&& property, std::uint64_t round = 0) {
  auto params = rc::detail::configuration().testParams;
  params.maxSuccess = cases;
  params.seed += round;
  const auto result = rc::detail::checkTestable(std::forward<Property>(property), rc::detail::TestMetadata{}, params);
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  INFO(text.str());
  const bool passed = result.template is<rc::detail::SuccessResult>();
  CHECK(passed);
  return passed;
}

// What became of the commands of all runs together.
struct Tally {
  std::uint64_t changed = 0;    // accepted, with events
  std::uint64_t unchanged = 0;  // accepted, and nothing was to do
  std::uint64_t refused = 0;    // by a rule of its own: not as the target is not there, or the caller not allowed
};
struct Coverage {
  std::vector<Tally> commands = std::vector<Tally>(kinds().size());
  std::set<RejectionCode> refusals;
  std::set<std::string_view> events;
  std::uint64_t repeats = 0, dry_runs = 0;
};

constexpr bool is_about_caller(RejectionCode code) {
  switch (code) {
    case RejectionCode::ticket_not_found:
    case RejectionCode::contact_not_found:
    case RejectionCode::organisation_not_found:
    case RejectionCode::agent_not_found:
    case RejectionCode::team_not_found:
    case RejectionCode::canned_reply_not_found:
    case RejectionCode::template_not_found:
    case RejectionCode::context_not_found:
    case RejectionCode::view_not_found:
    case RejectionCode::contract_not_found:
    case RejectionCode::stale_version:
    case RejectionCode::command_id_reused:
    case RejectionCode::forbidden: return true;
    default: return false;
  }
}

class Run {
 public:
  explicit Run(Coverage& coverage, std::size_t cache_streams_max = 200) : coverage_(coverage) {
    WriterOptions options;
    options.cache_streams_max = cache_streams_max;
    options.snapshot_every = 3;
    writer_ = start(options);
    furnish();
  }

  // A property that failed tells its whole story.
  ~Run() {
    if (std::uncaught_exceptions() == 0) return;
    for (const Record& record : folded_.records()) RC_LOG() << to_json(record).dump().substr(0, 400) << "\n";
    for (const std::string& line : story_) RC_LOG() << line << "\n";
  }

  void play(const RandomSteps& steps) {
    for (const RandomStep& step : steps) ask(step);
    settle();
  }

  // The answer to one request, and what follows from it.
  Decision<Accepted> ask(CommandRequest request) {
    settle();
    auto answer = writer_->submit(std::move(request));
    follow();
    return answer;
  }
  Accepted accept(AnyCommand command, std::uint64_t target = 0) {
    CommandRequest request;
    request.command = std::move(command);
    request.target = target;
    request.actor = {ActorKind::administrator, 0};
    const auto answer = ask(std::move(request));
    if (!answer) RC_FAIL("refused: " + std::string(name_of(answer.error().code)) + " " + answer.error().detail);
    return *answer;
  }
  template <class Area>
  void set(Area area) {
    accept(ReplaceSettings{SettingsEvent(std::move(area))});
  }

  std::unique_ptr<Writer> start(const WriterOptions& options) {
    auto started = Writer::start(*log_, clock_, options, [this](const LogFailure&) { failed_ = true; });
    RC_ASSERT(started.has_value());
    return std::move(*started);
  }
  const Writer& writer() const { return *writer_; }
  const Log& log() const { return *log_; }
  const Folded& folded() const { return folded_; }
  Instant now() const { return clock_.now(); }

  // Called after every group, when all of it is durable.
  std::function<void()> on_group = [] {};

 private:
  struct Sent {
    std::size_t kind = 0;
    CommandRequest request;
    std::optional<std::size_t> again;  // a repeat of what was answered so
    std::future<Decision<Accepted>> answer;
  };
  struct Answered {
    CommandRequest request;
    Accepted first;
  };

  void furnish();

  void ask(const RandomStep& step) {
    Draw manner(step.manner, 0, now());
    const bool ends_group = manner.below(3) != 2;
    const bool named = manner.below(3) == 2;
    CommandRequest request = request_of(step, folded_, now());
    if (named) request.command_id = "k-" + std::to_string(++last_name_);
    if (manner.one_in(8)) {
      CommandRequest dry = request;
      dry.dry_run = true;
      send(kind_of(step), std::move(dry));
    }
    send(kind_of(step), std::move(request));
    if (!answered_.empty() && manner.one_in(8)) repeat(manner);
    if (!ends_group) return;
    settle();
    move_clock(manner);
  }

  // The same command id comes again, now and then with another body.
  void repeat(Draw& manner) {
    const auto which = static_cast<std::size_t>(manner.below(answered_.size()));
    CommandRequest request = answered_[which].request;
    request.if_version.reset();
    if (manner.one_in(4)) request.digest.fill(7);
    send(0, std::move(request), which);
  }

  // Mostly forth; a clock that was set back does not set the log back.
  void move_clock(Draw& manner) {
    using namespace std::chrono;
    const auto step = manner.of({seconds(1), seconds(0), seconds(60), seconds(hours(2)), seconds(hours(24)),
                                 seconds(hours(-1)), seconds(hours(72))});
    clock_.set(now() + step + (manner.one_in(12) ? hours(40 * 24) : hours(0)));
  }

  void send(std::size_t kind, CommandRequest request, std::optional<std::size_t> again = {}) {
    auto promise = std::make_shared<std::promise<Decision<Accepted>>>();
    sent_.push_back({kind, request, again, promise->get_future()});
    writer_->submit(std::move(request),
                    [promise](Decision<Accepted> answer) { promise->set_value(std::move(answer)); });
  }

  void follow() {
    RC_ASSERT(folded_.follow(*log_));
    RC_ASSERT(!failed_);
    on_group();
  }

  void settle() {
    if (sent_.empty()) return;
    std::vector<Decision<Accepted>> answers;
    for (Sent& sent : sent_) {
      RC_ASSERT(sent.answer.wait_for(std::chrono::seconds(30)) == std::future_status::ready);
      answers.push_back(sent.answer.get());
    }
    follow();
    for (std::size_t i = 0; i < sent_.size(); ++i) tell(sent_[i], answers[i]);
    for (std::size_t i = 0; i < sent_.size(); ++i) {
      const Sent& sent = sent_[i];
      if (!answers[i]) check_refusal(sent, answers[i].error());
      else if (sent.request.dry_run) check_dry_run(*answers[i]);
      else check_accepted(sent, *answers[i]);
      // What a dry run says is what happens when it is asked in earnest.
      if (sent.request.dry_run) check_kept(answers[i], answers[i + 1]);
    }
    sent_.clear();
  }

  void tell(const Sent& sent, const Decision<Accepted>& answer) {
    const std::string asked = kinds()[sent.kind].name + " of " + std::to_string(sent.request.target) + " by " +
                              std::string(name_of(doer(sent.request).kind)) + "/" +
                              std::to_string(doer(sent.request).id) + (sent.request.dry_run ? ", dry: " : ": ");
    if (!answer) story_.push_back(asked + std::string(name_of(answer.error().code)) + " " + answer.error().detail);
    else
      story_.push_back(asked + std::to_string(answer->events.size()) + " events up to " +
                       std::to_string(answer->position.value));
  }

  void check_refusal(const Sent& sent, const Rejection& why) {
    RC_ASSERT(name_of(why.code) != "?");
    RC_ASSERT(why.code != RejectionCode::log_failed);
    RC_ASSERT(why.code != RejectionCode::queue_full);
    RC_ASSERT(why.code != RejectionCode::stopping);
    RC_ASSERT(!why.detail.empty());
    RC_ASSERT((why.code == RejectionCode::invalid_fields) == !why.fields.empty());
    for (const FieldFault& fault : why.fields) RC_ASSERT(name_of(fault.code) != "?");
    const bool names_root = why.code == RejectionCode::ticket_merged || why.code == RejectionCode::already_merged ||
                            why.code == RejectionCode::target_merged;
    // To a client a root that they may not read is not named.
    const bool by_client = doer(sent.request).kind == ActorKind::contact;
    RC_ASSERT(names_root == !why.root.empty() || (names_root && by_client));
    if (sent.again) RC_ASSERT(why.code == RejectionCode::command_id_reused);
    coverage_.refusals.insert(why.code);
    if (!is_about_caller(why.code)) ++coverage_.commands[sent.kind].refused;
  }

  void check_accepted(const Sent& sent, const Accepted& answer) {
    RC_ASSERT(answer.repeated == sent.again.has_value());
    RC_ASSERT(answer.dry_run.empty());
    RC_ASSERT(answer.version == folded_.version(answer.stream, answer.position));
    if (sent.again) return check_repeat(sent, answer);
    for (std::size_t i = 0; i < answer.events.size(); ++i) {
      const Record& record = folded_.at(answer.events[i].position);
      RC_ASSERT(answer.events[i].type == event_name(record.event));
      RC_ASSERT(record.envelope.commit_first == answer.events.front().position);
      RC_ASSERT(record.envelope.commit_count == answer.events.size());
      RC_ASSERT(record.envelope.command_id == sent.request.command_id);
      RC_ASSERT(record.envelope.actor == sent.request.actor);
      coverage_.events.insert(answer.events[i].type);
    }
    if (!answer.events.empty()) RC_ASSERT(answer.events.back().position == answer.position);
    if (answer.stream.kind == StreamKind::ticket) {
      RC_ASSERT(answer.number == folded_.ticket({answer.stream.id}).number);
    }
    ++(answer.events.empty() ? coverage_.commands[sent.kind].unchanged : coverage_.commands[sent.kind].changed);
    if (!sent.request.command_id.empty()) answered_.push_back({sent.request, answer});
  }

  void check_repeat(const Sent& sent, const Accepted& answer) {
    const Accepted& first = answered_[*sent.again].first;
    RC_ASSERT(sent.request.digest == answered_[*sent.again].request.digest);
    RC_ASSERT(answer.stream == first.stream);
    RC_ASSERT(answer.position == first.position);
    RC_ASSERT(answer.number == first.number);
    RC_ASSERT(answer.left_open == first.left_open);
    RC_ASSERT(answer.events.size() == first.events.size());
    ++coverage_.repeats;
  }

  void check_dry_run(const Accepted& answer) {
    RC_ASSERT(answer.events.empty());
    RC_ASSERT(!answer.repeated);
    ++coverage_.dry_runs;
  }

  void check_kept(const Decision<Accepted>& dry, const Decision<Accepted>& earnest) {
    RC_ASSERT(dry.has_value() == earnest.has_value());
    if (!dry) {
      RC_ASSERT(dry.error().code == earnest.error().code);
      RC_ASSERT(dry.error().fields == earnest.error().fields);
      return;
    }
    RC_ASSERT(dry->dry_run.size() == earnest->events.size());
    for (std::size_t i = 0; i < dry->dry_run.size(); ++i) {
      std::string bytes;
      RC_ASSERT(encode(dry->dry_run[i], bytes));
      RC_ASSERT(bytes == log_->read_one(earnest->events[i].position).value());
    }
  }

  Coverage& coverage_;
  std::unique_ptr<Log> log_ = open_memory_log();
  SetClock clock_{*parse_rfc3339("2025-02-28T10:30:00Z")};
  std::atomic<bool> failed_ = false;
  std::unique_ptr<Writer> writer_;
  Folded folded_;
  std::vector<Sent> sent_;
  std::vector<Answered> answered_;
  std::vector<std::string> story_;
  std::uint64_t last_name_ = 0;
};

// What every desk begins with: somebody of every role, something of every kind, a few tickets.
inline void Run::furnish() {
  const Settings defaults = default_settings();
  for_each_area([&](SettingsArea, auto area) { set(defaults.*area); });
  HandlingDefined handling = defaults.handling;
  handling.deletion = Deletion::tombstone;
  handling.due_edit = DueEdit::agent;
  set(handling);
  // Small enough that trees meet their bounds.
  RelationsDefined relations;
  relations.depth_max = 2;
  relations.children_max = 3;
  set(relations);
  PointsDefined points;
  points.enabled = true;
  set(points);
  OrganisationDetails house;
  house.display_name = {"Acme"};
  house.external_id = "EXT-1";
  const OrganisationId acme{accept(OrganisationCommand(CreateOrganisation{house})).stream.id};
  for (const AgentRole role : {AgentRole::agent, AgentRole::supervisor, AgentRole::administrator, AgentRole::auditor}) {
    AgentDetails agent;
    agent.display_name = {std::string(name_of(role))};
    agent.assignable = role != AgentRole::auditor;
    agent.role = role;
    accept(AgentCommand(CreateAgent{agent}));
  }
  const AgentId first{folded_.ids(StreamKind::agent).front()};
  accept(TeamCommand(CreateTeam{{"Network", {first}, "EXT-1"}}));
  for (const ContactRole role : {ContactRole::subscriber, ContactRole::manager}) {
    ContactDetails person;
    person.display_name = {std::string(name_of(role))};
    person.email = {std::string(name_of(role)) + "@acme.example"};
    person.organisation = acme;
    person.role = role;
    accept(ContactCommand(CreateContact{person}));
  }
  accept(CannedReplyCommand(CreateCannedReply{{"Hello", "fr", "Bonjour {{client.name}}", Visibility::everyone}}));
  TextTemplateDetails text;
  text.title = "Mail";
  text.purpose = TemplatePurpose::notification;
  text.language = "fr";
  text.body = "<p>{{ticket.title}}</p>";
  accept(TextTemplateCommand(CreateTextTemplate{text}));
  accept(ContextCommand(CreateContext{{"vehicle", {"AB-123-CD"}, {}, {}, "EXT-1"}}));
  accept(SavedViewCommand(CreateSavedView{{"Mine", first, "view=open", {}}}));
  const auto contract = accept(ContractCommand(CreateContract{{"Support", {}, acme, {}}})).stream.id;
  accept(ContractCommand(CreditPoints{20, {}}), contract);
  for (const std::uint64_t contact : {0U, 0U, 1U, 1U, 2U}) {
    OpenTicket open;
    open.title = "Imprimante";
    if (contact == 2) open.kind = TicketKind::internal;
    if (contact < 2) open.party.contact = ContactId{folded_.ids(StreamKind::contact)[contact]};
    const std::uint64_t ticket = accept(TicketCommand(open)).stream.id;
    for (const char* task : {"Call back", "Order it"}) accept(TicketCommand(AddTodo{task, {}, {}}), ticket);
  }
}

}  // namespace greffe::random_desk
