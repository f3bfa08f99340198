// Filters, and who may find what.
#include "tests/projections_search.h"

namespace greffe {
namespace {

using namespace projections_test;

}  // namespace

TEST_CASE("internal notes, resolutions and reasons are for agents only") {
  SearchScene scene;
  const auto client = scene.history.contact("Claire");
  TicketOpened opened;
  opened.party.contact = client;
  const auto id = scene.open("Écran noir", "rien à voir", opened);
  scene.say(id, "bonjour", Visibility::everyone);
  scene.say(id, "cliente pénible", Visibility::internal);
  scene.history.on(id, TicketClosed{fresh, done, {"carte remplacée"}});
  scene.history.on(id, TicketReopened{done, working, ReopenCause::reopened, {"récidive"}, 1});
  for (const char* open : {"écran", "\"rien à voir\"", "bonjour"}) {
    INFO(open);
    CHECK(scene.find_as(client, open) == Tickets{id});
    CHECK(scene.find(open) == Tickets{id});
  }
  for (const char* secret : {"pénible", "\"cliente pénible\"", "péni*", "carte", "récidive", "écran pénible"}) {
    INFO(secret);
    CHECK(scene.find_as(client, secret).empty());
    CHECK(scene.find(secret) == Tickets{id});
  }
  // What may not be read neither excludes, nor shows in a snippet, nor is suggested.
  CHECK(scene.find_as(client, "écran -pénible") == Tickets{id});
  CHECK(scene.find("écran -pénible").empty());
  auto query = SearchScene::as_agent("penibel ");
  CHECK(scene.page(query).suggestion == "pénible ");
  query.audience = SearchAudience::public_texts_of({client}, {});
  CHECK(scene.page(query).suggestion.empty());
  scene.say(id, "c'est pénible", Visibility::everyone);
  query.text = "penible";
  const auto hits = scene.page(query).hits;
  REQUIRE(hits.size() == 1);
  REQUIRE(hits[0].snippets.size() == 1);
  CHECK(hits[0].snippets[0].text == "c&#39;est <mark>pénible</mark>");
}

TEST_CASE("a caller from outside finds the external tickets of their own parties only") {
  SearchScene scene;
  const auto ours = scene.history.organisation("Nous"), theirs = scene.history.organisation("Eux");
  const auto anne = scene.history.contact("Anne", ours), bob = scene.history.contact("Bob", theirs);
  const auto open = [&](Party party, TicketKind kind = TicketKind::external) {
    TicketOpened opened;
    opened.party = party;
    opened.kind = kind;
    return scene.open("Panne générale", "", opened);
  };
  const auto by_anne = open({anne, ours}), by_bob = open({bob, theirs}), of_ours = open({{}, ours});
  const auto unlinked = open({});
  const auto mission = open({anne, ours}, TicketKind::internal);
  const auto find = [&](SearchAudience audience) {
    auto query = SearchScene::as_agent("panne");
    query.audience = std::move(audience);
    return scene.find(query);
  };
  CHECK(find(SearchAudience()).empty());
  CHECK(find(SearchAudience::public_texts_of({}, {})).empty());
  CHECK(find(SearchAudience::public_texts_of({anne}, {})) == Tickets{by_anne});
  CHECK(find(SearchAudience::public_texts_of({anne}, {ours})) == Tickets{by_anne, of_ours});
  CHECK(find(SearchAudience::public_texts_of({bob}, {})) == Tickets{by_bob});
  CHECK(find(SearchAudience::everything()) == Tickets{by_anne, by_bob, of_ours, unlinked, mission});
  // A number is no way around it.
  auto query = SearchScene::as_agent("25030300");
  query.audience = SearchAudience::public_texts_of({bob}, {});
  CHECK(scene.find(query) == Tickets{by_bob});
  // The ticket changes hands.
  scene.history.on(by_bob, ContactLinked{{bob, theirs}, {anne, ours}});
  CHECK(find(SearchAudience::public_texts_of({bob}, {})).empty());
  CHECK(find(SearchAudience::public_texts_of({anne}, {})) == Tickets{by_anne, by_bob});
}

TEST_CASE("tickets move between open and closed as they are closed and reopened") {
  SearchScene scene;
  const auto id = scene.open("Panne");
  const auto in = [&](SearchView view) {
    SearchFilters filters;
    filters.view = view;
    return !scene.find("panne", filters).empty();
  };
  CHECK((in(SearchView::open) && !in(SearchView::closed) && in(SearchView::all)));
  scene.history.on(id, TicketClosed{fresh, done, {}});
  CHECK((!in(SearchView::open) && in(SearchView::closed) && in(SearchView::all)));
  scene.history.on(id, TicketReopened{done, working, ReopenCause::reopened, {}, 1});
  CHECK((in(SearchView::open) && !in(SearchView::closed) && in(SearchView::all)));
}

TEST_CASE("a message by a merged ticket's number is found by the desk, not by the client of the other") {
  SearchScene scene;
  const auto anne = scene.history.contact("Anne"), bob = scene.history.contact("Bob");
  const auto open = [&](ContactId contact) {
    TicketOpened opened;
    opened.party.contact = contact;
    return scene.open("Panne", "", opened);
  };
  const auto source = open(anne), root = open(bob);
  MessagePosted message;
  message.body.text = "mot de passe durian";
  message.message = 1;
  message.via = source;
  const bool between_batches = GENERATE(true, false);
  const auto next_batch = [&] {
    if (between_batches) must_search(scene.index->catch_up({}));
  };
  next_batch();
  scene.history.merge(source, root);
  next_batch();
  scene.history.on(root, message);
  next_batch();
  // The desk is led from the ticket that it was sent to to the one that stands for it.
  CHECK(scene.find("durian", {.with_merged = true}) == Tickets{source});
  CHECK(scene.find_as(bob, "durian").empty());
  CHECK(scene.find_as(bob, "panne") == Tickets{root});
  scene.history.unmerge(source, root);
  CHECK(scene.find("durian") == Tickets{source});
  CHECK(scene.find_as(anne, "durian") == Tickets{source});
  CHECK(scene.find_as(bob, "durian").empty());
}

TEST_CASE("what was sent by a number is found with its ticket through every merge above it, and as it was meant") {
  SearchScene scene;
  const auto anne = scene.history.contact("Anne");
  TicketOpened opened;
  opened.party.contact = anne;
  const auto source = scene.open("Panne", "", opened);
  const auto middle = scene.open("Incendie"), root = scene.open("Alarme");
  must_search(scene.index->catch_up({}));
  scene.history.merge(source, middle);
  scene.history.merge(middle, root);
  const auto send = [&](const std::string& body, Visibility visibility) {
    MessagePosted message{visibility, {body}};
    message.via = source;
    scene.history.on(root, message);
    must_search(scene.index->catch_up({}));
  };
  send("mot de passe durian", Visibility::everyone);
  send("note sur la mangue", Visibility::internal);
  scene.history.unmerge(middle, root);
  scene.history.unmerge(source, middle);
  scene.say(source, "encore une panne");
  CHECK(scene.find("durian") == Tickets{source});
  CHECK(scene.find("mangue") == Tickets{source});
  CHECK(scene.find_as(anne, "durian") == Tickets{source});
  CHECK(scene.find_as(anne, "mangue").empty());
  const auto live = digest_of(*scene.index);
  must_search(scene.index->rebuild({}));
  CHECK(digest_of(*scene.index) == live);
}

TEST_CASE("deleted and merged tickets are found only by who asks for them") {
  SearchScene scene;
  const auto kept = scene.open("Panne"), deleted = scene.open("Panne"), merged = scene.open("Panne");
  scene.history.on(deleted, StatusChanged{fresh, {"deleted", Category::deleted}});
  scene.history.on(merged, StatusChanged{fresh, {"merged", Category::merged}});
  CHECK(scene.find("panne") == Tickets{kept});
  CHECK(scene.find("panne", {.with_deleted = true}) == Tickets{kept, deleted});
  CHECK(scene.find("panne", {.with_merged = true}) == Tickets{kept, merged});
  CHECK(scene.find("panne", {.view = SearchView::open, .with_deleted = true}) == Tickets{kept});
  scene.history.on(deleted, StatusChanged{{"deleted", Category::deleted}, fresh});
  CHECK(scene.find("panne") == Tickets{kept, deleted});
}

TEST_CASE("every filter lets its tickets through and no others, alternatives within one filter") {
  SearchScene scene;
  const auto team = scene.history.team("N1");
  const auto agent = scene.history.agent("Anna");
  const auto organisation = scene.history.organisation("Nous");
  const auto contact = scene.history.contact("Anne");
  TicketOpened opened;
  opened.kind = TicketKind::internal;
  opened.channel = Channel::email;
  opened.priority = urgent;
  opened.classification.category = {"Incident", "Réseau/Wifi", "Borne"};
  opened.party = {contact, organisation};
  opened.team = team;
  const auto id = scene.open("Panne", "", opened);
  scene.history.on(id, TicketAssigned{{}, agent, AssignCause::assigned});
  scene.history.on(id, StatusChanged{fresh, working});
  const auto other = scene.open("Panne");
  using F = SearchFilters;
  struct Row {
    const char* name;
    F matching, refused;
  };
  const std::vector<Row> rows = {
      {"status", {.status = {"working"}}, {.status = {"working2"}}},
      {"priority", {.priority = {"urgent"}}, {.priority = {"low"}}},
      {"assignee", {.assignee = {agent}}, {.assignee = {AgentId{agent.value + 1}}}},
      {"team", {.team = {team}}, {.team = {TeamId{team.value + 1}}}},
      {"contact", {.contact = {contact}}, {.contact = {ContactId{organisation.value}}}},
      {"organisation", {.organisation = {organisation}}, {.organisation = {OrganisationId{contact.value}}}},
      {"kind", {.kind = {TicketKind::internal}}, {.kind = {TicketKind::external}, .channel = {Channel::email}}},
      {"channel", {.channel = {Channel::email}}, {.channel = {Channel::portal}}},
      {"root", {.category = {{"Incident"}}}, {.category = {{"Incid"}}}},
      {"path", {.category = {{"Incident", "Réseau/Wifi"}}}, {.category = {{"Réseau/Wifi"}}}},
      {"leaf", {.category = {{"Incident", "Réseau/Wifi", "Borne"}}}, {.category = {{"Incident", "Réseau"}}}},
  };
  for (const auto& row : rows) {
    INFO(row.name);
    CHECK(scene.find("panne", row.matching) == Tickets{id});
    CHECK(scene.find("panne", row.refused).empty());
  }
  CHECK(scene.find("panne", {.status = {"working", "new"}}) == Tickets{id, other});
  CHECK(scene.find("panne", {.status = {"new"}, .team = {team}}).empty());
  scene.history.on(id, TicketMovedToTeam{team, {}});
  scene.history.on(id, TicketUnassigned{agent});
  CHECK(scene.find("panne", {.team = {team}}).empty());
  CHECK(scene.find("panne", {.assignee = {agent}}).empty());
}

TEST_CASE("instants filter half-open: from the first, before the second") {
  SearchScene scene;
  const auto opened = [&](std::uint64_t minute) {
    TicketOpened event;
    event.title = {"Panne"};
    return scene.history.open(std::move(event), History::How{.occurred = minutes(minute)});
  };
  const auto early = opened(0), middle = opened(10), late = opened(20);
  const auto at = [](std::uint64_t minute) { return std::optional<Instant>(nine + minutes(minute)); };
  CHECK(scene.find("panne", {.opened_from = at(10)}) == Tickets{middle, late});
  CHECK(scene.find("panne", {.opened_before = at(10)}) == Tickets{early});
  CHECK(scene.find("panne", {.opened_from = at(10), .opened_before = at(20)}) == Tickets{middle});
  CHECK(scene.find("panne", {.opened_from = at(20), .opened_before = at(20)}).empty());
  scene.history.on(early, StatusChanged{fresh, working}, History::How{.occurred = minutes(30)});
  CHECK(scene.find("panne", {.updated_from = at(30)}) == Tickets{early});
  CHECK(scene.find("panne", {.opened_from = parse_rfc3339("1900-01-01T00:00:00Z")}).size() == 3);
}

TEST_CASE("the longest keys and paths filter as the short ones do") {
  SearchScene scene;
  const std::string node(64, 'x');
  TicketOpened opened;
  opened.classification.category = {node + "1", node, node, node, node};
  opened.external_id = std::string(128, 'E');
  const auto id = scene.open("Panne", std::string(20'000, 'y') + " fin", opened);
  opened.classification.category[4] = node + "2";
  opened.external_id = std::string(127, 'E') + "F";
  const auto other = scene.open("Panne", "", opened);
  CHECK(scene.find("panne", {.category = {{node + "1", node, node, node, node}}}) == Tickets{id});
  CHECK(scene.find("panne", {.category = {{node + "1", node, node, node, node + "2"}}}) == Tickets{other});
  CHECK(scene.find("panne", {.category = {{node + "1", node}}}) == Tickets{id, other});
  CHECK(scene.find(std::string(128, 'e') + " ") == Tickets{id, other});  // cut like every long id
  CHECK(scene.find("fin ") == Tickets{id});
  CHECK(scene.find(std::string(900, 'y') + " ") == Tickets{id});
}

}  // namespace greffe
