// Several words together: in quotes, or joined by a dot, a hyphen or the like.
#include <set>

#include "tests/projections_search.h"

namespace greffe {
namespace {

using namespace projections_test;

}  // namespace

TEST_CASE("a phrase stands in one text, of whatever kind, and in a long one to its very end") {
  SearchScene scene;
  std::string long_text;
  for (int i = 0; i < 2'000; ++i) long_text += "mot" + std::to_string(i) + " ";
  const auto described = scene.open("Panne", long_text + "le dernier mot");
  const auto talked = scene.open("Panne");
  for (int i = 0; i < 400; ++i) scene.say(talked, "message numéro " + std::to_string(i) + " de la série");
  const auto apart = scene.open("Le dernier", "mot");
  CHECK(scene.find("\"mot1998 mot1999 le dernier mot\"") == Tickets{described});
  CHECK(scene.find("\"le dernier mot\"") == Tickets{described});
  CHECK(scene.find("\"message numéro 0 de la série\"") == Tickets{talked});
  CHECK(scene.find("\"message numéro 399 de la série\"") == Tickets{talked});
  CHECK(scene.find("\"série message\"").empty());
  CHECK(scene.find("\"dernier mot numéro\"").empty());
  CHECK(scene.find("le dernier mot ").size() == 2);
  // What is said later is as good, and what is said no more is not.
  scene.say(apart, "c'est le dernier mot");
  scene.history.on(described, DescriptionChanged{{"plus rien"}});
  CHECK(scene.find("\"le dernier mot\"") == Tickets{apart});
}

TEST_CASE("words that a sign joins are a phrase whose last word may still be typed") {
  SearchScene scene;
  const auto id = scene.open("Message de jean.dupont@exemple.fr"), other = scene.open("Dupont, Jean (exemple)");
  for (const char* text : {"jean.dupont@exemple.fr ", "jean.dup", "jean.dupont@exe", "jean-dup*", "\"jean dupont\""}) {
    INFO(text);
    CHECK(scene.find(text) == Tickets{id});
  }
  CHECK(scene.find("dupont.jean ") == Tickets{other});
  CHECK(scene.find("jean dup").size() == 2);
  // Who excludes the phrase keeps those that have its words in another order.
  CHECK(scene.find("dupont -jean.dupont ") == Tickets{other});
  CHECK(scene.find("dupont -\"dupont jean\"") == Tickets{id});
  CHECK(scene.find("jean -l'exemple.fr ") == Tickets{id, other});
}

TEST_CASE("an identifier of several words is found as one and as a phrase") {
  SearchScene scene;
  TicketOpened opened;
  opened.external_id = "INC-77-B";
  const auto named = scene.open("Panne", "", opened), said = scene.open("Voir INC 77 B");
  const auto swapped = scene.open("Voir 77 B INC");
  CHECK(scene.find("inc-77-b ") == Tickets{named, said});
  CHECK(scene.find("inc-7") == Tickets{named});
  CHECK(scene.find("b-inc ") == Tickets{swapped});
}

TEST_CASE("a client finds a phrase only where a public text has it") {
  SearchScene scene;
  const auto client = scene.history.contact("Claire");
  TicketOpened opened;
  opened.party.contact = client;
  const auto id = scene.open("Écran noir", "le mot secret", opened);
  scene.say(id, "mot de passe perdu", Visibility::internal);
  scene.say(id, "passe de mot", Visibility::everyone);
  CHECK(scene.find_as(client, "\"mot de passe\"").empty());
  CHECK(scene.find("\"mot de passe\"") == Tickets{id});
  CHECK(scene.find_as(client, "écran -\"mot de passe\"") == Tickets{id});
  CHECK(scene.find("écran -\"mot de passe\"").empty());
  scene.say(id, "votre mot de passe", Visibility::everyone);
  CHECK(scene.find_as(client, "\"mot de passe\"") == Tickets{id});
}

TEST_CASE("tickets with a phrase come in pages that repeat nothing and end") {
  SearchScene scene;
  std::set<std::uint64_t> expected, seen;
  for (int i = 0; i < 90; ++i) {
    const bool has = i % 3 != 0;
    const auto id = scene.open(has ? "mot de passe" : "passe de mot", "numéro " + std::to_string(i));
    if (has) expected.insert(id.value);
  }
  auto query = SearchScene::as_agent("\"mot de passe\"");
  query.limit = 7;
  std::size_t pages = 0;
  do {
    const auto page = scene.page(query);
    for (const auto& hit : page.hits) CHECK(seen.insert(hit.id.value).second);
    query.cursor = page.next_cursor;
    ++pages;
  } while (!query.cursor.empty());
  CHECK(seen == expected);
  CHECK(pages == 9);
}

}  // namespace greffe
