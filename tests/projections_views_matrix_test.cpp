// Which view changes at which event. A view names only the events that it wants, so a new
// event is silent everywhere; here it has to be decided.
#include <map>
#include <set>

#include "tests/events_samples.h"
#include "tests/projections_views.h"

namespace greffe {
namespace {

using namespace projections_test;
using Names = std::set<std::string>;

const std::map<std::string, Names>& expected() {
  static const Names ticket = {"tickets", "timeline", "sla", "work"};
  static const Names directory = {"directory"};
  static const std::map<std::string, Names> expected = {
      {"TicketOpened", {"tickets", "timeline", "sla", "work", "numbers", "history"}},
      {"TitleChanged", ticket},
      {"DescriptionChanged", ticket},
      {"TicketAssigned", ticket},
      {"TicketUnassigned", ticket},
      {"TicketMovedToTeam", ticket},
      {"StatusChanged", ticket},
      {"PriorityChanged", ticket},
      {"TicketClassified", ticket},
      {"ContactLinked", {"tickets", "timeline", "sla", "work", "history"}},
      {"MessagePosted", ticket},
      {"TicketClosed", ticket},
      {"TicketReopened", ticket},
      {"ContactCreated", directory},
      {"ContactChanged", directory},
      {"ContactDeactivated", directory},
      {"ContactReactivated", directory},
      {"OrganisationCreated", directory},
      {"OrganisationChanged", directory},
      {"OrganisationDeactivated", directory},
      {"OrganisationReactivated", directory},
      {"AgentCreated", directory},
      {"AgentChanged", directory},
      {"AgentDeactivated", directory},
      {"AgentReactivated", directory},
      {"TeamCreated", directory},
      {"TeamChanged", directory},
      {"TeamDeactivated", directory},
      {"TeamReactivated", directory},
      {"TenantConfigured", {}},   // read where tickets are numbered, by commands
      {"StatusesDefined", {}},    // a ticket's own events say what its status means
      {"PrioritiesDefined", {}},  // … and its priority
      {"SlaTargetsDefined", {"sla"}},
  };
  return expected;
}

// The views whose rows the last event changed.
Names changed(const ViewsDigest& before, const ViewsDigest& after) {
  Names names;
  for (std::size_t i = 0; i < before.by_view.size(); ++i) {
    if (before.by_view[i].second != after.by_view[i].second) names.insert(before.by_view[i].first);
  }
  return names;
}

// A place where events of the aggregate may happen: a stream that exists, but for creations.
struct Place {
  Scene scene;
  AgentId anne = scene.history.agent("Anne");
  std::map<StreamKind, StreamId> streams = {{StreamKind::contact, stream_of(scene.history.contact("Paul"))},
                                            {StreamKind::organisation, stream_of(scene.history.organisation("Acme"))},
                                            {StreamKind::agent, stream_of(anne)},
                                            {StreamKind::team, stream_of(scene.history.team("Support"))},
                                            {StreamKind::settings, stream_of(SettingsArea::sla)}};

  Place() { scene.history.targets({{"normal", minute, minute, minute, minute}}); }
};

template <class Aggregate>
constexpr StreamKind kind_of() {
  if constexpr (std::is_same_v<Aggregate, TicketEvent>) return StreamKind::ticket;
  else if constexpr (std::is_same_v<Aggregate, ContactEvent>) return StreamKind::contact;
  else if constexpr (std::is_same_v<Aggregate, OrganisationEvent>) return StreamKind::organisation;
  else if constexpr (std::is_same_v<Aggregate, AgentEvent>) return StreamKind::agent;
  else if constexpr (std::is_same_v<Aggregate, TeamEvent>) return StreamKind::team;
  else return StreamKind::settings;
}

}  // namespace

TEST_CASE("each event changes the views that the matrix names, and no other") {
  Place place;
  std::uint64_t drawn = 0;
  Filler filler([&](std::uint64_t below) { return ++drawn % below; }, true);
  std::size_t types = 0;
  for_each_event_type([&]<class Aggregate, class E>(Aggregate, E event) {
    ++types;
    const std::string name = E::name.text;
    CAPTURE(name);
    filler.fill(event);
    StreamId stream = place.streams[kind_of<Aggregate>()];
    // A ticket of its own for each: an event with any values may stop a clock that others move.
    if constexpr (std::is_same_v<Aggregate, TicketEvent>) stream = stream_of(place.scene.history.open());
    catch_up(*place.scene.views);
    if (name == "TicketOpened" || name.ends_with("Created")) stream.id = 0;
    const auto before = place.scene.views->digest();
    place.scene.history.add(stream, Aggregate(std::move(event)), {agent(place.anne)});
    catch_up(*place.scene.views);
    const auto of_event = expected().find(name);
    REQUIRE(of_event != expected().end());
    CHECK(changed(before, place.scene.views->digest()) == of_event->second);
  });
  CHECK(types == expected().size());
  CHECK(place.scene.views->status().parked.empty());
}

}  // namespace greffe
