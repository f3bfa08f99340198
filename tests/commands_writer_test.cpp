#include "commands/settings/decide.h"
#include "storage/memory_log.h"
#include "tests/commands_office.h"

using namespace greffe;

TEST_CASE("a new ticket is named by the position of its first event and found by its number") {
  Office office;
  office.ticket();
  OpenTicket open{TicketKind::external, Channel::manual, {}, "Fax", {}, {}, {}, {}, {}, {}, {}, "EXT-1"};
  const auto answer = office.accept(request(TicketCommand(open)));
  CHECK(answer.stream == stream_of(TicketId{2}));
  CHECK(answer.number == "2502280002");
  CHECK(answer.version == Version{1});
  CHECK(answer.position == Position{2});
  REQUIRE(answer.events.size() == 1);
  CHECK(answer.events[0].type == "TicketOpened");
  CHECK(answer.events[0].position == Position{2});
  CHECK(*office.writer->find_ticket("2502280002") == TicketId{2});
  CHECK_FALSE(office.writer->find_ticket("2502280003")->has_value());
  CHECK(*office.writer->find_external(StreamKind::ticket, "EXT-1") == 2u);
  CHECK_FALSE(office.writer->find_external(StreamKind::contact, "EXT-1")->has_value());
  office.check_sound();
}

TEST_CASE("the events of one command are one commit with one time and one author") {
  Office office;
  const auto anne = office.agent("Anne");
  OpenTicket open;
  open.title = "Printer";
  open.assignee = anne;
  auto r = with_id(request(TicketCommand(open)), "k-1");
  r.on_behalf_of = Actor{ActorKind::agent, anne.value};
  r.correlation_id = "c-1";
  r.causation = {1};
  const auto answer = office.accept(r);
  CHECK(answer.version == Version{2});
  CHECK(answer.position == Position{3});
  for (const std::uint64_t at : {2u, 3u}) {
    const Envelope e = office.record({at}).envelope;
    CHECK(e.position == Position{at});
    CHECK(stream_of(e) == stream_of(TicketId{2}));
    CHECK(e.version == Version{static_cast<std::uint32_t>(at - 1)});
    CHECK(e.commit_first == Position{2});
    CHECK(e.commit_count == 2);
    CHECK(e.recorded_at == office.clock.now());
    CHECK(e.occurred_at == office.clock.now());
    CHECK(e.actor == Actor{ActorKind::administrator, 0});
    CHECK(e.on_behalf_of == Actor{ActorKind::agent, anne.value});
    CHECK(e.command_id == "k-1");
    CHECK(e.correlation_id == "c-1");
    CHECK(e.causation == Position{1});
  }
  office.check_sound();
}

TEST_CASE("recorded_at never goes back, not even over a restart") {
  Office office;
  office.ticket();
  const Instant before = office.clock.now();
  office.clock.set(before - std::chrono::hours(1));
  office.ticket();
  office.restart();
  office.ticket();
  CHECK(office.record({2}).envelope.recorded_at == before);
  CHECK(office.record({3}).envelope.recorded_at == before);
  office.check_sound();
}

TEST_CASE("imported history keeps its own time and is numbered by it, other commands cannot choose theirs") {
  Office office;
  auto r = request(open_ticket());
  r.occurred_at = *parse_rfc3339("2016-02-29T01:16:00Z");
  CHECK(office.accept(r).number == "2502280001");
  r.imported = true;
  CHECK(office.accept(r).number == "1602290001");
  auto future = r;
  future.occurred_at = office.clock.now() + std::chrono::milliseconds(1);
  CHECK(office.refusal(future) == RejectionCode::invalid_fields);
  CHECK(office.record({1}).envelope.occurred_at == office.clock.now());
  const auto e = office.record({2}).envelope;
  CHECK(e.occurred_at == *r.occurred_at);
  CHECK(e.recorded_at == office.clock.now());
  CHECK(e.imported);
  office.accept(request(TicketCommand(CloseTicket{}), 2));
  CHECK(office.refusal(request(TicketCommand(RenameTicket{"x"}), 2)) == RejectionCode::ticket_closed);
  auto late = request(TicketCommand(RenameTicket{"x"}), 2);
  late.imported = true;
  office.accept(late);
}

