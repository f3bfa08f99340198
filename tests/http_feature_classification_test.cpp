// Statuses, categories, priorities and what else a ticket is sorted by, feature by feature of the
// help pages (docs/features.md).
#include <catch2/catch.hpp>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

Json words(const char* text) { return {{{"language", "fr"}, {"text", text}}, {{"language", "en"}, {"text", text}}}; }

Json node(const char* key, const char* parent, const Json& audience = Json::array()) {
  return {{"key", key}, {"parent", parent}, {"labels", words(key)}, {"audience", audience}};
}

Json listed(const char* key) { return {{"key", key}, {"labels", words(key)}}; }

Json status(const char* key, const char* label, const char* category, const Json& next = Json::array()) {
  return {{"key", key}, {"labels", words(label)}, {"colour", "#112233"}, {"category", category}, {"next", next}};
}

Json flat_axis(const char* label, const Json& values) {
  return {{"labels", words(label)}, {"enabled", true}, {"open", false}, {"values", values}};
}

Json tree_axis(const char* label, const Json& nodes) {
  return {{"labels", words(label)}, {"enabled", true}, {"open", false}, {"nodes", nodes}};
}

// Unread, read, assigned, in progress, awaiting return, closed.
void set_six_states(const Server& server) {
  server.set("statuses",
             {{"statuses",
               {status("unread", "Non lu", "new"), status("read", "Lu", "new"), status("assigned", "Assigné", "open"),
                status("in_progress", "En cours", "open"), status("awaiting", "En attente de retour", "pending"),
                status("closed", "Fermé", "closed")}},
              {"on_open", "unread"},
              {"on_close", "closed"},
              {"on_reopen", "in_progress"},
              {"on_read", "read"},
              {"on_assign", "assigned"}});
}

}  // namespace

TEST_CASE("six states: unread, read, assigned, in progress, awaiting return and closed, as the work goes on") {
  const Server server;
  set_six_states(server);
  const auto anna = server.create_agent("Anna");
  const auto number = server.open_ticket();
  const auto label = [&] { return server.detail(number)["status"]["label"]; };
  CHECK(label() == "Non lu");
  server.change(number, "mark-read", Json::object(), acting_as("agent/" + anna));
  CHECK(label() == "Lu");
  server.change(number, "assign", {{"assignee", anna}});
  CHECK(label() == "Assigné");
  server.change(number, "change-status", {{"status", "in_progress"}});
  CHECK(label() == "En cours");
  server.change(number, "change-status", {{"status", "awaiting"}});
  CHECK(label() == "En attente de retour");
  CHECK(server.detail(number)["status"]["category"] == "pending");
  server.change(number, "close");
  CHECK(label() == "Fermé");
}

TEST_CASE("configurable statuses: steps of one's own, in an order, with the ways from one to the next") {
  const Server server;
  server.set("statuses", {{"statuses",
                           {status("in", "Entrée", "new", {"work"}), status("work", "Atelier", "open", {"out"}),
                            status("out", "Sortie", "closed", {"work"})}},
                          {"on_open", "in"},
                          {"on_close", "out"},
                          {"on_reopen", "work"}});
  const auto number = server.open_ticket();
  const auto path = "/v1/tickets/" + number + "/change-status";
  CHECK(server.post(path, {{"status", "out"}}).code() == "transition_not_allowed");
  server.change(number, "change-status", {{"status", "work"}});
  CHECK(server.post(path, {{"status", "in"}}).code() == "transition_not_allowed");
  server.change(number, "change-status", {{"status", "out"}});
  CHECK(server.detail(number)["status"]["label"] == "Sortie");
  const auto stored = server.get("/v1/settings/statuses");
  CHECK(stored.header("ETag") == "\"2\"");
  CHECK(stored.body["statuses"][1]["key"] == "work");
}

TEST_CASE("automatic read status: at once for what staff opens, for a client's or a mail's when staff first sees it") {
  const Server server;
  set_six_states(server);
  server.set("opening", {{"auto_read_internal", true}});
  const auto anna = acting_as("agent/" + server.create_agent("Anna"));
  const auto jeanne = acting_as("contact/" + server.create("contacts", {{"display_name", "Jeanne"}}));
  const auto opened = [&](const Headers& who, const char* channel) {
    return server.post("/v1/tickets", {{"title", "t"}, {"channel", channel}}, who).body["number"].get<std::string>();
  };
  CHECK(server.detail(opened(anna, "manual"))["status"]["key"] == "read");
  CHECK(server.detail(opened(jeanne, "portal"))["status"]["key"] == "unread");
  // Whoever brings it in: the mail is not theirs.
  CHECK(server.detail(opened(anna, "email"))["status"]["key"] == "unread");
  const auto mail = opened({}, "email");
  CHECK(server.detail(mail)["read"] == false);
  server.change(mail, "mark-read", Json::object(), anna);
  CHECK(server.detail(mail)["status"]["key"] == "read");
  CHECK(server.detail(mail)["read"] == true);
  server.set("opening", {{"auto_read_internal", false}});
  CHECK(server.detail(opened(anna, "manual"))["status"]["key"] == "unread");
}

