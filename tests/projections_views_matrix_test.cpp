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
  static const Names parts = {"tickets", "timeline", "sla", "work", "parts"};
  // Facts that reports count, or what they are grouped by.
  static const Names counted = {"tickets", "timeline", "sla", "work", "reports"};
  static const Names counted_parts = {"tickets", "timeline", "sla", "work", "parts", "reports"};
  static const Names counted_history = {"tickets", "timeline", "sla", "work", "history", "reports"};
  static const Names noted = {"tickets", "timeline"};         // by the program, beside an act
  static const Names seen = {"tickets", "timeline", "work"};  // no agent's act, though time is spent
  static const std::map<std::string, Names> expected = {
      {"TicketOpened", {"tickets", "timeline", "sla", "work", "numbers", "history", "parts", "reports"}},
      {"TitleChanged", ticket},
      {"DescriptionChanged", ticket},
      {"TicketAssigned", counted},
      {"TicketUnassigned", counted},
      {"TicketMovedToTeam", counted},
      {"StatusChanged", ticket},
      {"PriorityChanged", counted},
      {"TicketClassified", counted},
      {"TicketClosed", counted},
      {"TicketReopened", counted},
      {"OriginChanged", ticket},
      {"ParticularsChanged", ticket},
      {"DueDateChanged", ticket},
      {"EstimatedResolutionChanged", ticket},
      {"NotifyChoiceChanged", ticket},
      {"LookDone", ticket},
      {"MessageDisclosed", ticket},
      {"MessageSplitOff", ticket},
      {"WatcherAdded", parts},
      {"WatcherRemoved", parts},
      {"ContextLinked", parts},
      {"ContextUnlinked", parts},
      {"TodoAdded", parts},
      {"TodoCompleted", parts},
      {"TodoReopened", parts},
      {"TodoDropped", parts},
      {"TodosReordered", parts},
      {"DocumentAttached", parts},
      {"DocumentRemoved", parts},
      {"ArticleLinked", parts},
      {"ArticleUnlinked", parts},
      {"InterventionRequested", parts},
      {"InterventionAnswered", parts},
      {"PointsSpent", parts},
      {"TicketMergedInto", counted_parts},
      {"TicketAbsorbed", parts},
      {"TicketUnmerged", counted_parts},
      {"TicketReleased", parts},
      {"ParentChanged", parts},
      {"SubTicketAdded", parts},
      {"SubTicketRemoved", parts},
      {"TicketsLinked", parts},
      {"TicketsUnlinked", parts},
      {"MessageReferenced", parts},
      {"ContactLinked", counted_history},
      {"TicketDeleted", counted_history},
      {"TicketRestored", counted_history},
      {"TicketRead", seen},
      {"MessagePosted", noted},  // an automatic one, as the samples are: nobody was at work
      {"LookRequested", noted},
      {"NotificationDecided", noted},
      {"PointsBooked", {"catalogue"}},
      {"StatusesDefined", {"work"}},  // which of them track time
      {"SlaTargetsDefined", {"sla"}},
  };
  return expected;
}

// Views that name whole aggregates: entries of the directory and of the catalogue, and settings
// that only commands read.
const Names* expected_of(const std::string& event) {
  static const Names directory = {"directory"}, catalogue = {"catalogue"}, none;
  static const std::map<std::string, Names> entries = {
      {"Contact", directory}, {"Organisation", directory}, {"Agent", directory},
      {"Team", directory},    {"CannedReply", catalogue},  {"TextTemplate", catalogue},
      {"Context", catalogue}, {"SavedView", catalogue},    {"Contract", catalogue}};
  if (const auto found = expected().find(event); found != expected().end()) return &found->second;
  for (const std::string act : {"Created", "Changed", "Deactivated", "Reactivated"}) {
    if (!event.ends_with(act)) continue;
    const auto found = entries.find(event.substr(0, event.size() - act.size()));
    if (found != entries.end()) return &found->second;
  }
  static const Names unread = {"TenantConfigured",     "PrioritiesDefined", "NumberingDefined", "TaxonomyDefined",
                               "OpeningDefined",       "HandlingDefined",   "ReopeningDefined", "RelationsDefined",
                               "NotificationsDefined", "IntakeDefined",     "PointsDefined",    "ContextTypesDefined",
                               "AttachmentsDefined"};
  return unread.contains(event) ? &none : nullptr;
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

  template <class Created, class Aggregate>
  void make(StreamKind kind) {
    streams[kind] = {kind, scene.history.add({kind, 0}, Aggregate(Created{})).value};
  }
  Place() {
    make<CannedReplyCreated, CannedReplyEvent>(StreamKind::canned_reply);
    make<TextTemplateCreated, TextTemplateEvent>(StreamKind::text_template);
    make<ContextCreated, ContextEvent>(StreamKind::context);
    make<SavedViewCreated, SavedViewEvent>(StreamKind::saved_view);
    make<ContractCreated, ContractEvent>(StreamKind::contract);
    scene.history.targets({{"normal", minute, minute, minute, minute}});
  }
};

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
    // Whether a restored ticket is open again is up to its status.
    if constexpr (std::is_same_v<E, TicketRestored>) event.new_status = fresh;
    StreamId stream = place.streams[kind_of(Event(Aggregate()))];
    // A ticket of its own for each: an event with any values may stop a clock that others move.
    if constexpr (std::is_same_v<Aggregate, TicketEvent>) stream = stream_of(place.scene.history.open());
    if (name == "TicketRestored") place.scene.history.add(stream, TicketEvent(TicketDeleted{fresh, deleted, {}}));
    catch_up(*place.scene.views);
    if (name == "TicketOpened" || name.ends_with("Created")) stream.id = 0;
    const auto before = place.scene.views->digest();
    place.scene.history.add(stream, Aggregate(std::move(event)), {agent(place.anne)});
    catch_up(*place.scene.views);
    const Names* of_event = expected_of(name);
    REQUIRE(of_event != nullptr);
    CHECK(changed(before, place.scene.views->digest()) == *of_event);
  });
  // No name in the table is without its event.
  CHECK(types == expected().size() + 9 * 4 + 13);
  CHECK(place.scene.views->status().parked.empty());
}

}  // namespace greffe
