#include <catch2/catch.hpp>

#include "commands/limits.h"
#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

struct Bad {
  std::string body;
  int status;
  std::string code;
  std::string faults = "";
};

}  // namespace

TEST_CASE("a bad body is refused with a code, never with 500, and appends nothing") {
  const Server server;
  const auto tail = server.log->tail();
  const std::string long_title(limits::title_bytes_max + 1, 'x');
  const std::string long_text(limits::text_bytes_max + 1, 'x');
  const Bad rows[] = {
      {"", 422, "invalid_fields", "title required"},
      {"{}", 422, "invalid_fields", "title required"},
      {"[]", 400, "malformed_json"},
      {"null", 400, "malformed_json"},
      {"\"title\"", 400, "malformed_json"},
      {"7", 400, "malformed_json"},
      {"{\"title\":\"t\"", 400, "malformed_json"},
      {"{\"title\":\"t\"} ", 422, "invalid_fields", "zzz unknown_field"},
      {R"({"title":"t","title":"u"})", 400, "malformed_json"},
      {"{\"title\":\"\xFF\"}", 400, "malformed_json"},
      {"{\"title\":\"\xC3\"}", 400, "malformed_json"},
      {std::string("{\"title\":\"a\0b\"}", 15), 400, "malformed_json"},
      {R"({"title":"\ud800"})", 400, "malformed_json"},
      {R"({"title":"t","n":1e999})", 400, "malformed_json"},
      {R"({"title":)" + std::string(50'000, '[') + std::string(50'000, ']') + "}", 400, "malformed_json"},
      {std::string(200'000, '{'), 400, "malformed_json"},
      {R"({"title":"a\u0000b"})", 422, "invalid_fields", "title control_character"},
      {R"({"title":"a\nb"})", 422, "invalid_fields", "title control_character"},
      {R"({"title":""})", 422, "invalid_fields", "title required"},
      {R"({"title":"  "})", 422, "invalid_fields", "title required"},
      {R"({"title":")" + long_title + R"("})", 422, "invalid_fields", "title too_long"},
      {R"({"title":"t","description":")" + long_text + R"("})", 422, "invalid_fields", "description too_long"},
      {R"({"title":"t","priority":"purple"})", 422, "invalid_fields", "priority unknown_priority"},
      {R"({"title":"t","contact":"999"})", 422, "invalid_fields", "contact not_found"},
      {R"({"title":"t","assignee":"999","team":"998"})", 422, "invalid_fields", "assignee not_found, team not_found"},
      {R"({"title":"t","kind":5,"channel":"pigeon","category":{}})", 422, "invalid_fields",
       "category wrong_type, channel not_one_of, kind wrong_type"},
      {R"({"title":"t","__proto__":1,"é\"\\\n":2})", 422, "invalid_fields",
       "__proto__ unknown_field, é\"\\\n unknown_field"},
  };
  for (const auto& row : rows) {
    INFO(row.body.substr(0, 60));
    const bool unknown_parameter = row.faults == "zzz unknown_field";
    const auto reply = server.send("POST", unknown_parameter ? "/v1/tickets?zzz=1" : "/v1/tickets", row.body);
    INFO(reply.text);
    CHECK(reply.status == row.status);
    CHECK(reply.code() == row.code);
    CHECK(reply.header("Content-Type") == "application/problem+json");
    if (!row.faults.empty()) CHECK(reply.faults() == row.faults);
    CHECK(reply.body["status"] == row.status);
    CHECK(reply.body["type"] == "/problems/" + row.code);
  }
  CHECK(server.log->tail() == tail);
}

TEST_CASE("faults of the form and faults of the rules are told together") {
  const Server server;
  const auto reply =
      server.send("POST", "/v1/tickets", R"({"title":"a\nb","priority":"purple","contact":"999","kind":"odd","x":1})");
  CHECK(reply.faults() ==
        "contact not_found, kind not_one_of, priority unknown_priority, title control_character, x unknown_field");
}

TEST_CASE("an answer of the wrong type does not make the other answers missing") {
  const Server server;
  const auto question = [](const char* key) {
    return Json{{"key", key},
                {"labels", {{{"language", "fr"}, {"text", key}}, {{"language", "en"}, {"text", key}}}},
                {"kind", "text"},
                {"choices", Json::array()},
                {"required", true}};
  };
  server.set("intake", {{"forms",
                         {{{"kinds", Json::array()},
                           {"channels", Json::array()},
                           {"category", ""},
                           {"questions", {question("line"), question("place"), question("since")}}}}}});
  const auto reply = server.post("/v1/tickets", {{"title", "T"}, {"answers", {{"line", 5}, {"place", "Paris"}}}});
  CHECK(reply.faults() == "answers.line wrong_type, answers.since required");
}

TEST_CASE("the longest texts that are allowed are accepted, in any script") {
  const Server server;
  std::string title;
  while (title.size() + 2 <= limits::title_bytes_max) title += "é";
  const std::string text(limits::text_bytes_max, 'x');
  const auto opened = server.post("/v1/tickets", {{"title", title}, {"description", text}});
  INFO(opened.text);
  REQUIRE(opened.status == 201);
  const auto number = opened.body["number"].get<std::string>();
  CHECK(server.get_now("/v1/tickets/" + number).body["title"] == title);
  CHECK(server.get_now("/v1/tickets/" + number).body["description"] == text);
  CHECK(server.post("/v1/tickets/" + number + "/post-message", {{"body", text}}).status == 200);
  const std::string reason(limits::reason_bytes_max, 'r');
  CHECK(server.post("/v1/tickets/" + number + "/close", {{"resolution", reason}}).status == 200);
  CHECK(server.post("/v1/tickets/" + number + "/reopen", {{"reason", reason + "r"}}).faults() == "reason too_long");
}

TEST_CASE("a body of another type than JSON is not read") {
  const Server server;
  for (const std::string type : {"text/plain", "application/xml", "application/x-www-form-urlencoded"}) {
    const auto reply = server.send("POST", "/v1/tickets", R"({"title":"t"})", {}, type);
    CHECK(reply.status == 415);
    CHECK(reply.code() == "unsupported_media_type");
  }
  CHECK(server.send("POST", "/v1/tickets", R"({"title":"t"})", {}, "application/json; charset=utf-8").status == 201);
}

TEST_CASE("bad headers are refused before anything is decided") {
  const Server server;
  const auto number = server.open_ticket();
  const auto tail = server.log->tail();
  const std::pair<std::string, std::string> rows[] = {
      {"If-Match", "*"},          {"If-Match", "W/\"1\""},         {"If-Match", "\"1\",\"2\""},
      {"If-Match", "1"},          {"Idempotency-Key", "\xC3\xA9"}, {"Idempotency-Key", std::string(256, 'k')},
      {"Greffe-Act-As", "agent"}, {"Greffe-Act-As", "robot/1"}};
  for (const auto& [name, value] : rows) {
    INFO(name << ": " << value);
    const auto reply = server.post("/v1/tickets/" + number + "/rename", {{"title", "x"}}, {{name, value}});
    CHECK(reply.status == 400);
    CHECK(reply.code() == "malformed_header");
  }
  CHECK(server.post("/v1/tickets", {{"title", "x"}}, {{"If-Match", "\"1\""}}).code() == "malformed_header");
  CHECK(server.log->tail() == tail);
}

TEST_CASE("bad parameters are named, all at once, and unknown ones are refused") {
  const Server server;
  const auto number = server.open_ticket();
  server.get_now("/v1/tickets");
  struct {
    std::string target;
    std::string faults;
  } const rows[] = {
      {"/v1/tickets?view=every", "view not_one_of"},
      {"/v1/tickets?view=", "view not_one_of"},
      {"/v1/tickets?view=open&view=closed", "view duplicate"},
      {"/v1/tickets?limit=0", "limit out_of_range"},
      {"/v1/tickets?limit=201", "limit out_of_range"},
      {"/v1/tickets?limit=-1", "limit malformed"},
      {"/v1/tickets?limit=1.5", "limit malformed"},
      {"/v1/tickets?limit=99999999999999999999999", "limit out_of_range"},
      {"/v1/tickets?limit=", "limit malformed"},
      {"/v1/tickets?sort=colour", "sort not_one_of"},
      {"/v1/tickets?sort=--priority", "sort not_one_of"},
      {"/v1/tickets?sort=priority,-priority", "sort duplicate"},
      {"/v1/tickets?sort=status,priority,title,team,contact", "sort too_many"},
      {"/v1/tickets?assignee=x", "assignee malformed"},
      {"/v1/tickets?copy=1,,2", "copy malformed"},
      {"/v1/tickets?kind=odd&channel=odd", "channel not_one_of, kind not_one_of"},
      {"/v1/tickets?status=", "status too_short"},
      {"/v1/tickets?status=%FF", "status invalid_utf8"},
      {"/v1/tickets?status=a%01b", "status control_character"},
      {"/v1/tickets?status=" + std::string(65, 's'), "status too_long"},
      {"/v1/tickets?opened_from=2025-02-30T00:00:00Z", "opened_from malformed"},
      {"/v1/tickets?opened_from=yesterday", "opened_from malformed"},
      {"/v1/tickets?min_position=0", "min_position malformed"},
      {"/v1/tickets?min_position=x", "min_position malformed"},
      {"/v1/tickets?nothing=1&Limit=5", "Limit unknown_field, nothing unknown_field"},
      {"/v1/tickets?%FF=1", "\xEF\xBF\xBD unknown_field"},
      {"/v1/tickets?view=every&limit=0&x=1", "limit out_of_range, view not_one_of, x unknown_field"},
      {"/v1/tickets/" + number + "?as_of=now", "as_of malformed"},
      {"/v1/tickets/" + number + "/timeline?limit=x", "limit malformed"},
      {"/v1/tickets/" + number + "/clocks?as_of=2025-01-01T00:00:00Z", "as_of unknown_field"},
      {"/v1/contacts?sort=name", "sort unknown_field"},
      {"/v1/events?from=0", "from malformed"},
      {"/v1/events?limit=1001", "limit out_of_range"},
      {"/v1/events?stream=ticket", "stream malformed"},
      {"/v1/events?stream=ticket/0", "stream malformed"},
      {"/v1/events?stream=settings/none", "stream malformed"},
      {"/v1/events?stream=house/1", "stream malformed"},
  };
  for (const auto& row : rows) {
    INFO(row.target);
    const auto reply = server.get(row.target);
    INFO(reply.text);
    CHECK(reply.status == 422);
    CHECK(reply.code() == "invalid_fields");
    CHECK(reply.faults() == row.faults);
  }
  CHECK(server.get("/v1/tickets?limit=200").status == 200);
  CHECK(server.get("/v1/events?limit=1000").status == 200);
}

TEST_CASE("lists refuse to answer from the past, with a code of their own") {
  const Server server;
  const auto reply = server.get("/v1/tickets?as_of=2025-02-28T10:00:00Z");
  CHECK(reply.status == 422);
  CHECK(reply.code() == "as_of_not_supported");
}

TEST_CASE("a cursor of another query, or of nobody's, is refused") {
  const Server server;
  for (int i = 0; i < 3; ++i) server.open_ticket();
  const auto page = server.get_now("/v1/tickets?limit=1");
  const std::string cursor = page.body["next_cursor"];
  CHECK(server.get("/v1/tickets?limit=1&cursor=" + cursor).status == 200);
  const std::string number = page.body["items"][0]["number"];
  for (const auto& target :
       {"/v1/tickets?view=closed&cursor=" + cursor, "/v1/tickets?sort=title&cursor=" + cursor,
        "/v1/tickets?kind=internal&cursor=" + cursor, "/v1/tickets?cursor=" + cursor + "A",
        "/v1/tickets?cursor=" + cursor.substr(0, cursor.size() / 2), std::string("/v1/tickets?cursor=nonsense"),
        std::string("/v1/tickets?cursor=%01%FF"), std::string("/v1/contacts?cursor=nonsense"),
        "/v1/tickets/" + number + "/timeline?cursor=nonsense", "/v1/tickets/" + number + "/events?cursor=-1",
        "/v1/tickets/" + number + "/events?cursor=99999999999"}) {
    INFO(target);
    const auto reply = server.get(target);
    CHECK(reply.status == 400);
    CHECK(reply.code() == "bad_cursor");
  }
  CHECK(server.get("/v1/tickets?cursor=" + std::string(5000, 'x')).faults() == "cursor too_long");
}
