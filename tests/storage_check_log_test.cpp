#include <catch2/catch.hpp>
#include <openssl/evp.h>

#include <algorithm>
#include <functional>
#include <iomanip>
#include <map>
#include <sstream>

#include "events/codec.h"
#include "storage/check_log.h"
#include "storage/memory_log.h"
#include "tests/storage_groups.h"

namespace greffe {
namespace {

constexpr Instant start{std::chrono::microseconds(1'700'000'000'000'000)};

// Builds a log as the writer does, one commit at a time, with a chance to spoil each part.
struct Store {
  std::unique_ptr<Log> log = open_memory_log();
  std::map<StreamId, Version> versions;
  std::function<void(Envelope&)> spoil_envelope = [](Envelope&) {};
  std::function<void(std::string&)> spoil_bytes = [](std::string&) {};

  struct Act {
    StreamId stream;  // id 0 = a new aggregate, whose id is its position
    Event event;
  };

  // Appends one commit; returns the id of its last stream.
  std::uint64_t commit(std::vector<Act> acts, std::vector<IndexWrite> index = {}) {
    LogGroup group{{}, std::move(index)};
    const Position first = next(log->tail());
    Position position = first;
    for (Act& act : acts) {
      if (act.stream.id == 0) act.stream.id = position.value;
      Record record;
      Envelope& e = record.envelope;
      e.position = position;
      e.stream_kind = act.stream.kind;
      e.stream_id = act.stream.id;
      e.version = versions[act.stream] = next(versions[act.stream]);
      e.commit_first = first;
      e.commit_count = static_cast<std::uint32_t>(acts.size());
      e.recorded_at = e.occurred_at = start + std::chrono::seconds(position.value);
      record.event = act.event;
      const LogEntry row{act.stream, e.version, {}};
      spoil_envelope(e);
      group.entries.push_back(row);
      REQUIRE(encode(record, group.entries.back().bytes));
      spoil_bytes(group.entries.back().bytes);
      position = next(position);
    }
    append(*log, group);
    return acts.empty() ? 0 : acts.back().stream.id;
  }

  TicketId open_ticket(const std::string& number, const std::string& external_id = "") {
    TicketOpened opened;
    opened.number = number;
    opened.external_id = external_id;
    opened.series = number.substr(0, 6);
    opened.sequence = std::stoull(number.substr(6));
    const std::string id = std::to_string(log->tail().value + 1);
    std::vector<IndexWrite> index = {{IndexSpace::ticket_number, number, id},
                                     {IndexSpace::number_series, number.substr(0, 6), std::to_string(opened.sequence)}};
    if (!external_id.empty()) index.push_back({IndexSpace::external_id, "ticket/" + external_id, id});
    return {commit({{{StreamKind::ticket, 0}, TicketEvent(opened)}}, std::move(index))};
  }

  void rename(TicketId ticket, int times = 1) {
    std::vector<Act> acts(static_cast<std::size_t>(times), {stream_of(ticket), TicketEvent(TitleChanged{})});
    commit(std::move(acts));
  }
};

// The findings as "position: text"; an empty list is a sound log.
std::vector<std::string> findings(const Log& log) {
  std::vector<std::string> out;
  for (const auto& finding : check_log(log).findings) {
    out.push_back(std::to_string(finding.position.value) + ": " + finding.text);
  }
  return out;
}

// A test matches beginnings, not whole sentences.
bool one_begins(const std::vector<std::string>& texts, const std::string& beginning) {
  return std::any_of(texts.begin(), texts.end(), [&](const auto& text) { return text.starts_with(beginning); });
}

ContactEvent contact(const std::string& email, const std::string& external_id = "") {
  return ContactCreated{{{"Ada"}, {email}, {}, std::nullopt, external_id}};
}

void write(Store& store, IndexSpace space, const std::string& key, const std::string& value) {
  append(*store.log, {{}, {{space, key, value}}});
}

}  // namespace

TEST_CASE("an empty log is sound") {
  const auto check = check_log(*open_memory_log());
  CHECK(check.sound());
  CHECK(check.complete);
  CHECK(check.entries == 0);
  CHECK(check.digest == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("a sound log is counted, digested and shown as it goes") {
  Store store;
  const TicketId a = store.open_ticket("2502280001", "EXT-1");
  store.open_ticket("2502280002");
  store.rename(a, 5000);
  store.commit({{stream_of(SettingsArea::tenant), SettingsEvent(TenantConfigured{"Europe/Paris", {"fr"}})}});
  std::string bytes;
  const auto reader = store.log->read(Position{1});
  while (reader->next()) bytes += reader->bytes();

  std::vector<std::uint64_t> done;
  const auto check = check_log(*store.log, [&](std::uint64_t now, std::uint64_t total) {
    CHECK(total == 2 * 5003);
    done.push_back(now);
  });
  CHECK(findings(*store.log) == std::vector<std::string>{});
  CHECK(check.entries == 5003);
  CHECK(check.commits == 4);
  CHECK(check.streams == 3);
  CHECK(check.bytes == bytes.size());
  CHECK(done == std::vector<std::uint64_t>{4096, 8192, 10006});

  unsigned char hash[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  REQUIRE(EVP_Digest(bytes.data(), bytes.size(), hash, &size, EVP_sha256(), nullptr) == 1);
  std::ostringstream hex;
  for (unsigned i = 0; i < size; ++i) hex << std::hex << std::setw(2) << std::setfill('0') << int{hash[i]};
  CHECK(check.digest == hex.str());
}

void take_commit(Envelope& e, std::uint64_t first, std::uint32_t count) {
  e.commit_first = Position{first};
  e.commit_count = count;
}

TEST_CASE("damage in an envelope is found where it is") {
  const auto [what, spoil, finding] = GENERATE(table<std::string, std::function<void(Envelope&)>, std::string>({
      {"position", [](Envelope& e) { e.position = Position{9}; }, "3: the record says that its position is 9"},
      {"version skipped", [](Envelope& e) { e.version = Version{3}; }, "3: stream ticket/1 goes from version 1 to 3"},
      {"version repeated", [](Envelope& e) { e.version = Version{1}; }, "3: stream ticket/1 goes from version 1 to 1"},
      {"unknown stream", [](Envelope& e) { e.stream_id = 7; }, "3: stream ticket/7 goes from version 0 to 2"},
      {"other stream, index", [](Envelope& e) { e.stream_id = 2; }, "3: the index of stream ticket/1 says"},
      {"wrong kind", [](Envelope& e) { e.stream_kind = StreamKind::agent; },
       "3: TitleChanged stands in stream agent/1"},
      {"commit of none", [](Envelope& e) { e.commit_count = 0; }, "3: the commit of 0 from position 3"},
      {"commit before 1", [](Envelope& e) { e.commit_first = Position{0}; }, "3: the commit of 1 from position 0"},
      {"commit too early", [](Envelope& e) { take_commit(e, 2, 2); }, "3: the events of one commit differ"},
      {"commit in the middle", [](Envelope& e) { take_commit(e, 1, 3); }, "3: a commit begins in the middle"},
      {"commit from later", [](Envelope& e) { e.commit_first = Position{4}; }, "3: the commit of 1 from position 4"},
      {"commit too long", [](Envelope& e) { e.commit_count = 2; }, "4: the commit from position 3 breaks off"},
      {"time", [](Envelope& e) { e.recorded_at = start; }, "3: recorded_at goes back from"},
  }));
  CAPTURE(what);
  Store store;
  const TicketId a = store.open_ticket("2502280001");
  store.open_ticket("2502280002");
  store.spoil_envelope = spoil;
  store.rename(a);
  store.spoil_envelope = [](Envelope&) {};
  store.rename(a);
  const auto found = findings(*store.log);
  CAPTURE(found);
  CHECK(one_begins(found, finding));
}

TEST_CASE("a last commit that breaks off is found") {
  Store store;
  store.spoil_envelope = [](Envelope& e) { e.commit_count = 2; };
  store.open_ticket("2502280001");
  CHECK(findings(*store.log) == std::vector<std::string>{"1: the last commit, from position 1, breaks off"});
}

TEST_CASE("an aggregate's id is the position of its first event") {
  Store store;
  store.open_ticket("2502280001");
  store.commit({{{StreamKind::team, 77}, TeamEvent(TeamCreated{})}});
  CHECK(findings(*store.log) ==
        std::vector<std::string>{"2: stream team/77 does not begin at the position that is its id"});
}

TEST_CASE("settings stand in their own area's stream") {
  Store store;
  store.commit({{stream_of(SettingsArea::sla), SettingsEvent(TenantConfigured{})}});
  CHECK(findings(*store.log) == std::vector<std::string>{"1: TenantConfigured stands in stream settings/sla"});
}

TEST_CASE("an entry that is no record is one finding, and what follows is still checked") {
  Store store;
  const TicketId a = store.open_ticket("2502280001");
  store.spoil_bytes = [](std::string& bytes) { bytes.resize(bytes.size() / 2); };
  store.rename(a);
  store.spoil_bytes = [](std::string&) {};
  store.open_ticket("2502280002");
  store.spoil_envelope = [](Envelope& e) { e.recorded_at = start; };
  store.rename(TicketId{3});
  const auto found = findings(*store.log);
  CAPTURE(found);
  CHECK(one_begins(found, "2: the entry cannot be read: not_a_record"));
  CHECK(one_begins(found, "4: recorded_at goes back"));
  CHECK(check_log(*store.log).entries == 4);
}

TEST_CASE("a stream's index that knows more or fewer versions than the log is found") {
  Store store;
  const TicketId a = store.open_ticket("2502280001");
  store.rename(a);
  LogGroup group;
  SECTION("more") {
    const auto copied = store.log->read_one(Position{2});
    REQUIRE(copied);
    append(*store.log, {{entry(a, 3, *copied)}, {}});
    CHECK(one_begins(findings(*store.log), "3: the record says that its position is 2"));
    CHECK(one_begins(findings(*store.log), "3: stream ticket/1 goes from version 2 to 2"));
    CHECK(one_begins(findings(*store.log), "3: the index of stream ticket/1 says that its version 3 is here"));
  }
  SECTION("fewer") {
    store.versions[stream_of(a)] = Version{2};
    store.spoil_envelope = [](Envelope& e) { e.stream_id = 1; };
    store.commit({{{StreamKind::ticket, 99}, TicketEvent(TitleChanged{})}});
    store.spoil_envelope = [](Envelope& e) {
      e.version = Version{3};
      e.stream_id = 1;
    };
    store.commit({{{StreamKind::ticket, 98}, TicketEvent(TitleChanged{})}});
    CHECK(one_begins(findings(*store.log), "0: the index of stream ticket/1 has 2 versions, the log 3"));
  }
}

TEST_CASE("look-ups that contradict the events are found") {
  Store store;
  store.open_ticket("2502280007", "EXT-1");
  const std::uint64_t ada = store.commit(
      {{{StreamKind::contact, 0}, contact("Ada@Example.org", "C-1")}},
      {{IndexSpace::email, "contact/ada@example.org", "2"}, {IndexSpace::external_id, "contact/C-1", "2"}});
  REQUIRE(ada == 2);
  CHECK(findings(*store.log).empty());
  const auto [space, key, value, finding] = GENERATE(table<IndexSpace, std::string, std::string, std::string>({
      {IndexSpace::ticket_number, "2502280007", "9",
       "1: index ticket_number \"2502280007\" says \"9\", the events say \"1\""},
      {IndexSpace::ticket_number, "2502280007", "01", "1: index ticket_number"},
      {IndexSpace::external_id, "ticket/EXT-1", "", "1: index external_id \"ticket/EXT-1\" says \"\""},
      {IndexSpace::external_id, "contact/C-1", "1", "2: index external_id \"contact/C-1\""},
      {IndexSpace::email, "contact/ada@example.org", "", "2: index email \"contact/ada@example.org\""},
      {IndexSpace::number_series, "250228", "6", "1: index number_series \"250228\" says \"6\", the events say \"7\""},
  }));
  write(store, space, key, value);
  const auto found = findings(*store.log);
  REQUIRE(found.size() == 1);
  CHECK(found[0].starts_with(finding));
}

TEST_CASE("an external id may be that of one context of each type") {
  Store store;
  const auto context = [](const char* type) { return ContextEvent(ContextCreated{{type, {"x"}, {}, {}, "17"}}); };
  store.commit({{{StreamKind::context, 0}, context("vehicle")}},
               {{IndexSpace::external_id, "context/vehicle/17", "1"}});
  store.commit({{{StreamKind::context, 0}, context("booking")}},
               {{IndexSpace::external_id, "context/booking/17", "2"}});
  CHECK(findings(*store.log).empty());
  write(store, IndexSpace::external_id, "context/booking/17", "1");
  const auto found = findings(*store.log);
  REQUIRE(found.size() == 1);
  CHECK(found[0].starts_with("2: index external_id \"context/booking/17\""));
}

TEST_CASE("look-ups that are missing are found") {
  Store store;
  TicketOpened opened;
  opened.number = "2502280001";
  opened.series = "250228";
  opened.sequence = 1;
  store.commit({{{StreamKind::ticket, 0}, TicketEvent(opened)}});
  CHECK(findings(*store.log) ==
        std::vector<std::string>{"1: index ticket_number \"2502280001\" says \"nothing\", the events say \"1\"",
                                 "1: index number_series \"250228\" says \"nothing\", the events say \"1\""});
}

TEST_CASE("an address is expected free once its owner left it, and taken by whoever has it now") {
  Store store;
  const StreamId ada{StreamKind::contact, 1};
  const std::string key = "contact/a@b.c";
  store.commit({{{StreamKind::contact, 0}, contact("a@b.c")}}, {{IndexSpace::email, key, "1"}});
  CHECK(findings(*store.log).empty());
  SECTION("left by a change") {
    store.commit({{ada, ContactEvent(ContactChanged{{{"Ada"}, {}, {}, std::nullopt, ""}})}});
    CHECK(findings(*store.log).size() == 1);
    write(store, IndexSpace::email, key, "");
    CHECK(findings(*store.log).empty());
  }
  SECTION("left by deactivation, taken by another, so that reactivation makes two owners") {
    store.commit({{ada, ContactEvent(ContactDeactivated{})}}, {{IndexSpace::email, key, ""}});
    CHECK(findings(*store.log).empty());
    store.commit({{{StreamKind::contact, 0}, contact("A@B.C")}}, {{IndexSpace::email, key, "3"}});
    CHECK(findings(*store.log).empty());
    store.commit({{ada, ContactEvent(ContactReactivated{})}});
    CHECK(one_begins(findings(*store.log), "4: \"contact/a@b.c\" belongs to "));
  }
  SECTION("an agent's address is another key") {
    AgentCreated agent;
    agent.details.email.text = "a@b.c";
    store.commit({{{StreamKind::agent, 0}, AgentEvent(agent)}}, {{IndexSpace::email, "agent/a@b.c", "2"}});
    CHECK(findings(*store.log).empty());
  }
}

TEST_CASE("the check gives up on a log that is damaged through and through") {
  Store store;
  const TicketId a = store.open_ticket("2502280001");
  store.spoil_bytes = [](std::string& bytes) { bytes = "?"; };
  store.rename(a, 3000);
  const auto check = check_log(*store.log);
  CHECK(check.findings.size() == log_findings_max);
  CHECK_FALSE(check.complete);
}

}  // namespace greffe
