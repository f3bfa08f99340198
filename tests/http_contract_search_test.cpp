// GET /v1/search: what it answers, to whom, and how it refuses.
#include <catch2/catch.hpp>

#include <set>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

// What is found by everybody who asks as `headers` say, by number.
std::vector<std::string> numbers(const Server& server, const std::string& query, Headers headers = {}) {
  const auto position = std::to_string(server.log->tail().value);
  const auto reply = server.get("/v1/search?" + query + "&min_position=" + position, std::move(headers));
  if (reply.status != 200) return {"status " + std::to_string(reply.status)};
  std::vector<std::string> found;
  for (const auto& item : reply.body["items"]) found.push_back(item["number"]);
  std::sort(found.begin(), found.end());
  return found;
}

using Numbers = std::vector<std::string>;

}  // namespace

TEST_CASE("a search answers rows of the lists with snippets, and what every answer of the views has") {
  const Server server;
  const auto number = server.open_ticket({{"title", "Imprimante <bloquée>"}, {"description", "au 2e étage"}});
  server.open_ticket({{"title", "Scanner"}});
  const auto reply = server.get_now("/v1/search?q=imprimantes%20bloqu%C3%A9");
  REQUIRE(reply.status == 200);
  REQUIRE(reply.body["items"].size() == 1);
  auto item = reply.body["items"][0];
  CHECK(item["snippets"] ==
        Json::array({{{"field", "title"}, {"text", "<mark>Imprimante</mark> &lt;<mark>bloquée</mark>&gt;"}}}));
  CHECK(item["score"].get<int>() > 0);
  item.erase("snippets");
  item.erase("score");
  const auto list = server.get_now("/v1/tickets?sort=number");
  CHECK(item == list.body["items"][0]);
  CHECK(item["number"] == number);
  CHECK(reply.body["suggestion"].is_null());
  CHECK(reply.body["total_estimate"] == 1);
  CHECK(reply.body["next_cursor"].is_null());
  CHECK(reply.body["position"] == std::to_string(server.log->tail().value));
  CHECK(reply.body["age_ms"] == 0);
  CHECK(server.get_now("/v1/search?q=imprimnate%20").body["suggestion"] == "imprimante ");
}

TEST_CASE("filters of the search are those of the lists, a category may be a path") {
  const Server server;
  const auto team = server.create("teams", {{"display_name", "N1"}});
  const auto in_team = server.open_ticket({{"title", "Panne"}, {"team", team}, {"category", {"Incident", "Wifi"}}});
  const auto slash = server.open_ticket({{"title", "Panne"}, {"category", {"Incident/Wifi"}}});
  const auto closed = server.open_ticket({{"title", "Panne"}});
  REQUIRE(server.post("/v1/tickets/" + closed + "/close").status == 200);
  CHECK(numbers(server, "q=panne") == Numbers{in_team, slash, closed});
  CHECK(numbers(server, "q=panne&view=open") == Numbers{in_team, slash});
  CHECK(numbers(server, "q=panne&view=closed") == Numbers{closed});
  CHECK(numbers(server, "q=panne&team=" + team) == Numbers{in_team});
  CHECK(numbers(server, "q=panne&category=Incident") == Numbers{in_team});
  CHECK(numbers(server, "q=panne&category=Incident/Wifi") == Numbers{in_team, slash});
  CHECK(numbers(server, "q=panne&kind=external&status=new") == Numbers{in_team, slash});
  CHECK(numbers(server, "q=panne&from=2025-02-28T00:00:00Z&before=2025-03-01T00:00:00Z").size() == 3);
  CHECK(numbers(server, "q=panne&before=2025-02-28T00:00:00Z").empty());
}

TEST_CASE("a contact finds public texts of their own tickets only") {
  const Server server;
  const auto anne = server.create("contacts", {{"display_name", "Anne"}});
  const auto mine = server.open_ticket({{"title", "Panne"}, {"contact", anne}});
  const auto other = server.open_ticket({{"title", "Panne"}});
  const auto note =
      server.post("/v1/tickets/" + mine + "/post-message", {{"body", "secret"}, {"visibility", "internal"}});
  REQUIRE(note.status / 100 == 2);
  CHECK(numbers(server, "q=panne") == Numbers{mine, other});
  CHECK(numbers(server, "q=panne", acting_as("contact/" + anne)) == Numbers{mine});
  CHECK(numbers(server, "q=secret") == Numbers{mine});
  CHECK(numbers(server, "q=secret", acting_as("contact/" + anne)).empty());
}

TEST_CASE("a merged ticket is found by the desk, with the number of the one that stands for it") {
  const Server server;
  const auto anne = server.create("contacts", {{"display_name", "Anne"}});
  const auto root = server.open_ticket({{"title", "Panne"}, {"contact", anne}});
  const auto source = server.open_ticket({{"title", "Sapotille"}, {"contact", anne}});
  REQUIRE(server.post("/v1/tickets/" + source + "/merge", {{"into", root}}).status == 200);
  CHECK(numbers(server, "q=sapotille") == Numbers{source});
  CHECK(numbers(server, "q=" + source) == Numbers{source});
  const auto found = server.get_now("/v1/search?q=sapotille").body["items"][0];
  CHECK(found["merged_into"] == root);
  CHECK(numbers(server, "q=sapotille&view=open").empty());
  CHECK(numbers(server, "q=sapotille", acting_as("contact/" + anne)).empty());
}

TEST_CASE("pages of hits follow one another by their cursor") {
  const Server server;
  for (int i = 0; i < 5; ++i) server.open_ticket({{"title", "Panne"}});
  std::set<std::string> seen;
  std::string cursor;
  for (int pages = 1; pages <= 3; ++pages) {
    const auto reply = server.get_now("/v1/search?q=panne&limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor));
    REQUIRE(reply.status == 200);
    for (const auto& item : reply.body["items"]) CHECK(seen.insert(item["number"]).second);
    CHECK(reply.body["next_cursor"].is_null() == (pages == 3));
    if (pages < 3) cursor = reply.body["next_cursor"];
  }
  CHECK(seen.size() == 5);
}

TEST_CASE("searches that cannot be made are refused with the reason") {
  struct Row {
    std::string query;
    int status;
    std::string faults;
  };
  const auto row = GENERATE(values<Row>({
      {"", 422, "q required"},
      {"q=", 422, "q required"},
      {"q=%20%22", 422, "q required"},
      {"q=-panne", 422, "q required"},
      {"q=" + std::string(1025, 'x'), 422, "q too_long"},
      {"q=a&q=b", 422, "q duplicate"},
      {"q=a&limit=0", 422, "limit out_of_range"},
      {"q=a&limit=51", 422, "limit out_of_range"},
      {"q=a&view=mine", 422, "view not_one_of"},
      {"q=a&from=yesterday", 422, "from malformed"},
      {"q=a&team=x", 422, "team malformed"},
      {"q=a&sort=title", 422, "sort unknown_field"},
  }));
  INFO(row.query);
  const Server server;
  const auto reply = server.get("/v1/search?" + row.query);
  CHECK(reply.status == row.status);
  CHECK(reply.faults() == row.faults);
  CHECK(server.get("/v1/search?q=a&cursor=2-00").code() == "bad_cursor");
  CHECK(server.get_as_stranger("/v1/search?q=a").status == 401);
}
