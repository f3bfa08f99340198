// Random commands, legal and not, decided in random groups against a small cache.
#include <rapidcheck.h>

#include <map>
#include <set>

#include "commands/decider.h"
#include "commands/ticket/check_snapshots.h"
#include "events/check.h"
#include "tests/commands_office.h"

using namespace greffe;

namespace {

// What every desk begins with: two agents, a team, two contacts, an organisation and three
// tickets. Commands aim at these and, for what must be refused, at a neighbour of them.
AgentId some_agent(unsigned n) { return {1 + n % 3}; }
TeamId some_team(unsigned n) { return {3 + n % 2}; }
ContactId some_contact(unsigned n) { return {4 + n % 3}; }
OrganisationId some_organisation(unsigned n) { return {6 + n % 2}; }
TicketId some_ticket(unsigned n) { return {7 + n % 4}; }

// Three numbers make a command: what, of which aggregate, with which argument.
using RandomStep = std::tuple<std::uint8_t, std::uint8_t, std::uint8_t>;

constexpr std::array statuses = {"new", "open", "pending", "resolved", "closed", "nowhere"};
constexpr std::array priorities = {"low", "normal", "critical", "urgent"};
constexpr std::array emails = {"", "a@x.fr", "A@X.fr", "b@x.fr", "broken"};
constexpr std::array ids = {"", "EXT-1", "EXT-2"};

std::string pick(const auto& from, unsigned at) { return from[at % from.size()]; }

TicketCommand ticket_command(unsigned what, unsigned target, unsigned arg) {
  const std::string text = arg % 7 == 0 ? "" : "text " + std::to_string(arg % 3);
  switch (what % 15) {
    case 0: return RenameTicket{text};
    case 1: return EditDescription{text};
    case 2: return ClaimTicket{};
    case 3: return TakeOverTicket{};
    case 4: return AssignTicket{some_agent(arg)};
    case 5: return UnassignTicket{};
    case 6: return MoveTicketToTeam{arg % 4 == 0 ? std::nullopt : std::optional(some_team(arg))};
    case 7: return ChangeStatus{pick(statuses, arg)};
    case 8: return ChangePriority{pick(priorities, arg)};
    case 9: return ClassifyTicket{{{text}}, {}, text};
    case 10: return LinkContact{{some_contact(arg), {}}};
    case 11: return PostMessage{Visibility::internal, text};
    case 12: return CloseTicket{{}, text};
    case 13: return ReopenTicket{{}, text};
    default: break;
  }
  OpenTicket open;
  open.title = text;
  if (target % 4 == 0) open.assignee = some_agent(arg);
  if (target % 5 == 0) open.party.contact = some_contact(arg);
  open.external_id = pick(ids, target);
  return open;
}

AnyCommand directory_command(unsigned what, unsigned target, unsigned arg) {
  const std::string email = pick(emails, arg);
  ChangeContact change_contact;
  change_contact.email = email;
  ChangeAgent change_agent;
  change_agent.email = email;
  change_agent.assignable = arg % 3 != 0;
  ChangeTeam change_team;
  change_team.members = {some_agent(arg)};
  switch (what % 13) {
    case 0: return ContactCommand(CreateContact{{{"P"}, {email}, {}, {}, pick(ids, target)}});
    case 1: return ContactCommand(change_contact);
    case 2: return ContactCommand(Deactivate{});
    case 3: return ContactCommand(Reactivate{});
    case 4: return AgentCommand(CreateAgent{{{"A"}, {email}, arg % 3 != 0, pick(ids, target)}});
    case 5: return AgentCommand(change_agent);
    case 6: return AgentCommand(Deactivate{});
    case 7: return AgentCommand(Reactivate{});
    case 8: return TeamCommand(CreateTeam{{"T", {some_agent(arg)}, {}}});
    case 9: return TeamCommand(change_team);
    case 10: return OrganisationCommand(CreateOrganisation{{{"O"}, {}, pick(ids, target)}});
    case 11: return OrganisationCommand(Deactivate{});
    default: return ReplaceSettings{TenantConfigured{arg % 2 == 0 ? "Asia/Tokyo" : "Europe/Paris", {"fr"}}};
  }
}

std::uint64_t target_of_kind(const AnyCommand& command, unsigned n) {
  return std::visit(overloaded{
                        [&](const TicketCommand&) { return some_ticket(n).value; },
                        [&](const ContactCommand&) { return some_contact(n).value; },
                        [&](const OrganisationCommand&) { return some_organisation(n).value; },
                        [&](const AgentCommand&) { return some_agent(n).value; },
                        [&](const TeamCommand&) { return some_team(n).value; },
                        [](const auto&) { return std::uint64_t{0}; },  // nothing else is asked here
                    },
                    command);
}

CommandRequest request_of(const RandomStep& step, std::size_t number) {
  const unsigned what = std::get<0>(step), target = std::get<1>(step), arg = std::get<2>(step);
  const AnyCommand command =
      what % 3 == 0 ? directory_command(what / 3, target, arg) : AnyCommand(ticket_command(what / 3, target, arg));
  auto r = request(command, target_of_kind(command, target));
  if (arg % 2 == 0) r.actor = {ActorKind::agent, some_agent(arg / 2).value};
  r.imported = arg % 11 == 0;
  r.dry_run = target % 13 == 12;
  return with_id(std::move(r), "k-" + std::to_string(number));
}

// A decider that appends its groups itself.
struct Desk {
  Desk() {
    group = decider.new_group();
    for (int i = 0; i < 2; ++i) make(AgentCommand(CreateAgent{{{"Anne"}, {}, true, {}}}));
    make(TeamCommand(CreateTeam{{"Support", {AgentId{1}}, {}}}));
    for (int i = 0; i < 2; ++i) make(ContactCommand(CreateContact{{{"Paul"}, {}, {}, {}, {}}}));
    make(OrganisationCommand(CreateOrganisation{{{"Acme"}, {}, {}}}));
    for (int i = 0; i < 3; ++i) make(open_ticket());
    append();
  }

