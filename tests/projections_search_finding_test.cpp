// What is found by which words, and what is shown of it.
#include <set>

#include "tests/projections_search.h"

namespace greffe {
namespace {

using namespace projections_test;

}  // namespace

TEST_CASE("words are found whatever their case, accents, number or form, in French and in English") {
  struct Row {
    const char* text;
    const char* query;
    bool found;
  };
  const auto row = GENERATE(values<Row>({
      {"L'imprimante réseau est bloquée", "imprimante ", true},
      {"L'imprimante réseau est bloquée", "IMPRIMANTES ", true},
      {"L'imprimante réseau est bloquée", "reseaux ", true},
      {"L'imprimante réseau est bloquée", "Réseau ", true},
      {"L'imprimante réseau est bloquée", "bloque ", true},
      {"L'imprimante réseau est bloquée", "bloquées ", true},
      {"L'imprimante réseau est bloquée", "l'imprimante ", true},
      {"L'imprimante réseau est bloquée", "d’imprimantes ", true},
      {"L'imprimante réseau est bloquée", "scanner ", false},
      {"L'imprimante réseau est bloquée", "imprimante scanner ", false},
      {"Re\u0301seau coupé", "réseau ", true},
      {"document imprimé", "imprimée ", true},
      {"documents imprimées", "imprime ", true},
      {"imprimees", "imprimé ", true},
      {"La commande est annulée", "annuler ", true},
      {"Cœur de réseau", "coeur ", true},
      {"coeur", "cœur ", true},
      {"The printers are failing", "printer ", true},
      {"The printers are failing", "failed ", true},
      {"The printers are failing", "fails ", true},
      {"The printers are failing", "printing ", false},
      {"The printers are failing", "paper ", false},
      {"The user's password expired", "users ", true},
      {"The user's password expired", "expires ", true},
      {"The user's password expired", "passport ", false},
      {"Ошибка печати", "ошибка ", true},
      {"ΣΦΑΛΜΑ", "σφαλμα ", true},
      {"soft\u00adhyphen", "softhyphen ", true},
      {"salle 204", "204 ", true},
      {"salle 204", "salle 20 ", false},
      {"192.168.10.7 ne répond plus", "192.168.10.7 ", true},
      {"192.168.7.10 ne répond plus", "192.168.10.7 ", false},
      {"jean.dupont@exemple.fr", "jean.dupont@exemple.fr ", true},
      {"Message de jean.dupont@exemple.fr", "dupont ", true},
  }));
  INFO(row.query << " in " << row.text);
  SearchScene scene;
  const auto id = scene.open(row.text);
  CHECK(scene.finds(id, row.query) == row.found);
  // As long as there are such tickets, the description and a message are as good as the title.
  CHECK((scene.find(row.query).size() == 1) == row.found);
  const auto described = scene.open("x", row.text);
  const auto said = scene.open("x");
  scene.say(said, row.text);
  CHECK(scene.find(row.query) == (row.found ? Tickets{id, described, said} : Tickets{}));
}

TEST_CASE("the last word is found from its third letter on, any word from its second with a star") {
  struct Row {
    const char* query;
    bool found;
  };
  const auto row = GENERATE(values<Row>({{"imp", true},
                                         {"impri", true},
                                         {"im", false},
                                         {"im*", true},
                                         {"i*", false},
                                         {"imp ", false},
                                         {"imp* réseau", true},
                                         {"imp réseau", false},
                                         {"réseau imp", true},
                                         {"RÉS", true},
                                         {"\"imp\"", false},
                                         {"-imp", false},
                                         {"*", false},
                                         {"imp*ante", false}}));
  INFO(row.query);
  SearchScene scene;
  const auto id = scene.open("Imprimante réseau");
  must_search(scene.index->catch_up({}));
  const auto found = scene.index->search(SearchScene::as_agent(row.query));
  const Tickets expected = row.found ? Tickets{id} : Tickets{};
  if (found) CHECK(scene.find(row.query) == expected);
  else CHECK_FALSE(row.found);
}

TEST_CASE("a beginning of three letters finds even the rarest of the many words that begin so") {
  SearchScene scene;
  std::string words;
  for (char c = 'a'; c <= 'z'; ++c) {
    for (char d = 'a'; d <= 'd'; ++d) words += std::string(" con") + c + d;
  }
  for (int i = 0; i < 2; ++i) scene.open("Fréquents", words);
  const auto jeanne = scene.history.contact("Jeanne");
  TicketOpened hers;
  hers.party.contact = jeanne;
  const auto rare = scene.open("Conzzz"), internal = scene.open("x", "", hers), cyrillic = scene.open("Ошибка");
  scene.say(internal, "Conzzy", Visibility::internal);
  for (const auto* query : {"con", "con*", "Côn", "co*"}) {
    CHECK(scene.finds(rare, query));
    CHECK(scene.finds(internal, query));
  }
  CHECK(scene.find_as(jeanne, "con").empty());
  for (const auto* query : {"оши", "ош*", "о*", "ошиб"}) CHECK(scene.find(query) == Tickets{cyrillic});
  const auto short_word = scene.open("字典 до");
  for (const auto* query : {"字", "字典", "до", "д*", "до*"}) CHECK(scene.find(query) == Tickets{short_word});
}

TEST_CASE("a phrase is these words in this order within one text") {
  SearchScene scene;
  const auto id = scene.open("Mot de passe oublié", "Je ne retrouve pas le code");
  scene.say(id, "secret partagé");
  scene.open("Passe le mot de la direction");
  CHECK(scene.find("\"mot de passe\"") == Tickets{id});
  CHECK(scene.find("\"MOT DE PASSÉ\"") == Tickets{id});
  CHECK(scene.find("\"mot passe\"").empty());
  CHECK(scene.find("\"mots de passe\"").empty());
  // The title's end and the description's beginning are not one text.
  CHECK(scene.find("\"oublié je\"").empty());
  CHECK(scene.find("\"code secret\"").empty());
  // A quote that is never closed ends with the query.
  CHECK(scene.find("\"mot de passe") == Tickets{id});
  CHECK(scene.find("mot passe ").size() == 2);
}

TEST_CASE("a word or phrase with a minus must not be on the ticket") {
  SearchScene scene;
  const auto laser = scene.open("Imprimante laser");
  const auto ink = scene.open("Imprimante à jet d'encre");
  const auto both = scene.open("Imprimante");
  scene.say(both, "une laser, je crois", Visibility::internal);
  CHECK(scene.find("imprimante -laser") == Tickets{ink});
  CHECK(scene.find("imprimante -lasers") == Tickets{ink});
  CHECK(scene.find("imprimante -\"jet d'encre\"") == Tickets{laser, both});
  CHECK(scene.find("imprimante -laser -jet").empty());
  CHECK(scene.find("jet-d'encre") == Tickets{ink});
  CHECK(scene.find("imprimante - laser") == Tickets{laser, both});
}

TEST_CASE("numbers and external ids are found whole and by their beginning") {
  SearchScene scene;
  TicketOpened opened;
  opened.number = "2502280001";
  opened.external_id = "INC-0012/É";
  const auto id = scene.open("Écran", "", opened);
  opened.number = "2502280002";
  opened.external_id = "INC-0013";
  const auto other = scene.open("Écran", "", opened);
  CHECK(scene.find("2502280001 ") == Tickets{id});
  CHECK(scene.find("#2502280001 ") == Tickets{id});
  CHECK(scene.find("250228000") == Tickets{id, other});
  CHECK(scene.find("250228000* écran") == Tickets{id, other});
  CHECK(scene.find("250228000 ").empty());
  CHECK(scene.find("inc-0012/e ") == Tickets{id});
  CHECK(scene.find("INC-00") == Tickets{id, other});
  CHECK(scene.find("écran 2502280002") == Tickets{other});
  // A ticket that only speaks of the number comes after the one that has it.
  const auto mention = scene.open("Suite de 2502280001 : suite de 2502280001");
  const auto page = scene.page(SearchScene::as_agent("2502280001"));
  REQUIRE(page.hits.size() == 2);
  CHECK(page.hits[0].id == id);
  CHECK(page.hits[1].id == mention);
}

TEST_CASE("words without meaning of their own count only where nothing else is asked") {
  SearchScene scene;
  const auto id = scene.open("Souris cassée");
  const auto other = scene.open("Clavier de la salle");
  CHECK(scene.find("la souris du bureau ").empty());
  CHECK(scene.find("la souris de ") == Tickets{id});
  CHECK(scene.find("de la ") == Tickets{other});
  CHECK(scene.find("\"de la salle\"") == Tickets{other});
}

TEST_CASE("a changed title or description is found by its new words only") {
  SearchScene scene;
  const auto id = scene.open("Imprimante bloquée", "le bac est vide");
  scene.say(id, "toner commandé");
  CHECK(scene.finds(id, "bloquée "));
  scene.history.on(id, TitleChanged{{"Imprimante bloquée"}, {"Scanner en panne"}});
  scene.history.on(id, DescriptionChanged{{"la vitre est rayée"}});
  CHECK_FALSE(scene.finds(id, "imprimante "));
  CHECK_FALSE(scene.finds(id, "bac "));
  CHECK(scene.finds(id, "scanner vitre toner "));
  CHECK(scene.snippets("scanner ") == "title: <mark>Scanner</mark> en panne\n");
}

TEST_CASE("titles weigh more than messages, and equally good tickets come newest first") {
  SearchScene scene;
  const auto said = scene.open("Un ticket");
  scene.say(said, "la photocopieuse du couloir");
  const auto first = scene.open("Photocopieuse");
  const auto second = scene.open("Photocopieuse");
  const auto order = [&] {
    Tickets ids;
    for (const auto& hit : scene.page(SearchScene::as_agent("photocopieuse")).hits) ids.push_back(hit.id);
    return ids;
  };
  CHECK(order() == Tickets{second, first, said});
  scene.history.on(first, StatusChanged{fresh, working});
  CHECK(order() == Tickets{first, second, said});
}

TEST_CASE("snippets show the place, marked, with everything else escaped") {
  SearchScene scene;
  const auto id = scene.open("<b>Réseau</b> & \"Wifi\"", "Rien ici");
  scene.say(id, "l'étage\ndu réseau");
  CHECK(scene.snippets("reseaux ") ==
        "title: &lt;b&gt;<mark>Réseau</mark>&lt;/b&gt; &amp; &quot;Wifi&quot;\n"
        "message: l&#39;étage du <mark>réseau</mark>\n");
  CHECK(scene.snippets("wif") == "title: &lt;b&gt;Réseau&lt;/b&gt; &amp; &quot;<mark>Wifi</mark>&quot;\n");
  CHECK(scene.snippets("\"du réseau\"") == "message: l&#39;étage <mark>du réseau</mark>\n");
  auto query = SearchScene::as_agent("wifi");
  query.mark_begin = "[";
  query.mark_end = "]";
  CHECK(scene.page(query).hits.at(0).snippets.at(0).text.ends_with("&quot;[Wifi]&quot;"));
}

TEST_CASE("a snippet of a long text is its best part, cut between words and never within a letter") {
  SearchScene scene;
  std::string filler;
  for (int i = 0; i < 40; ++i) filler += "été indien ";
  const auto id = scene.open("x", filler + "serveur " + filler + "le serveur de messagerie " + filler);
  const auto lines = scene.snippets("serveur messagerie ");
  CHECK(lines.find("<mark>serveur</mark> de <mark>messagerie</mark>") != std::string::npos);
  CHECK(lines.starts_with("description: …"));
  CHECK(lines.ends_with("…\n"));
  CHECK(lines.size() < 330);
  // Without any space to cut at.
  std::string unbroken;
  for (int i = 0; i < 400; ++i) unbroken += "é,";
  scene.history.on(id, DescriptionChanged{{unbroken + "serveur," + unbroken}});
  const auto cut = scene.snippets("serveur ");
  CHECK(cut.find("<mark>serveur</mark>") != std::string::npos);
  CHECK(cut.size() < 400);
  CHECK(cut.ends_with("…\n"));
  CHECK((cut.find("é…") != std::string::npos || cut.find(",…") != std::string::npos));
}

TEST_CASE("a misspelt word gets a suggestion that finds something") {
  SearchScene scene;
  const auto id = scene.open("Imprimante du réseau", "mot de passe");
  const auto suggestion = [&](const std::string& text) { return scene.page(SearchScene::as_agent(text)).suggestion; };
  CHECK(suggestion("imprimnate ") == "imprimante ");
  CHECK(suggestion("Imprimante du resaeu ") == "Imprimante du réseau ");
  CHECK(suggestion("imprimante").empty());
  CHECK(suggestion("wxyzwxyz").empty());
  // The words exist, but on no ticket together.
  scene.open("Photocopieuse");
  CHECK(suggestion("photocopieuse imprimnate").empty());
  // A word that no ticket says any more is not suggested.
  scene.history.on(id, TitleChanged{{"Imprimante du réseau"}, {"Scanner"}});
  CHECK(suggestion("imprimnate ").empty());
}

TEST_CASE("many hits come in pages that repeat nothing, up to a thousand") {
  SearchScene scene;
  for (int i = 0; i < 1030; ++i) scene.open("Panne numéro " + std::to_string(i));
  auto query = SearchScene::as_agent("panne");
  query.limit = 40;
  std::set<TicketId> seen;
  std::size_t pages = 0;
  do {
    const auto page = scene.page(query);
    CHECK(page.total_estimate >= 1000);
    for (const auto& hit : page.hits) CHECK(seen.insert(hit.id).second);
    query.cursor = page.next_cursor;
    ++pages;
  } while (!query.cursor.empty());
  CHECK(seen.size() == search_hits_max);
  CHECK(pages == 25);
}

TEST_CASE("a cursor serves the query that gave it and no other") {
  SearchScene scene;
  for (int i = 0; i < 5; ++i) scene.open("Panne");
  auto query = SearchScene::as_agent("panne");
  query.limit = 2;
  const auto first = scene.page(query);
  REQUIRE_FALSE(first.next_cursor.empty());
  CHECK(first.total_estimate == 5);
  query.cursor = first.next_cursor;
  CHECK(scene.page(query).hits.size() == 2);
  const auto refused = [&](SearchQuery other) {
    const auto page = scene.index->search(other);
    return !page && page.error().kind == SearchFault::Kind::bad_cursor;
  };
  auto other = query;
  other.text = "pannes";
  CHECK(refused(other));
  other = query;
  other.filters.view = SearchView::open;
  CHECK(refused(other));
  other = query;
  other.audience = SearchAudience::public_texts_of({ContactId{1}}, {});
  CHECK(refused(other));
  for (const char* cursor : {"1", "-1", "2-", "2-00", "99999999999999999999-0", "1000-0000000000000000", "x", "\n"}) {
    other = query;
    other.cursor = cursor;
    INFO(cursor);
    CHECK(refused(other));
  }
}

TEST_CASE("odd queries are answered or refused with a reason, never worse") {
  using Kind = SearchFault::Kind;
  struct Row {
    std::string text;
    std::optional<Kind> refused;
  };
  std::string words;
  for (int i = 0; i < 40; ++i) words += "mot ";
  const auto row = GENERATE_COPY(values<Row>({
      {"", Kind::nothing_to_find},
      {"   ", Kind::nothing_to_find},
      {"\"", Kind::nothing_to_find},
      {"\"\"", Kind::nothing_to_find},
      {"\"  \" \"", Kind::nothing_to_find},
      {"!?;.", {}},  // might be an external id
      {"-", {}},
      {"-panne", Kind::nothing_to_find},
      {"-\"panne", Kind::nothing_to_find},
      {"\"panne", {}},
      {"panne\"", {}},
      {"\"panne\"\"panne\"", {}},
      {"--panne", Kind::nothing_to_find},
      {"de la", {}},
      {"***", {}},
      {"p* pa* pan* pann* panne* a* b* ab* cd*", {}},
      {"panne AND (OR NOT", {}},
      {"title:panne XSnew Q1 PZpann", {}},
      {std::string("panne\0panne", 11), {}},
      {"\xff\xfe panne \xc3", {}},
      {std::string(1000, 'x'), {}},
      {std::string(1000, '"'), Kind::nothing_to_find},
      {std::string(1025, 'x'), Kind::too_long},
      {std::string(10'240, ' '), Kind::too_long},
      {words, Kind::too_long},
      {"\u202e\u200b panne", {}},
  }));
  INFO(row.text);
  SearchScene scene;
  scene.open("Panne de la machine");
  must_search(scene.index->catch_up({}));
  const auto page = scene.index->search(SearchScene::as_agent(row.text));
  REQUIRE(page.has_value() == !row.refused);
  if (!page) CHECK(page.error().kind == *row.refused);
  if (!page) CHECK_FALSE(page.error().detail.empty());
}

}  // namespace greffe
