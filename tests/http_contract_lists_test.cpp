#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <thread>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

std::vector<std::string> numbers(const Reply& reply) {
  std::vector<std::string> all;
  for (const auto& item : reply.body["items"]) all.push_back(item["number"]);
  return all;
}

std::string encoded(const std::string& text) {
  std::string all;
  for (const char c : text) all += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return all;
}

}  // namespace

TEST_CASE("a ticket moves between the tabs with its state") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  const auto number = server.open_ticket();
  const auto tabs = [&] {
    std::string found;
    for (const char* view : {"open", "closed", "mine-open", "mine-closed", "unassigned"}) {
      const auto reply = server.get(
          std::string("/v1/tickets?view=") + view + "&min_position=" + std::to_string(server.log->tail().value),
          acting_as("agent/" + anna));
      INFO(reply.text);
      REQUIRE(reply.status == 200);
      if (numbers(reply) == std::vector{number}) found += std::string(found.empty() ? "" : " ") + view;
    }
    return found;
  };
  CHECK(tabs() == "open unassigned");
  server.post("/v1/tickets/" + number + "/claim", Json::object(), acting_as("agent/" + anna));
  CHECK(tabs() == "open mine-open");
  server.post("/v1/tickets/" + number + "/close");
  CHECK(tabs() == "closed mine-closed");
  server.post("/v1/tickets/" + number + "/reopen");
  CHECK(tabs() == "open mine-open");
}

TEST_CASE("a list's row shows what the detail shows") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  const auto number = server.open_ticket({{"title", "T"}, {"assignee", anna}, {"category", {"A", "B"}}});
  const auto list = server.get_now("/v1/tickets");
  REQUIRE(list.body["items"].size() == 1);
  auto row = list.body["items"][0];
  const auto detail = server.get_now("/v1/tickets/" + number).body;
  for (const auto& [name, value] : row.items()) CHECK(detail[name] == value);
  CHECK(row["assignee"] == Json{{"id", anna}, {"name", "Anna"}});
  CHECK(list.body["next_cursor"].is_null());
  CHECK(list.body["position"] == std::to_string(server.log->tail().value));
  CHECK(list.body["age_ms"] == 0);
}

