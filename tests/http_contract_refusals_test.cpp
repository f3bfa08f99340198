// Bad input that the rules refuse: each with a code of its own, everything wrong named at once, and
// nothing appended.
#include <catch2/catch.hpp>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

struct Desk {
  Server server;
  std::string anne = server.create_agent("Anne");
  std::string bob = server.create_agent("Bob");

  std::string open() const { return server.open_ticket(); }

  // Asks for what must be refused.
  Reply refused(const std::string& method, const std::string& target, const Json& body, int status,
                const std::string& code, const std::string& faults = "", const Headers& headers = {}) const {
    const auto tail = server.log->tail();
    const auto reply = server.send(method, target, body.dump(), headers);
    INFO(reply.text);
    CHECK(reply.status == status);
    CHECK(reply.code() == code);
    CHECK(reply.faults() == faults);
    CHECK(reply.header("Content-Type") == "application/problem+json");
    CHECK(server.log->tail() == tail);
    return reply;
  }
  Reply refused_of(const std::string& number, const std::string& command, const Json& body, int status,
                   const std::string& code, const Headers& headers = {}) const {
    return refused("POST", "/v1/tickets/" + number + "/" + command, body, status, code, "", headers);
  }
  // As a fault of fields: 422, whatever is wrong with them.
  void faulty(const std::string& number, const std::string& command, const Json& body,
              const std::string& faults) const {
    refused("POST", "/v1/tickets/" + number + "/" + command, body, 422, "invalid_fields", faults);
  }
};

Json node(const char* key, const char* parent = "") {
  const Json labels = {{{"language", "fr"}, {"text", key}}, {{"language", "en"}, {"text", key}}};
  return {{"key", key}, {"parent", parent}, {"labels", labels}, {"audience", Json::array()}};
}

const Json no_body = Json::object();

}  // namespace

TEST_CASE("who is not in the support team gets no tickets: not_in_support_team") {
  const Desk desk;
  const auto carl = desk.server.create_agent("Carl", false);
  desk.faulty(desk.open(), "assign", {{"assignee", carl}}, "assignee not_in_support_team");
  desk.refused("POST", "/v1/tickets", {{"title", "t"}, {"assignee", carl}}, 422, "invalid_fields",
               "assignee not_in_support_team");
}

TEST_CASE("a ticket that somebody has is not claimed: already_assigned") {
  const Desk desk;
  const auto number = desk.open();
  desk.server.change(number, "assign", {{"assignee", desk.anne}});
  desk.refused_of(number, "claim", no_body, 409, "already_assigned", acting_as("agent/" + desk.bob));
}

TEST_CASE("a sub-category of another category is refused: child_of_other_category") {
  const Desk desk;
  const Json nodes = {node("vehicle"), node("engine", "vehicle"), node("app"), node("login", "app")};
  desk.server.set("taxonomy",
                  {{"category", {{"labels", Json::array()}, {"enabled", true}, {"open", false}, {"nodes", nodes}}}});
  const auto number = desk.open();
  desk.server.change(number, "classify", {{"category", {"app", "login"}}});
  desk.faulty(number, "classify", {{"category", {"vehicle", "login"}}}, "category[1] child_of_other_category");
}

TEST_CASE("mandatory fields that are missing are all named: required") {
  const Desk desk;
  desk.server.set("opening", {{"mandatory",
                               {{{"kinds", Json::array()},
                                 {"channels", Json::array()},
                                 {"required", {"contact", "category", "assignee", "context.vehicle"}}}}}});
  desk.refused("POST", "/v1/tickets", Json::object(), 422, "invalid_fields",
               "assignee required, category required, contact required, context.vehicle required, title required");
}

TEST_CASE("a mandatory contact is there where a client opens for themselves, a missing category still is not") {
  const Desk desk;
  desk.server.set(
      "opening",
      {{"mandatory", {{{"kinds", Json::array()}, {"channels", {"portal"}}, {"required", {"contact", "category"}}}}}});
  const auto jeanne = acting_as("contact/" + desk.server.create("contacts", {{"display_name", "Jeanne"}}));
  desk.refused("POST", "/v1/tickets", {{"title", "t"}}, 422, "invalid_fields", "category required", jeanne);
  CHECK(desk.server.post("/v1/tickets", {{"title", "t"}, {"category", {"x"}}}, jeanne).status == 201);
}

TEST_CASE("a due date stays as it was set: due_date_frozen") {
  const Desk desk;
  const auto number = desk.server.open_ticket({{"title", "t"}, {"due_at", "2025-03-10T10:00:00Z"}});
  desk.refused_of(number, "set-due-date", {{"due_at", "2025-03-11T10:00:00Z"}}, 409, "due_date_frozen",
                  acting_as("agent/" + desk.anne));
}

TEST_CASE("tickets of other channels have no due date: due_date_not_allowed") {
  const Desk desk;
  desk.refused("POST", "/v1/tickets", {{"title", "t"}, {"channel", "email"}, {"due_at", "2025-03-10T10:00:00Z"}}, 422,
               "due_date_not_allowed");
}

