// An index that grew event by event, and the same one built from the log at once: whoever asks
// gets the same answer.
#include <map>
#include <random>

#include "tests/projections_search.h"

namespace greffe {
namespace {

using namespace projections_test;

// Everything of an answer but how far the index was.
std::string answer_of(const SearchIndex& index, const SearchQuery& query) {
  const auto page = index.search(query);
  if (!page) return std::string(name_of(page.error().kind));
  std::string text = page->suggestion + " " + std::to_string(page->total_estimate) + " " + page->next_cursor + "\n";
  for (const auto& hit : page->hits) {
    text += std::to_string(hit.id.value) + " " + std::to_string(hit.score) + "\n";
    for (const auto& snippet : hit.snippets) text += std::string(name_of(snippet.field)) + " " + snippet.text + "\n";
  }
  return text;
}

std::vector<SearchQuery> queries(ContactId contact) {
  std::vector<SearchQuery> all;
  for (const auto* text :
       {"imprimante ", "réseau écran ", "printer", "impr", "ser*", "\"mot de passe\"", "\"the printer\"",
        "panne -réseau ", "imprimnate ", "resaeu ", "servuer facture", "passwrod ", "de la ", "25030300001",
        "facture* -\"mot de passe\"", "introuvable ", "écran facture réseau "}) {
    auto query = SearchScene::as_agent(text);
    query.limit = 7;
    all.push_back(query);
    query.audience = SearchAudience::public_texts_of({contact}, {});
    all.push_back(query);
    query.audience = SearchAudience::everything();
    query.filters.view = SearchView::open;
    query.filters.priority = {"urgent"};
    all.push_back(query);
  }
  return all;
}

std::vector<std::string> answers(const SearchIndex& index, ContactId contact) {
  std::vector<std::string> all;
  for (const auto& query : queries(contact)) all.push_back(answer_of(index, query));
  return all;
}

// Tickets of a few words each, renamed, described anew, talked about, closed and merged.
class Life {
 public:
  explicit Life(SearchScene& scene) : contact(scene.history.contact("Claire")), scene_(scene) {}

  const ContactId contact;

  void go_on() {
    if (tickets_.size() < 5 || below(4) == 0) return open();
    const auto ticket = tickets_[below(tickets_.size())];
    switch (below(8)) {
      case 0: scene_.history.on(ticket, TitleChanged{{}, {sentence(4)}}); break;
      case 1: scene_.history.on(ticket, DescriptionChanged{{sentence(10)}}); break;
      case 2: scene_.history.on(ticket, TicketClosed{fresh, done, {sentence(3)}}); break;
      case 3: scene_.history.on(ticket, PriorityChanged{normal, urgent}); break;
      case 4: merge(ticket, tickets_[below(tickets_.size())]); break;
      case 5: send_by_number(ticket); break;
      default: scene_.say(ticket, sentence(8), below(3) == 0 ? Visibility::internal : Visibility::everyone);
    }
  }

 private:
  std::uint64_t below(std::uint64_t end) { return random_() % end; }

  void open() {
    TicketOpened opened;
    if (below(2) == 0) opened.party.contact = contact;
    tickets_.push_back(scene_.open(sentence(4), sentence(12), opened));
  }

  void merge(TicketId source, TicketId target) {
    scene_.history.merge(source, target);
    merged_into_[source] = target;
  }

  // To whatever the ticket was merged into last, and that one, at most three merges up.
  void send_by_number(TicketId ticket) {
    MessagePosted message{below(3) == 0 ? Visibility::internal : Visibility::everyone, {sentence(8)}};
    auto stream = ticket;
    for (int i = 0; i < 3 && merged_into_.contains(stream); ++i) stream = merged_into_[stream];
    if (stream != ticket) message.via = ticket;
    scene_.history.on(stream, message);
  }

  std::string sentence(std::size_t words) {
    static const std::vector<std::string> known = {
        "imprimante", "imprimantes", "réseau", "écran", "serveur",    "mot de passe", "facture",
        "factures",   "panne",       "de",     "la",    "the",        "printer",      "server",
        "password",   "screen",      "urgent", "merci", "imprimerie", "facturer",     "serveurs"};
    std::string text;
    for (std::size_t i = 0; i < words; ++i) text += known[below(known.size())] + (below(9) == 0 ? ", " : " ");
    return text;
  }

  SearchScene& scene_;
  std::mt19937_64 random_{4};
  std::vector<TicketId> tickets_;
  std::map<TicketId, TicketId> merged_into_;
};

}  // namespace

TEST_CASE("the index rebuilt from the log gives the same answers: tickets, order, snippets and suggestions") {
  SearchScene scene;
  Life life(scene);
  for (int i = 0; i < 1'500; ++i) {
    life.go_on();
    if (i % 7 == 0) must_search(scene.index->catch_up({}));
  }
  must_search(scene.index->catch_up({}));
  const auto before = answers(*scene.index, life.contact);
  REQUIRE(std::count(before.begin(), before.end(), before.front()) < 3);
  SECTION("beside the one that serves") { must_search(scene.index->rebuild({})); }
  SECTION("because it was gone") {
    scene.index.reset();
    std::filesystem::remove_all(scene.dir.path() / "search");
    scene.reopen({.follow = false});
    must_search(scene.index->catch_up({}));
  }
  const auto after = answers(*scene.index, life.contact);
  for (std::size_t i = 0; i < before.size(); ++i) {
    INFO(queries(life.contact)[i].text);
    CHECK(after[i] == before[i]);
  }
}

TEST_CASE("a word that only a former title had is suggested no more, not even by the index that saw it") {
  SearchScene scene;
  const auto id = scene.open("imprimante");
  scene.open("imprimerie");
  // One letter away from the former title, two from the other one.
  const auto query = SearchScene::as_agent("imprimente ");
  CHECK(scene.page(query).suggestion == "imprimante ");
  scene.history.on(id, TitleChanged{{"imprimante"}, {"scanner"}});
  CHECK(scene.page(query).suggestion == "imprimerie ");
  must_search(scene.index->rebuild({}));
  CHECK(scene.page(query).suggestion == "imprimerie ");
}

}  // namespace greffe