TEST_CASE("filters, sorts and pages combine") {
  Server server;
  const char* const priorities[] = {"low", "critical", "normal", "critical", "low", "high"};
  std::vector<std::string> opened;
  for (const auto* priority : priorities) {
    server.clock.advance(Milliseconds(1'000));
    opened.push_back(server.open_ticket({{"title", "t"}, {"priority", priority}, {"kind", "internal"}}));
  }
  const auto at = [&](std::initializer_list<std::size_t> indexes) {
    std::vector<std::string> all;
    for (const auto i : indexes) all.push_back(opened[i]);
    return all;
  };
  CHECK(numbers(server.get_now("/v1/tickets")) == at({5, 4, 3, 2, 1, 0}));
  CHECK(numbers(server.get_now("/v1/tickets?sort=opened_at")) == at({0, 1, 2, 3, 4, 5}));
  CHECK(numbers(server.get_now("/v1/tickets?sort=-priority,opened_at")) == at({1, 3, 5, 2, 0, 4}));
  CHECK(numbers(server.get_now("/v1/tickets?sort=-priority&sort=-opened_at")) == at({3, 1, 5, 2, 4, 0}));
  CHECK(numbers(server.get_now("/v1/tickets?priority=low,high&sort=opened_at")) == at({0, 4, 5}));
  CHECK(numbers(server.get_now("/v1/tickets?priority=low&priority=high&sort=opened_at")) == at({0, 4, 5}));
  CHECK(numbers(server.get_now("/v1/tickets?kind=external")).empty());
  CHECK(numbers(server.get_now("/v1/tickets?opened_from=2025-02-28T10:00:05Z&sort=opened_at")) == at({4, 5}));
  CHECK(numbers(server.get_now("/v1/tickets?opened_before=2025-02-28T10:00:02Z")) == at({0}));

  std::vector<std::string> walked;
  std::string cursor;
  do {
    const auto page = server.get_now("/v1/tickets?sort=-priority,opened_at&limit=4&cursor=" + cursor);
    REQUIRE(page.status == 200);
    for (const auto& number : numbers(page)) walked.push_back(number);
    cursor = page.body["next_cursor"].is_null() ? "" : page.body["next_cursor"].get<std::string>();
  } while (!cursor.empty());
  CHECK(walked == at({1, 3, 5, 2, 0, 4}));
}

TEST_CASE("the mine views need an agent that exists") {
  const Server server;
  const auto contact = server.create("contacts", {{"display_name", "Jeanne"}});
  server.get_now("/v1/contacts");
  for (const auto& headers : {Headers{}, acting_as("contact/" + contact)}) {
    const auto reply = server.get("/v1/tickets?view=mine-open", headers);
    CHECK(reply.status == 403);
    CHECK(reply.code() == "agent_required");
  }
  CHECK(server.get("/v1/tickets?view=mine-open", acting_as("agent/999999")).faults() == "act_as not_found");
}

TEST_CASE("a query with min_position sees what its caller did") {
  const Server server;
  for (int i = 0; i < 20; ++i) {
    const auto opened = server.post("/v1/tickets", {{"title", "t"}});
    const auto list =
        server.get("/v1/tickets?sort=-number&limit=1&min_position=" + opened.body["position"].get<std::string>());
    REQUIRE(numbers(list) == std::vector{opened.body["number"].get<std::string>()});
  }
}

TEST_CASE("a position that the views have not reached is answered 503 with the lag") {
  const Server server;
  const auto beyond = server.log->tail().value + 1000;
  for (const std::string path : {"/v1/tickets", "/v1/contacts", "/v1/tickets/1"}) {
    const auto behind = server.get(path + "?min_position=" + std::to_string(beyond));
    CHECK(behind.status == 503);
    CHECK(behind.code() == "views_behind");
    CHECK(behind.header("Retry-After") == "1");
    const auto position = std::stoull(behind.body["position"].get<std::string>());
    CHECK(behind.body["lag"] == beyond - position);
  }
}

TEST_CASE("the same page asked again changes as soon as a ticket does") {
  const Server server;
  const auto number = server.open_ticket({{"title", "Before"}});
  server.get_now("/v1/tickets");
  for (int i = 0; i < 3; ++i) CHECK(server.get("/v1/tickets").body["items"][0]["title"] == "Before");
  server.post("/v1/tickets/" + number + "/rename", {{"title", "After"}});
  server.get_now("/v1/tickets");
  CHECK(server.get("/v1/tickets").body["items"][0]["title"] == "After");
}

TEST_CASE("one agent's page is never served to another") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  const auto bruno = server.create_agent("Bruno");
  const auto hers = server.open_ticket({{"title", "t"}, {"assignee", anna}});
  const auto his = server.open_ticket({{"title", "t"}, {"assignee", bruno}});
  server.get_now("/v1/tickets");
  for (int i = 0; i < 2; ++i) {
    CHECK(numbers(server.get("/v1/tickets?view=mine-open", acting_as("agent/" + anna))) == std::vector{hers});
    CHECK(numbers(server.get("/v1/tickets?view=mine-open", acting_as("agent/" + bruno))) == std::vector{his});
  }
}

TEST_CASE("lists stay whole while tickets change") {
  const Server server;
  for (int i = 0; i < 30; ++i) server.open_ticket();
  server.get_now("/v1/tickets");
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    while (!stop) server.open_ticket();
  });
  for (int i = 0; i < 50; ++i) {
    const auto page = server.get("/v1/tickets?limit=200");
    REQUIRE(page.status == 200);
    REQUIRE(page.body["items"].size() >= 30);
    CHECK(page.body["age_ms"].get<std::int64_t>() >= 0);
  }
  stop = true;
  writer.join();
}