  Decision<Accepted> decide(const CommandRequest& r) {
    auto decision = decider.decide(r, *group);
    RC_ASSERT(!decider.view().failure());
    return decision;
  }
  void make(AnyCommand command) { GREFFE_CHECK(decide(request(std::move(command))), "the desk's first entries"); }
  void append() {
    if (!group->log.entries.empty() || !group->log.index.empty()) {
      RC_ASSERT(log->append(group->expected_tail, group->log).has_value());
    }
    decider.view().settle(group->number);
    group = decider.new_group();
  }

  std::unique_ptr<Log> log = open_memory_log();
  SetClock clock{*parse_rfc3339("2025-02-28T10:30:00Z")};
  Decider decider{*log, clock, {.cache_streams_max = 3, .snapshot_every = 2}, {default_settings(), {}, {}}};
  std::unique_ptr<Group> group;
};

// Every sequence of numbers of a day begins at 1 and has no gap.
void check_numbers(const Log& log) {
  std::map<std::string, std::set<std::uint64_t>> days;
  const auto reader = log.read({1});
  while (reader->next()) {
    const auto record = decode(reader->bytes());
    RC_ASSERT(record.has_value());
    const auto* event = std::get_if<TicketEvent>(&record->event);
    if (event == nullptr || !std::holds_alternative<TicketOpened>(*event)) continue;
    const auto& opened = std::get<TicketOpened>(*event);
    RC_ASSERT(days[opened.series].insert(opened.sequence).second);
  }
  for (const auto& [day, sequences] : days) RC_ASSERT(*sequences.rbegin() == sequences.size());
}

}  // namespace

TEST_CASE("whatever is asked, states in the cache are the fold of the log and the indexes follow the events") {
  CHECK(rc::check("random commands", [](const std::vector<RandomStep>& steps) {
    Desk desk;
    std::vector<std::optional<Accepted>> firsts;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      auto r = request_of(steps[i], i);
      const auto decision = desk.decide(r);
      firsts.push_back(decision && !r.dry_run ? std::optional(*decision) : std::nullopt);
      if (std::get<2>(steps[i]) % 3 == 0) desk.append();
    }
    desk.append();
    for (const auto kind :
         {StreamKind::ticket, StreamKind::contact, StreamKind::organisation, StreamKind::agent, StreamKind::team}) {
      for (std::uint64_t id = 1; id <= desk.log->tail().value; ++id) {
        const AnyState* cached = desk.decider.view().find({kind, id});
        AnyState folded = empty_state(kind);
        RC_ASSERT(fold_rest(*desk.log, {kind, id}, folded).has_value());
        RC_ASSERT((cached != nullptr) == (version_of(folded) != Version{}));
        if (cached == nullptr) continue;
        RC_ASSERT(*cached == folded);
        RC_ASSERT(fold_all(*desk.log, {kind, id}, version_of(folded)) == folded);
      }
    }
    check_numbers(*desk.log);
    SnapshotCheck snapshots(*desk.log);
    RC_ASSERT(check_log(*desk.log, {}, [&](const Record& record) { snapshots.feed(record); }).sound());
    RC_ASSERT(snapshots.findings().empty());
    const Position tail = desk.log->tail();
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (!firsts[i]) continue;
      const auto again = desk.decide(request_of(steps[i], i));
      RC_ASSERT(again.has_value());
      RC_ASSERT(again->repeated);
      RC_ASSERT(again->position == firsts[i]->position);
      RC_ASSERT(again->version == firsts[i]->version);
    }
    desk.append();
    RC_ASSERT(desk.log->tail() == tail);
  }));
}

