#include <rapidcheck.h>

#include <algorithm>

#include "projections/lookup/folding.h"
#include "projections/lookup/name_index.h"
#include "tests/projections_views.h"

using namespace greffe;
using namespace greffe::projections_test;

namespace {

std::string words_of(std::string_view text) {
  std::string joined;
  for (const auto& word : folded_words(text, 20)) joined += (joined.empty() ? "" : " ") + word;
  return joined;
}

// The names found, best first: "Marc, Anne Martin", with a + if there may be others.
template <class Row>
std::string names(const Matches<Row>& matches) {
  std::string text;
  for (const auto& row : matches.rows) {
    if (!text.empty()) text += ", ";
    if constexpr (std::is_same_v<Row, ContextRow>) text += row.details.label.text;
    else text += row.details.display_name.text;
  }
  return matches.more ? text + " +" : text;
}

Position rename(History& history, ContactId id, const std::string& name) {
  return history.add(stream_of(id), ContactEvent(ContactChanged{{{name}, {}, {}, {}, {}}}));
}

ContextId vehicle(History& history, const std::string& plate, const std::string& type = "vehicle") {
  return {history.add({StreamKind::context, 0}, ContextEvent(ContextCreated{{type, {plate}, {}, {}, plate}})).value};
}

AgentId helper(History& history, const std::string& name, bool assignable) {
  return {history.add({StreamKind::agent, 0}, AgentEvent(AgentCreated{{{name}, {}, assignable, {}}})).value};
}

}  // namespace

TEST_CASE("words are compared without case, accents and punctuation") {
  CHECK(words_of("Jean-Luc d’Été") == "jean luc d ete");
  CHECK(words_of("ÆSØP œuvre Straße Łódź İstanbul") == "aesop oeuvre strasse lodz istanbul");
  CHECK(words_of("Nguyễn Thị Ỳ Đặng") == "nguyen thi y dang");
  CHECK(words_of("Țiriac Škoda ĲSSEL Ǆ") == "tiriac skoda ijssel dz");
  CHECK(words_of("e\xCC\x81t\xC3\xA9") == "ete");  // composed or not
  CHECK(words_of("ΑΘΗΝΑ Москва 王小明") == "αθηνα москва 王小明");
  CHECK(words_of("soft\xC2\xADhyphen") == "softhyphen");
  CHECK(words_of("2×3 ÷ —…") == "2 3");
  CHECK(words_of("") == "");
  CHECK(words_of("caf\xE9 Zo\xEB") == "cafe zoe");  // Latin-1
}

TEST_CASE("folding takes any bytes and is at its end after one pass") {
  CHECK(rc::check("any bytes", [](const std::string& bytes) {
    const auto once = words_of(bytes);
    RC_ASSERT(words_of(once) == once);
  }));
}

TEST_CASE("people are found by the beginning of any word of their name, the first word first") {
  Scene scene;
  for (const char* name :
       {"Zoé Martin", "Martine Durand", "Jean-Marc Petit", "Marc Aurèle", "Émile Zola", "Anne Martin", "Bob"}) {
    scene.history.contact(name);
  }
  const auto now = scene.now();
  CHECK(names(now->contacts_named("mar", 20)) ==
        "Marc Aurèle, Martine Durand, Jean-Marc Petit, Anne Martin, Zoé Martin");
  CHECK(names(now->contacts_named("MÀR", 20)) == names(now->contacts_named("mar", 20)));
  CHECK(names(now->contacts_named("emile", 20)) == "Émile Zola");
  CHECK(names(now->contacts_named("émi", 20)) == "Émile Zola");
  CHECK(names(now->contacts_named("artin", 20)) == "");
  CHECK(names(now->contacts_named("mar", 2)) == "Marc Aurèle, Martine Durand +");
  CHECK(names(now->contacts_named("mar", 5)) ==
        "Marc Aurèle, Martine Durand, Jean-Marc Petit, Anne Martin, Zoé Martin");
}