TEST_CASE("imported history does not begin before the opening of its ticket") {
  Office office;
  const auto id = office.ticket();
  const Instant opened_at = office.clock.now();
  auto r = request(TicketCommand(RenameTicket{"Fax"}), id);
  r.imported = true;
  r.occurred_at = opened_at - std::chrono::milliseconds(1);
  CHECK(office.refusal(r) == RejectionCode::invalid_fields);
  r.occurred_at = opened_at;
  office.accept(r);
  office.restart();
  r.command = TicketCommand(RenameTicket{"Printer"});
  r.occurred_at = opened_at - std::chrono::milliseconds(1);
  CHECK(office.refusal(r) == RejectionCode::invalid_fields);
}

TEST_CASE("a command on something that does not exist says what is missing") {
  Office office;
  const std::pair<AnyCommand, RejectionCode> rows[] = {
      {TicketCommand(UnassignTicket{}), RejectionCode::ticket_not_found},
      {ContactCommand(Deactivate{}), RejectionCode::contact_not_found},
      {OrganisationCommand(Deactivate{}), RejectionCode::organisation_not_found},
      {AgentCommand(Deactivate{}), RejectionCode::agent_not_found},
      {TeamCommand(Deactivate{}), RejectionCode::team_not_found}};
  const auto ticket = office.ticket();
  for (const auto& [command, code] : rows) CHECK(office.refusal(request(command, 77)) == code);
  CHECK(office.refusal(request(ContactCommand(Deactivate{}), ticket)) == RejectionCode::contact_not_found);
  CHECK(office.refusal(request(TicketCommand(UnassignTicket{}), 0)) == RejectionCode::ticket_not_found);
}

TEST_CASE("a command for another version than the stream has is refused with the present one") {
  Office office;
  const auto id = office.ticket();
  auto r = request(TicketCommand(RenameTicket{"Fax"}), id);
  r.if_version = Version{1};
  CHECK(office.accept(r).version == Version{2});
  const auto stale = office.writer->submit(r);
  REQUIRE_FALSE(stale);
  CHECK(stale.error().code == RejectionCode::stale_version);
  CHECK(stale.error().stream == stream_of(TicketId{id}));
  CHECK(stale.error().current_version == Version{2});
  auto settings = request(ReplaceSettings{default_settings().tenant});
  settings.if_version = Version{0};
  CHECK(office.accept(settings).version == Version{1});
  CHECK(office.refusal(settings) == RejectionCode::stale_version);
}

TEST_CASE("a dry run answers what would be appended and leaves no trace") {
  Office office;
  const auto anne = office.agent("Anne", "anne@x.fr");
  OpenTicket open;
  open.title = "Printer";
  open.assignee = anne;
  open.external_id = "EXT-1";
  auto r = with_id(request(TicketCommand(open)), "k-1");
  r.dry_run = true;
  for (int i = 0; i < 2; ++i) {
    const auto answer = office.accept(r);
    CHECK(answer.events.empty());
    CHECK(answer.version == Version{0});
    CHECK_FALSE(answer.repeated);
    REQUIRE(answer.dry_run.size() == 2);
    CHECK(std::get<TicketOpened>(std::get<TicketEvent>(answer.dry_run[0].event)).number == "2502280001");
    CHECK(answer.dry_run[1].envelope.position == Position{3});
  }
  CHECK(office.log->tail() == Position{1});
  CHECK(office.troubled.appends() == 1);
  r.dry_run = false;
  const auto real = office.accept(r);
  CHECK(real.number == "2502280001");
  CHECK_FALSE(real.repeated);
  r.dry_run = true;
  CHECK(office.accept(r).repeated);
  auto rename = request(TicketCommand(RenameTicket{""}), real.stream.id);
  rename.dry_run = true;
  CHECK(office.refusal(rename) == RejectionCode::invalid_fields);
  auto gone = request(AgentCommand(Deactivate{}), anne.value);
  gone.dry_run = true;
  office.accept(gone);
  CHECK(office.accept(request(TicketCommand(AssignTicket{anne}), real.stream.id)).events.empty());
}

TEST_CASE("one acts only for agents and contacts who are in use") {
  Office office;
  const auto anne = office.agent("Anne");
  const auto paul = office.accept(request(ContactCommand(CreateContact{{{"Paul"}, {}, {}, {}, {}}}))).stream.id;
  const auto act_as = [&](Actor person) {
    auto r = request(open_ticket());
    r.on_behalf_of = person;
    const auto decision = office.writer->submit(r);
    if (decision) return std::string("accepted");
    REQUIRE(decision.error().fields.size() == 1);
    CHECK(decision.error().fields[0].field == "act_as");
    return std::string(name_of(decision.error().fields[0].code));
  };
  CHECK(act_as({ActorKind::agent, anne.value}) == "accepted");
  CHECK(act_as({ActorKind::contact, paul}) == "accepted");
  CHECK(act_as({ActorKind::contact, anne.value}) == "not_found");
  CHECK(act_as({ActorKind::agent, 99}) == "not_found");
  CHECK(act_as({ActorKind::administrator, 0}) == "not_one_of");
  office.accept(request(AgentCommand(Deactivate{}), anne.value));
  CHECK(act_as({ActorKind::agent, anne.value}) == "inactive");
}