TEST_CASE("a status leads only where the settings say: transition_not_allowed") {
  const Desk desk;
  auto statuses = desk.server.get("/v1/settings/statuses").body["statuses"];
  statuses[0]["next"] = {"open"};
  desk.server.set("statuses", {{"statuses", statuses}});
  const auto number = desk.open();
  desk.refused_of(number, "change-status", {{"status", "pending"}}, 409, "transition_not_allowed");
  desk.server.change(number, "change-status", {{"status", "open"}});
  desk.server.change(number, "change-status", {{"status", "pending"}});
}

TEST_CASE("a closed ticket is not edited: ticket_closed") {
  const Desk desk;
  const auto number = desk.open();
  desk.server.change(number, "close");
  desk.refused_of(number, "rename", {{"title", "x"}}, 409, "ticket_closed");
}

TEST_CASE("a merged ticket names the one that stands for it: ticket_merged") {
  const Desk desk;
  const auto number = desk.open(), root = desk.open();
  desk.server.change(number, "merge", {{"into", root}});
  CHECK(desk.refused_of(number, "rename", {{"title", "x"}}, 409, "ticket_merged").body["root"] == root);
}

TEST_CASE("no ticket is below itself or waits for itself: relation_cycle") {
  const Desk desk;
  const auto top = desk.open(), middle = desk.open(), low = desk.open();
  desk.server.change(top, "attach-sub-ticket", {{"child", middle}});
  desk.server.change(middle, "attach-sub-ticket", {{"child", low}});
  desk.refused_of(low, "attach-sub-ticket", {{"child", top}}, 409, "relation_cycle");
  desk.refused_of(top, "attach-sub-ticket", {{"child", top}}, 409, "relation_cycle");
  const auto first = desk.open(), second = desk.open();
  desk.server.change(first, "link-ticket", {{"type", "depends_on"}, {"other", second}});
  desk.refused_of(second, "link-ticket", {{"type", "depends_on"}, {"other", first}}, 409, "relation_cycle");
}

TEST_CASE("sub-tickets stand no deeper than the settings allow: too_deep") {
  const Desk desk;
  desk.server.set("relations", {{"depth_max", 2}});
  const auto top = desk.open();
  std::string parent = top;
  for (int depth = 1; depth <= 2; ++depth) {
    parent = desk.server.change(parent, "open-sub-ticket", {{"title", "part"}}).body["number"];
  }
  desk.refused_of(parent, "open-sub-ticket", {{"title", "part"}}, 409, "too_deep");
}

TEST_CASE("a file of more bytes than allowed is refused: file_too_large, or body_too_large where it is the body") {
  const Desk desk;
  desk.server.set("attachments", {{"size_bytes_max", 10}});
  const auto target = "/v1/tickets/" + desk.open() + "/documents";
  const auto tail = desk.server.log->tail();
  const std::string form =
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\neleven byte\r\n--b--\r\n";
  for (const auto& [body, type, code] : {std::tuple(std::string("eleven byte"), "text/plain", "body_too_large"),
                                         std::tuple(form, "multipart/form-data; boundary=b", "file_too_large")}) {
    const auto reply = desk.server.send("POST", target, body, {}, type);
    INFO(reply.text);
    CHECK(reply.status == 413);
    CHECK(reply.code() == code);
    CHECK(reply.body["errors"] == Json::array());
  }
  CHECK(desk.server.log->tail() == tail);
  CHECK(desk.server.send("POST", target, "ten bytes.", {}, "text/plain").status == 201);
}

TEST_CASE("a file of a type that is not taken is refused: media_type_refused") {
  const Desk desk;
  desk.server.set("attachments", {{"media_types_allowed", {"image/*"}}});
  const auto target = "/v1/tickets/" + desk.open() + "/documents";
  const auto tail = desk.server.log->tail();
  const auto reply = desk.server.send("POST", target, "text", {}, "text/plain");
  CHECK(reply.status == 415);
  CHECK(reply.code() == "media_type_refused");
  CHECK(desk.server.log->tail() == tail);
}

TEST_CASE("a field of another type than documented is refused: wrong_type") {
  const Desk desk;
  desk.faulty(desk.open(), "rename", {{"title", 7}}, "title wrong_type");
  desk.faulty(desk.open(), "close", {{"force", "yes"}}, "force wrong_type");
}

TEST_CASE("a text of more bytes than allowed is refused: too_long") {
  const Desk desk;
  desk.faulty(desk.open(), "rename", {{"title", std::string(1'000, 'x')}}, "title too_long");
}

TEST_CASE("a template names only variables that there are: unknown_variable") {
  const Desk desk;
  desk.refused("POST", "/v1/canned-replies",
               {{"title", "x"}, {"language", "fr"}, {"body", "Bonjour {{client.shoe_size}}"}}, 422, "invalid_fields",
               "body.client.shoe_size unknown_variable");
}

TEST_CASE("a number format counts: no_sequence") {
  const Desk desk;
  desk.refused("PUT", "/v1/settings/numbering",
               {{"formats", {{{"kinds", Json::array()}, {"pattern", "{yy}{mm}{dd}"}}}}}, 422, "invalid_fields",
               "formats[0].pattern no_sequence");
}