TEST_CASE("several words must all begin a word of the name, in any order") {
  Scene scene;
  for (const char* name : {"Jean Luc Martin", "Martin Jeanne", "Jean Durand", "Luc Martin", "Marie Jeanne Luc"}) {
    scene.history.contact(name);
  }
  const auto now = scene.now();
  CHECK(names(now->contacts_named("jean mar", 20)) == "Jean Luc Martin, Marie Jeanne Luc, Martin Jeanne");
  CHECK(names(now->contacts_named("mar jean", 20)) == "Jean Luc Martin, Marie Jeanne Luc, Martin Jeanne");
  CHECK(names(now->contacts_named("martin jean luc", 20)) == "Jean Luc Martin");
  CHECK(names(now->contacts_named("luc jean", 20)) == "Jean Luc Martin, Marie Jeanne Luc");
  CHECK(names(now->contacts_named("jean bob", 20)) == "");
}

TEST_CASE("a name is found where it is now, and nowhere while its entry is not active") {
  Scene scene;
  const auto anne = scene.history.contact("Anne Martin");
  const auto marc = scene.history.contact("Marc");
  CHECK(names(scene.now()->contacts_named("mar", 20)) == "Marc, Anne Martin");
  rename(scene.history, anne, "Anne Durand");
  CHECK(names(scene.now()->contacts_named("mar", 20)) == "Marc");
  CHECK(names(scene.now()->contacts_named("dur", 20)) == "Anne Durand");
  scene.history.add(stream_of(marc), ContactEvent(ContactDeactivated{}));
  CHECK(names(scene.now()->contacts_named("mar", 20)) == "");
  rename(scene.history, marc, "Marc Aurèle");
  CHECK(names(scene.now()->contacts_named("mar", 20)) == "");
  scene.history.add(stream_of(marc), ContactEvent(ContactReactivated{}));
  CHECK(names(scene.now()->contacts_named("aur", 20)) == "Marc Aurèle");
  rename(scene.history, marc, "Aurèle Marc");  // the same words from another one on
  CHECK(names(scene.now()->contacts_named("mar", 20)) == "Aurèle Marc");
}

TEST_CASE("an older snapshot goes on finding what was there") {
  Scene scene;
  const auto anne = scene.history.contact("Anne Martin");
  const auto before = scene.now();
  rename(scene.history, anne, "Anne Durand");
  scene.now();
  CHECK(names(before->contacts_named("mar", 20)) == "Anne Martin");
}

TEST_CASE("contacts, organisations and agents are each found among their own kind") {
  Scene scene;
  scene.history.contact("Martin");
  scene.history.organisation("Martin SA");
  helper(scene.history, "Martin Agent", false);
  const auto now = scene.now();
  CHECK(names(now->contacts_named("mar", 20)) == "Martin");
  CHECK(names(now->organisations_named("mar", 20)) == "Martin SA");
  CHECK(names(now->agents_named("mar", 20)) == "Martin Agent");
  CHECK(names(now->assignable_agents("mar", 20)) == "");
}

TEST_CASE("an assignment's dropdown has the support team by name, before anything is typed") {
  Scene scene;
  helper(scene.history, "Zoé", true);
  const auto anne = helper(scene.history, "Anne", true);
  helper(scene.history, "Carl", false);
  const auto bob = helper(scene.history, "Bob", true);
  CHECK(names(scene.now()->assignable_agents("", 20)) == "Anne, Bob, Zoé");
  CHECK(names(scene.now()->assignable_agents("b", 20)) == "Bob");
  scene.history.add(stream_of(anne), AgentEvent(AgentChanged{{{"Anne"}, {}, false, {}}}));
  scene.history.add(stream_of(bob), AgentEvent(AgentDeactivated{}));
  CHECK(names(scene.now()->assignable_agents("", 20)) == "Zoé");
  CHECK(names(scene.now()->agents_named("ann", 20)) == "Anne");
}

