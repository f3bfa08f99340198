#include <catch2/catch.hpp>

#include <set>

#include "events/codec.h"
#include "events/json.h"
#include "events/names.h"
#include "tests/events_samples.h"

namespace greffe {
namespace {

template <NamedEnum E>
void check_names() {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < names_of(E{}).size(); ++i) {
    const auto name = name_of(static_cast<E>(i));
    CAPTURE(name);
    CHECK_FALSE(name.empty());
    CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos);
    CHECK(seen.insert(name).second);
    CHECK(named<E>(name) == static_cast<E>(i));
  }
  CHECK(name_of(static_cast<E>(names_of(E{}).size())) == "?");
  for (const char* none : {"", "?", "Public", "open ", "nothing_of_the_kind"}) CHECK_FALSE(named<E>(none));
}

}  // namespace

TEST_CASE("every enumerator has a name of its own and is found by it") {
  check_names<Category>();
  check_names<TicketKind>();
  check_names<Channel>();
  check_names<Visibility>();
  check_names<AssignCause>();
  check_names<ReopenCause>();
  check_names<ActorKind>();
  check_names<OrganisationKind>();
  check_names<SettingsArea>();
  check_names<Damage>();
}

TEST_CASE("streams and actors are named for people") {
  CHECK(stream_text(stream_of(TicketId{42})) == "ticket/42");
  CHECK(stream_text(stream_of(OrganisationId{7})) == "organisation/7");
  CHECK(stream_text(stream_of(SettingsArea::statuses)) == "settings/statuses");
  CHECK(stream_text({StreamKind::settings, 258}) == "settings/258");
  CHECK(stream_text({static_cast<StreamKind>(99), 1}) == "?/1");
  CHECK(actor_text({ActorKind::agent, 7}) == "agent/7");
  CHECK(actor_text({ActorKind::administrator, 0}) == "administrator");
}

TEST_CASE("JSON leaves out what has no value and shows the rest by the field list") {
  TicketAssigned assigned;
  assigned.new_assignee = AgentId{7};
  CHECK(to_json(Event(TicketEvent(assigned))).dump() == R"({"new_assignee":"7","cause":"assigned"})");
  assigned.old_assignee = AgentId{6};
  assigned.cause = AssignCause::taken_over;
  CHECK(to_json(Event(TicketEvent(assigned))).dump() ==
        R"({"old_assignee":"6","new_assignee":"7","cause":"taken_over"})");
  const SlaTargetsDefined sla{{{"high", Milliseconds(3'600'000), {}, {}, {}}}};
  CHECK(to_json(Event(SettingsEvent(sla))).dump() ==
        R"({"targets":[{"priority":"high","first_response_ms":3600000,)"
        R"("next_response_ms":0,"inactivity_ms":0,"resolution_ms":0}],)"
        R"("inactivity_counts":"any","resolution_pause_on_hold":false,"close_counts_as_response":true,)"
        R"("resolution_on_reopen":"continue"})");
}

TEST_CASE("a record's JSON has the envelope before the data") {
  Record record;
  record.envelope.position = Position{9};
  record.envelope.stream_id = 4;
  record.envelope.version = Version{3};
  record.envelope.commit_first = Position{8};
  record.envelope.commit_count = 2;
  record.envelope.actor = {ActorKind::agent, 7};
  record.event = TicketEvent(TitleChanged{{"old"}, {"new"}});
  CHECK(to_json(record).dump() ==
        R"({"position":"9","stream":"ticket/4","version":3,"type":"TitleChanged","schema_version":1,)"
        R"("commit":{"first":"8","count":2},"recorded_at":"1970-01-01T00:00:00Z","occurred_at":"1970-01-01T00:00:00Z",)"
        R"("actor":"agent/7","data":{"old_title":"old","new_title":"new"}})");
}

}  // namespace greffe