TEST_CASE("a writer that has just started decides as one that has run for long") {
  CHECK(rc::check("fresh and old", [](const std::vector<RandomStep>& steps) {
    Desk desk;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      auto r = request_of(steps[i], i);
      r.dry_run = false;
      auto dry = r;
      dry.dry_run = true;
      auto settings = fold_settings(*desk.log);
      RC_ASSERT(settings.has_value());
      Decider fresh(*desk.log, desk.clock, {.cache_streams_max = 3}, {*settings, desk.log->tail(), {}});
      const auto group = fresh.new_group();
      const auto expected = fresh.decide(dry, *group);
      const auto decision = desk.decide(r);
      RC_ASSERT(expected.has_value() == decision.has_value());
      if (decision) RC_ASSERT(expected->dry_run.size() == decision->events.size());
      else RC_ASSERT(expected.error().code == decision.error().code);
      RC_ASSERT(group->log.entries.empty() && group->log.index.empty());
      std::vector<std::string> bytes;
      if (expected) {
        for (const Record& record : expected->dry_run) RC_ASSERT(encode(record, bytes.emplace_back()));
      }
      RC_ASSERT(bytes.size() == desk.group->log.entries.size());
      for (std::size_t k = 0; k < bytes.size(); ++k) RC_ASSERT(bytes[k] == desk.group->log.entries[k].bytes);
      desk.append();
    }
  }));
}

TEST_CASE("a state that a caller read ahead is brought up to date before it is used") {
  Desk desk;
  const auto id = desk.decide(request(open_ticket()))->stream.id;
  desk.append();
  AnyState warm = empty_state(StreamKind::ticket);
  REQUIRE(fold_rest(*desk.log, {StreamKind::ticket, id}, warm));
  CHECK(desk.decide(request(TicketCommand(RenameTicket{"Fax"}), id)));
  desk.append();
  for (int i = 0; i < 5; ++i) CHECK(desk.decide(request(open_ticket())));
  desk.append();
  REQUIRE_FALSE(desk.decider.view().holds({StreamKind::ticket, id}));
  desk.decider.view().take({StreamKind::ticket, id}, std::move(warm));
  const auto same = desk.decider.decide(request(TicketCommand(RenameTicket{"Fax"}), id), *desk.group);
  REQUIRE(same);
  CHECK(same->events.empty());
  CHECK(same->version == Version{2});
}

TEST_CASE("a state that is ahead of the durable log is not forgotten") {
  Desk desk;
  std::vector<std::uint64_t> tickets;
  for (int i = 0; i < 6; ++i) tickets.push_back(desk.decide(request(open_ticket()))->stream.id);
  const auto in_flight = std::move(desk.group);
  desk.decider.view().settle({0});
  desk.group = desk.decider.new_group();
  for (const auto id : tickets) {
    const auto renamed = desk.decide(request(TicketCommand(RenameTicket{"Fax"}), id));
    REQUIRE(renamed);
    CHECK(renamed->version == Version{2});
  }
  REQUIRE(desk.log->append(in_flight->expected_tail, in_flight->log));
  desk.decider.view().settle(in_flight->number);
  desk.append();
  CHECK_FALSE(desk.decider.view().holds({StreamKind::ticket, tickets[0]}));
  CHECK(desk.decide(request(TicketCommand(RenameTicket{"Fax"}), tickets[0]))->events.empty());
}