TEST_CASE("type and sub-type: the type sorts the request, the sub-type below it says more") {
  const Server server;
  server.set("taxonomy", {{"category", tree_axis("Type de ticket", {node("incident", ""), node("network", "incident"),
                                                                    node("wifi", "network"), node("question", "")})}});
  const auto number = server.open_ticket({{"title", "t"}, {"category", {"incident"}}});
  server.change(number, "classify", {{"category", {"incident", "network"}}});
  server.change(number, "classify", {{"category", {"incident", "network", "wifi"}}});
  CHECK(server.detail(number)["category"] == Json::array({"incident", "network", "wifi"}));
  const auto refused = server.post("/v1/tickets/" + number + "/classify", {{"category", {"question", "network"}}});
  CHECK(refused.status == 422);
  CHECK(refused.faults() == "category[1] child_of_other_category");
  CHECK(server.get_now("/v1/tickets?category=incident").body["items"].size() == 1);
}

TEST_CASE("category audience: a client is shown the categories for them, staff all of them") {
  const Server server;
  const auto subscriber = acting_as("contact/" + server.create("contacts", {{"display_name", "Samir"}}));
  const auto manager =
      acting_as("contact/" + server.create("contacts", {{"display_name", "Maud"}, {"role", "manager"}}));
  server.set("taxonomy",
             {{"category", tree_axis("Catégorie", {node("usage", ""), node("fleet", "", {"manager"}),
                                                   node("insurance", "fleet"), node("inside", "", {"support"})})}});
  const auto shown = [&](const Headers& who) {
    std::vector<std::string> keys;
    const auto taxonomy = server.get("/v1/settings/taxonomy", who).body;
    for (const auto& one : taxonomy["category"]["nodes"]) keys.push_back(one["key"]);
    return keys;
  };
  using Keys = std::vector<std::string>;
  CHECK(shown(subscriber) == Keys{"usage"});
  CHECK(shown(manager) == Keys{"usage", "fleet", "insurance"});
  CHECK(shown({}) == Keys{"usage", "fleet", "insurance", "inside"});
  const auto open = [&](const char* category, const Headers& who) {
    return server.post("/v1/tickets", {{"title", "t"}, {"category", {category}}}, who);
  };
  CHECK(open("fleet", subscriber).faults() == "category[0] not_for_audience");
  CHECK(open("fleet", manager).status == 201);
}

TEST_CASE("request type and ticket group: values that are freely defined, and no others") {
  const Server server;
  server.set("taxonomy", {{"request_type", flat_axis("Type de demande", {listed("repair"), listed("advice")})},
                          {"group", flat_axis("Groupe de ticket", {listed("north"), listed("south")})}});
  const auto number = server.open_ticket({{"title", "t"}, {"request_type", "repair"}, {"group", "north"}});
  CHECK(server.detail(number)["request_type"] == "repair");
  CHECK(server.detail(number)["group"] == "north");
  CHECK(server.post("/v1/tickets/" + number + "/classify", {{"request_type", "gift"}, {"group", "west"}}).faults() ==
        "group unknown_value, request_type unknown_value");
  server.change(number, "classify", {{"group", "south"}});
  CHECK(server.get_now("/v1/tickets?request_type=repair&group=south").body["items"].size() == 1);
}

TEST_CASE("severity: what people call the priority is a setting, and so are its levels") {
  const Server server;
  server.set("priorities", {{"priorities",
                             {{{"key", "minor"}, {"labels", words("Mineure")}, {"colour", "#00ff00"}},
                              {{"key", "blocking"}, {"labels", words("Bloquante")}, {"colour", "#ff0000"}}}},
                            {"on_open", "minor"},
                            {"labels", words("Sévérité")}});
  CHECK(server.get("/v1/settings/priorities").body["labels"] == words("Sévérité"));
  const auto number = server.open_ticket();
  server.change(number, "change-priority", {{"priority", "blocking"}});
  CHECK(server.detail(number)["priority"] ==
        Json{{"key", "blocking"}, {"rank", 1}, {"label", "Bloquante"}, {"colour", "#ff0000"}});
}