TEST_CASE("plates and numbers are found whatever stands between their letters") {
  Scene scene;
  vehicle(scene.history, "AB-123-CD");
  vehicle(scene.history, "ab 129 zz");
  vehicle(scene.history, "CD-AB1-00");
  vehicle(scene.history, "AB-123-CD", "trailer");
  const auto now = scene.now();
  for (const char* typed : {"AB1", "ab-1", "a b 1", "Ab 1"}) {
    CHECK(names(now->contexts_labelled("vehicle", typed, 20)) == "AB-123-CD, ab 129 zz, CD-AB1-00");
  }
  CHECK(names(now->contexts_labelled("vehicle", "123c", 20)) == "AB-123-CD");
  CHECK(names(now->contexts_labelled("trailer", "ab1", 20)) == "AB-123-CD");
  CHECK(names(now->contexts_labelled("booking", "ab1", 20)) == "");
  CHECK(names(now->contexts_labelled("vehicle", "", 2)) == "AB-123-CD, ab 129 zz +");
}

TEST_CASE("what is found is what a walk over all names finds, names that begin so first") {
  CHECK(rc::check("names", [] {
    Scene scene;
    const auto part = rc::gen::element<std::string>("mar", "mari", "marc", "Émile", "emil", "jo", "Jo-Ann", "x");
    const auto given = *rc::gen::container<std::vector<std::vector<std::string>>>(
        rc::gen::resize(4, rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(part))));
    std::vector<std::string> all;
    for (const auto& parts : given) {
      std::string name;
      for (const auto& one : parts) name += (name.empty() ? "" : " ") + one;
      all.push_back(name);
      scene.history.contact(name);
    }
    const auto typed = *part;
    const auto folded = folded_words(typed, 5);
    std::size_t wanted = 0;
    for (const auto& name : all) {
      const auto words = folded_words(name, 10);
      wanted += std::all_of(folded.begin(), folded.end(), [&](const std::string& word) {
        return std::any_of(words.begin(), words.end(), [&](const std::string& w) { return w.starts_with(word); });
      });
    }
    const auto found = scene.now()->contacts_named(typed, 200);
    RC_ASSERT(!found.more);
    RC_ASSERT(found.rows.size() == wanted);
    int rank = 0;
    std::string last;
    for (const auto& row : found.rows) {
      const auto name = words_of(row.details.display_name.text);
      const int this_rank = name.starts_with(words_of(typed)) ? 0 : 1;
      RC_ASSERT(this_rank >= rank);
      if (this_rank == 0) RC_ASSERT(name >= last);
      rank = this_rank;
      last = name;
    }
  }));
}

TEST_CASE("scattered words look through a bounded number of names and say so") {
  Scene scene;
  for (std::size_t i = 0; i < keys_scanned_max + 10; ++i)
    scene.history.contact("Jean " + std::to_string(i) + " Martin");
  scene.history.contact("Martial Bob Jeannot");
  const auto now = scene.now();
  CHECK(names(now->contacts_named("jean mar", 1)) == "Jean 0 Martin +");
  const auto cut_short = now->contacts_named("mart jea", 200);
  CHECK(cut_short.more);
  CHECK(!cut_short.rows.empty());
  // A rarer word makes it exact again.
  CHECK(names(now->contacts_named("jea bob mart", 20)) == "Martial Bob Jeannot");
}

TEST_CASE("look-ups are the same after a rebuild, and a rename leaves nothing behind") {
  Scene scene;
  const auto anne = scene.history.contact("Anne Martin");
  rename(scene.history, anne, "Anne Durand");
  scene.history.add(stream_of(anne), ContactEvent(ContactDeactivated{}));
  vehicle(scene.history, "AB-1");
  catch_up(*scene.views);
  const auto rebuilt = rebuild(*scene.views);
  CHECK(same(rebuilt.before, rebuilt.after));
  CHECK(names(scene.views->snapshot()->contacts_named("dur", 20)) == "");
}