TEST_CASE("a repeat is answered as the first time although whom it was done for has left since") {
  Office office;
  const auto anne = office.agent("Anne");
  auto r = with_id(request(open_ticket()), "k-1");
  r.on_behalf_of = Actor{ActorKind::agent, anne.value};
  const auto first = office.accept(r);
  office.accept(request(AgentCommand(Deactivate{}), anne.value));
  const auto again = office.accept(r);
  CHECK(again.repeated);
  CHECK(again.position == first.position);
  r.command_id = "k-2";
  CHECK(office.refusal(r) == RejectionCode::invalid_fields);
}

TEST_CASE("who acts for an agent claims as that agent") {
  Office office;
  const auto anne = office.agent("Anne");
  const auto id = office.ticket();
  CHECK(office.refusal(request(TicketCommand(ClaimTicket{}), id)) == RejectionCode::agent_required);
  auto r = request(TicketCommand(ClaimTicket{}), id);
  r.on_behalf_of = Actor{ActorKind::agent, anne.value};
  office.accept(r);
  const auto assigned = std::get<TicketAssigned>(std::get<TicketEvent>(office.record(office.log->tail()).event));
  CHECK(assigned.new_assignee == anne);
}

TEST_CASE("settings are in force for the next command and published when durable") {
  Office office;
  CHECK(office.writer->settings()->tenant.time_zone == "Europe/Paris");
  office.accept(request(ReplaceSettings{TenantConfigured{"Asia/Tokyo", {"fr"}}}));
  CHECK(office.writer->settings()->tenant.time_zone == "Asia/Tokyo");
  office.clock.set(*parse_rfc3339("2025-02-28T16:00:00Z"));
  CHECK(office.accept(request(open_ticket())).number == "2503010001");
  office.restart();
  CHECK(office.writer->settings()->tenant.time_zone == "Asia/Tokyo");
  CHECK(office.writer->settings()->version(SettingsArea::tenant) == Version{1});
  CHECK(office.accept(request(open_ticket())).number == "2503010002");
}

TEST_CASE("an address is free again when its holder leaves or changes it") {
  Office office;
  const auto anne = office.agent("Anne", "A@x.fr");
  const auto again = request(AgentCommand(CreateAgent{{{"Bob"}, {"a@X.fr"}, true, {}}}));
  CHECK(office.refusal(again) == RejectionCode::email_taken);
  office.accept(request(AgentCommand(Deactivate{}), anne.value));
  const auto bob = office.accept(again).stream.id;
  CHECK(office.refusal(request(AgentCommand(Reactivate{}), anne.value)) == RejectionCode::email_taken);
  ChangeAgent change;
  change.email = "bob@x.fr";
  office.accept(request(AgentCommand(change), bob));
  office.accept(request(AgentCommand(Reactivate{}), anne.value));
  CHECK(office.refusal(again) == RejectionCode::email_taken);
  office.check_sound();
}

TEST_CASE("a settings area that no event can hold is refused and the writer goes on") {
  Office office;
  auto taxonomy = default_settings().taxonomy;
  std::vector<Label> labels = {{"fr", "x"}, {"en", "x"}};
  for (char c = 'a'; c < 'i'; ++c) labels.push_back({std::string(2, c), std::string(100, 'x')});
  for (int i = 0; i < 300; ++i) taxonomy.category.nodes.push_back({"n" + std::to_string(i), "", labels, {}});
  for (int i = 0; i < 200; ++i) taxonomy.group.values.push_back({"g" + std::to_string(i), labels});
  CHECK(office.refusal(request(ReplaceSettings{taxonomy})) == RejectionCode::invalid_fields);
  CHECK(office.ticket() == 1);
}

TEST_CASE("stats count what was answered") {
  Office office;
  const auto open = with_id(request(open_ticket()), "k");
  office.accept(open);
  office.accept(open);
  CHECK(office.refusal(request(open_ticket(""))) == RejectionCode::invalid_fields);
  const auto stats = office.writer->stats();
  CHECK(stats.commands == 3);
  CHECK(stats.refused == 1);
  CHECK(stats.repeated == 1);
  CHECK(stats.events == 1);
  CHECK(stats.queued == 0);
}
