// What a ticket is about: entries of the catalogue and things that are named only.
#include "tests/spec.h"

using namespace greffe;
using namespace greffe::spec;

TEST_CASE("a context from the catalogue is kept as it was when it was linked") {
  World world;
  world.contexts[ContextId{60}] = {{1}, {"vehicle", {"AB-123-CD"}, "https://fleet/1", {{"colour", {"red"}}}, {}}, true};
  world.settings.contexts = {false, {{"vehicle", {}, "", true}, {"invoice", {}, "https://erp/{label}", false}}};
  auto ticket = given(opened()).in(world);
  ticket.when(LinkTicketContext{{ContextId{60}, "", "", "", {}}})
      .then(ContextLinked{{1, "vehicle", ContextId{60}, {"AB-123-CD"}, "https://fleet/1", {{"colour", {"red"}}}}});
  ticket.when(LinkTicketContext{{{}, "invoice", "F-12", "", {}}})
      .then(ContextLinked{{1, "invoice", {}, {"F-12"}, "https://erp/F-12", {}}});
  ticket.when(LinkTicketContext{{{}, "vehicle", "ZZ-999-ZZ", "", {}}}).refused("label", FieldCode::not_in_catalogue);
  ticket.when(LinkTicketContext{{{}, "boat", "Titanic", "", {}}}).refused("type", FieldCode::unknown_value);
  ticket.when(LinkTicketContext{{ContextId{61}, "", "", "", {}}}).refused("context", FieldCode::not_found);
  ticket.when(LinkTicketContext{{{}, "invoice", "F-1", "javascript:alert(1)", {}}})
      .refused("url", FieldCode::malformed);
}

TEST_CASE("a label stands as text in the address of its type, and chooses neither path nor host") {
  World world;
  const auto url_of = [&](const std::string& pattern, const std::string& label) {
    world.settings.contexts = {false, {{"invoice", {}, pattern, false}}};
    const auto outcome = given(opened()).in(world).when(LinkTicketContext{{{}, "invoice", label, "", {}}});
    REQUIRE(outcome.decision());
    return std::get<ContextLinked>(outcome.decision()->front()).context.url;
  };
  const std::string path = "https://erp/{label}", query = "https://erp?n={label}#top";
  CHECK(url_of(path, "F-12_a.b~C") == "https://erp/F-12_a.b~C");
  CHECK(url_of(path, "F 12/é?x=1&y#z") == "https://erp/F%2012%2F%C3%A9%3Fx%3D1%26y%23z");
  CHECK(url_of(path, "%2e%2e") == "https://erp/%252e%252e");
  CHECK(url_of(path, "../..") == "https://erp/..%2F..");
  CHECK(url_of(query, "a&b=c") == "https://erp?n=a%26b%3Dc#top");
  CHECK(url_of(path, "...") == "https://erp/...");
  for (const char* step : {".", ".."}) CHECK(url_of(path, step).empty());
  // From before patterns were held to it.
  CHECK(url_of("https://{label}/i", "evil.example").empty());
}

TEST_CASE("several contexts are linked and unlinked by their number") {
  const ContextLinked first{{1, "project", {}, {"Atlas"}, "", {}}};
  const auto ticket = given(opened(), first);
  ticket.when(LinkTicketContext{{{}, "contract", "C-7", "", {}}})
      .then(ContextLinked{{2, "contract", {}, {"C-7"}, "", {}}});
  ticket.when(LinkTicketContext{{{}, "project", "Atlas", "", {}}}).nothing();
  ticket.when(UnlinkTicketContext{1}).then(ContextUnlinked{first.context});
  ticket.when(UnlinkTicketContext{2}).refused("link", FieldCode::not_found);
}

TEST_CASE("a context that is linked once more is what it is said to be now, under its number") {
  World world;
  world.settings.contexts = {true, {{"invoice", {}, "https://erp/{label}", false}}};
  const ContextLinked quote{{1, "quote", {}, {"Q-1"}, "https://erp/q", {}}};
  const ContextLinked before{{2, "invoice", {}, {"F-12"}, "https://old/12", {{"amount", {"100"}}}}};
  const auto ticket = given(opened(), quote, before).in(world);
  const auto link = [](const std::string& url, std::vector<Detail> summary) {
    return LinkTicketContext{{{}, "invoice", "F-12", url, std::move(summary)}};
  };
  auto after = before;
  after.context.url = "https://new/12";
  ticket.when(link("https://new/12", {})).then(ContextUnlinked{before.context}, after);
  auto dearer = before;
  dearer.context.summary = {{"amount", {"120"}}};
  ticket.when(link("", {{"amount", {"120"}}})).then(ContextUnlinked{before.context}, dearer);
  ticket.when(link("https://old/12", {{"amount", {"100"}}})).nothing();
  ticket.when(link("", {})).nothing();
  ticket.when(link("javascript:alert(1)", {})).refused("url", FieldCode::malformed);
  const auto replaced = given(opened(), before, quote, ContextUnlinked{before.context}, after).in(world);
  replaced.when(UnlinkTicketContext{2}).then(ContextUnlinked{after.context});
  replaced.when(LinkTicketContext{{{}, "project", "Atlas", "", {}}})
      .then(ContextLinked{{3, "project", {}, {"Atlas"}, "", {}}});
}

TEST_CASE("a replaced context leaves the numbers of the next ones alone") {
  const ContextLinked first{{1, "quote", {}, {"Q-1"}, "", {}}}, second{{2, "invoice", {}, {"F-12"}, "", {}}};
  auto again = first;
  again.context.url = "https://erp/q";
  given(opened(), first, second, ContextUnlinked{first.context}, again)
      .when(LinkTicketContext{{{}, "project", "Atlas", "", {}}})
      .then(ContextLinked{{3, "project", {}, {"Atlas"}, "", {}}});
}

TEST_CASE("a context that is given back has its number and address of before, if the number is free") {
  World world;
  world.settings.contexts = {true, {{"invoice", {}, "https://erp/{label}", false}}};
  const ContextLinked first{{1, "invoice", {}, {"F-12"}, "", {}}}, second{{2, "quote", {}, {"Q-1"}, "", {}}};
  const LinkTicketContext given_back{{{}, "invoice", "F-12", "", {}}, 1};
  given(opened(), first, second, ContextUnlinked{first.context}).in(world).when(given_back).then(first);
  const ContextLinked anew{{2, "invoice", {}, {"F-12"}, "https://erp/F-12", {}}};
  const ContextLinked other{{1, "quote", {}, {"Q-1"}, "", {}}};
  given(opened(), other).in(world).when(given_back).then(anew);
}

TEST_CASE("an entry that is linked stays as it was then, whatever it is called by now") {
  World world;
  world.contexts[ContextId{60}] = {{1}, {"vehicle", {"AB-123-CE"}, "https://fleet/1", {}, {}}, true};
  given(opened(), ContextLinked{{1, "vehicle", ContextId{60}, {"AB-123-CD"}, "", {}}})
      .in(world)
      .when(LinkTicketContext{{ContextId{60}, "", "", "", {}}})
      .nothing();
}