TEST_CASE("a category is a path from the root and holds all below it, in lists, counts, facets and saved views") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  const auto disk = server.open_ticket({{"title", "t"}, {"category", {"hw", "pc", "disk"}}});
  const auto pc = server.open_ticket({{"title", "t"}, {"category", {"hw", "pc"}}});
  const auto hw = server.open_ticket({{"title", "t"}, {"category", {"hw"}}});
  server.open_ticket({{"title", "t"}, {"category", {"sw"}}});
  const auto found = [&](const std::string& query) {
    return numbers(server.get_now("/v1/tickets?view=all&sort=number&" + query));
  };
  using Numbers = std::vector<std::string>;
  CHECK(found("category=hw") == Numbers{disk, pc, hw});
  CHECK(found("category=hw/pc") == Numbers{disk, pc});
  CHECK(found("category=hw%2Fpc") == Numbers{disk, pc});
  CHECK(found("category=hw/pc/disk") == Numbers{disk});
  CHECK(found("category=pc").empty());
  CHECK(found("category=pc/hw").empty());
  const auto counts = server.get_now("/v1/tickets/counts?category=hw/pc");
  CHECK(counts.body["by_view"]["open"] == 2);
  const auto facets = server.get_now("/v1/tickets/facets?category=hw/pc&facet=kind,category");
  CHECK(facets.body["facets"][0]["values"][0]["count"] == 2);
  CHECK(facets.body["facets"][1]["values"][0] == Json{{"value", "hw"}, {"count", 3}});
  server.create("views", {{"title", "PCs"}, {"query", "category=hw/pc"}});
  const auto views = server.get_now("/v1/tickets/counts", acting_as("agent/" + anna));
  REQUIRE(views.body["saved_views"].size() == 1);
  CHECK(views.body["saved_views"][0]["count"] == 2);
  CHECK(server.get("/v1/tickets?category=" + std::string(65, 'a')).faults() == "category too_long");
  CHECK(server.get("/v1/tickets?category=" + std::string(64, 'a') + "/" + std::string(64, 'b')).status == 200);
}

TEST_CASE("lists are filtered by the number of the parent and of the ticket merged into") {
  const Server server;
  server.set("numbering", {{"formats", {{{"pattern", "T{seq:3}"}}}}});
  const auto parent = server.open_ticket(), child = server.open_ticket();
  const auto root = server.open_ticket(), absorbed = server.open_ticket();
  server.change(parent, "attach-sub-ticket", {{"child", child}});
  server.change(absorbed, "merge", {{"into", root}});
  using Numbers = std::vector<std::string>;
  const auto found = [&](const std::string& query) { return numbers(server.get_now("/v1/tickets?" + query)); };
  const auto row = server.get_now("/v1/tickets?has_parent=true").body["items"][0];
  CHECK(found("parent=" + row["parent"].get<std::string>()) == Numbers{child});
  CHECK(found("parent=T999," + parent) == Numbers{child});
  CHECK(found("parent=T999").empty());
  CHECK(found("parent=" + root).empty());
  CHECK(found("parent=" + server.detail(parent)["id"].get<std::string>()) == Numbers{child});
  CHECK(found("view=merged&merged_into=" + root) == Numbers{absorbed});
  CHECK(server.get_now("/v1/tickets/counts?parent=" + parent).body["by_view"]["open"] == 1);
}

TEST_CASE("a number that looks like an id is a number first") {
  const Server server;
  server.set("numbering", {{"formats", {{{"pattern", "{seq:1}"}}}}});
  const auto parent = server.open_ticket(), child = server.open_ticket();
  server.change(parent, "attach-sub-ticket", {{"child", child}});
  CHECK(numbers(server.get_now("/v1/tickets?parent=" + parent)) == std::vector{child});
  CHECK(numbers(server.get_now("/v1/tickets?parent=" + child)).empty());
}

TEST_CASE("an empty value of a filter means the tickets without one, which the facet counts as absent") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  const auto team = server.create("teams", {{"display_name", "Network"}, {"members", {anna}}});
  const auto house = server.create("organisations", {{"display_name", "Acme"}});
  const auto jeanne = server.create("contacts", {{"display_name", "Jeanne"}, {"organisation", house}});
  const auto full = server.open_ticket({{"title", "t"},
                                        {"assignee", anna},
                                        {"team", team},
                                        {"contact", jeanne},
                                        {"category", {"hw"}},
                                        {"group", "g"},
                                        {"request_type", "r"}});
  const auto bare = server.open_ticket();
  using Numbers = std::vector<std::string>;
  const std::pair<std::string, std::string> columns[] = {{"assignee", anna}, {"team", team}, {"contact", jeanne},
                                                         {"category", "hw"}, {"group", "g"}, {"request_type", "r"}};
  for (const auto& [column, value] : columns) {
    INFO(column);
    CHECK(numbers(server.get_now("/v1/tickets?" + column + "=")) == Numbers{bare});
    CHECK(numbers(server.get_now("/v1/tickets?sort=number&" + column + "=" + value + ",")) == Numbers{full, bare});
    const auto facets = server.get_now("/v1/tickets/facets?facet=" + column + "&" + column + "=");
    CHECK(facets.body["facets"][0]["absent"] == 1);
    CHECK(server.get("/v1/search?q=t&" + column + "=").status == 422);
  }
  CHECK(server.get("/v1/tickets?status=").faults() == "status too_short");
  CHECK(server.get("/v1/tickets?copy=").faults() == "copy malformed");
}

TEST_CASE("a value with a comma, slash or backslash is found by what its facet says") {
  const Server server;
  const auto odd = server.open_ticket({{"title", "t"}, {"category", {"x,y/z", "a/b"}}, {"group", "g,h\\"}});
  server.open_ticket({{"title", "t"}, {"category", {"x"}}, {"group", "g"}});
  server.open_ticket({{"title", "t"}, {"category", {"y", "z"}}, {"group", "h"}});
  using Numbers = std::vector<std::string>;
  const auto found = [&](const std::string& query) { return numbers(server.get_now("/v1/tickets?" + query)); };
  for (const std::string column : {"category", "group"}) {
    const auto facets = server.get_now("/v1/tickets/facets?facet=" + column);
    const auto values = facets.body["facets"][0]["values"];
    REQUIRE(values.size() == 3);
    const auto with_comma = std::find_if(values.begin(), values.end(), [](const Json& value) {
      return value["value"].get<std::string>().find(',') != std::string::npos;
    });
    REQUIRE(with_comma != values.end());
    const auto value = (*with_comma)["value"].get<std::string>();
    CHECK(value == (column == "group" ? "g\\,h\\\\" : "x\\,y\\/z"));
    CHECK(found(column + "=" + encoded(value)) == Numbers{odd});
  }
  CHECK(found("category=x%5C,y%5C/z/a%5C/b") == Numbers{odd});
  CHECK(found("category=x%5C,y%5C/z/a/b").empty());
  CHECK(found("category=x%5C%2Cy/z") == Numbers{odd});  // a name with a slash in it
  CHECK(found("category=x,y/z").size() == 2);
  CHECK(found("group=g,h").size() == 2);
}

TEST_CASE("when priorities change their order, lists and ranks follow") {
  const Server server;
  const auto low = server.open_ticket({{"title", "t"}, {"priority", "low"}});
  const auto high = server.open_ticket({{"title", "t"}, {"priority", "high"}});
  using Numbers = std::vector<std::string>;
  const auto sorted = [&] { return numbers(server.get_now("/v1/tickets?sort=-priority,number")); };
  CHECK(sorted() == Numbers{high, low});
  auto priorities = server.get("/v1/settings/priorities").body["priorities"];
  const auto last = priorities.size() - 1;
  const auto rank_of_low = server.detail(low)["priority"]["rank"].get<std::size_t>();
  std::reverse(priorities.begin(), priorities.end());
  server.set("priorities", {{"priorities", priorities}});
  const auto lower = server.open_ticket({{"title", "t"}, {"priority", "high"}});
  CHECK(sorted() == Numbers{low, high, lower});
  CHECK(server.detail(low)["priority"]["rank"] == last - rank_of_low);
  CHECK(server.detail(high)["priority"] == server.detail(lower)["priority"]);
}

TEST_CASE("every tab is counted, whatever view is asked for") {
  const Server server;
  const auto anna = server.create_agent("Anna");
  const auto team = server.create("teams", {{"display_name", "Network"}, {"members", {anna}}});
  server.open_ticket({{"title", "t"}, {"team", team}});
  server.open_ticket();
  for (const auto* view : {"open", "closed", "team-open"}) {
    INFO(view);
    const auto counts = server.get_now(std::string("/v1/tickets/counts?view=") + view, acting_as("agent/" + anna));
    CHECK(counts.body["by_view"]["team-open"] == 1);
    CHECK(counts.body["by_view"]["open"] == 2);
  }
}
