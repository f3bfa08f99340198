#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "http/command_bodies.h"
#include "http/json_input.h"

using namespace greffe;

namespace {

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

std::string many_names(std::size_t count) {
  std::string json = "{";
  for (std::size_t i = 0; i < count; ++i) json += (i ? ",\"n" : "\"n") + std::to_string(i) + "\":1";
  return json + "}";
}

const CommandBody& ticket_change(std::string_view name) {
  for (const auto& body : ticket_bodies().changes) {
    if (body.name == name) return body;
  }
  FAIL("no such command: " << name);
  return ticket_bodies().create;
}

const CommandBody& settings_area(std::string_view name) {
  for (const auto& body : settings_bodies()) {
    if (body.name == name) return body;
  }
  FAIL("no such area: " << name);
  return ticket_bodies().create;
}

// "field code, field code" in the order of discovery.
std::string faults_of(const CommandBody& body, const std::string& json) {
  const auto parsed = parse_json(json);
  REQUIRE(parsed);
  Faults faults;
  body.read(*parsed, faults);
  std::string text;
  for (const auto& fault : faults.take()) {
    text += (text.empty() ? "" : ", ") + fault.field + " " + std::string(name_of(fault.code));
  }
  return text;
}

struct Row {
  const char* json;
  const char* faults;
};

}  // namespace

TEST_CASE("a body is JSON as RFC 8259 says, of bounded depth and width") {
  struct {
    std::string json;
    bool good;
  } const rows[] = {
      {R"({"a":1})", true},
      {R"( {"a":[1,2.5,-3,1e3,true,false,null,"x"]} )", true},
      {"\"\\u00e9\\ud83d\\ude00\\u0000\"", true},
      {nested(json_depth_max), true},
      {nested(json_depth_max + 1), false},
      {nested(100'000), false},
      {std::string(100'000, '['), false},
      {many_names(json_names_max), true},
      {many_names(json_names_max + 1), false},
      {"", false},
      {" ", false},
      {"{", false},
      {"{}{}", false},
      {"{}x", false},
      {"{'a':1}", false},
      {R"({"a":1,})", false},
      {R"({"a":1,"a":1})", false},
      {R"({"a":1,"\u0061":2})", false},
      {R"({"x":{"a":1},"y":{"a":1}})", true},
      {R"({"a":01})", false},
      {R"({"a":+1})", false},
      {R"({"a":NaN})", false},
      {R"({"a":1e400})", false},
      {R"({"a":123456789012345678901234567890})", true},
      {"{\"a\":\"\xC3\xA9\"}", true},
      {"{\"a\":\"\xC3\"}", false},
      {"{\"a\":\"\xC0\xAF\"}", false},
      {"{\"a\":\"\xED\xA0\x80\"}", false},
      {"{\"a\":\"\xF4\x90\x80\x80\"}", false},
      {R"({"a":"\ud800"})", false},
      {std::string("{\"a\":\"\0\"}", 9), false},
      {std::string("{}\0", 3), false},
      {"{\"a\":\"\n\"}", false},
      {"\xEF\xBB\xBF{}", true},
      {"// comment\n{}", false},
  };
  for (const auto& row : rows) {
    INFO(row.json.substr(0, 80));
    CHECK(parse_json(row.json).has_value() == row.good);
  }
}

TEST_CASE("what is not JSON is refused without being quoted") {
  const auto refused = parse_json(R"({"secret": Hunter2})");
  REQUIRE(!refused);
  CHECK(refused.error().detail.find("Hunter2") == std::string::npos);
  CHECK(refused.error().detail.find("byte 12") != std::string::npos);
}

TEST_CASE("no bytes make the parser fail other than by refusing") {
  CHECK(rc::check("arbitrary bytes", [](const std::string& bytes) { (void)parse_json(bytes); }));
  CHECK(rc::check("damaged JSON", [](std::uint8_t at, char byte) {
    std::string json = R"({"title":"T","category":["a","b"],"contact":null,"n":-1.5e3})";
    json[at % json.size()] = byte;
    (void)parse_json(json);
  }));
}

TEST_CASE("ids are strings of digits from 1 without a leading zero") {
  struct {
    std::string text;
    std::uint64_t id;
  } const rows[] = {{"1", 1},
                    {"42", 42},
                    {"18446744073709551615", UINT64_MAX},
                    {"18446744073709551616", 0},
                    {"0", 0},
                    {"01", 0},
                    {"-1", 0},
                    {"+1", 0},
                    {" 1", 0},
                    {"1 ", 0},
                    {"1.0", 0},
                    {"0x1", 0},
                    {"", 0},
                    {"abc", 0},
                    {std::string("1\0", 2), 0},
                    {"99999999999999999999999", 0}};
  for (const auto& row : rows) {
    INFO(row.text);
    CHECK(parse_id(row.text).value_or(0) == row.id);
  }
}

TEST_CASE("opening a ticket names every bad field at once") {
  const auto& body = ticket_bodies().create;
  const Row rows[] = {
      {R"({"title":"T"})", ""},
      {R"({})", "title required"},
      {R"({"title":null})", "title wrong_type"},
      {R"({"title":7})", "title wrong_type"},
      {R"({"title":["T"]})", "title wrong_type"},
      {R"({"title":"T","kind":"internal","channel":"email"})", ""},
      {R"({"title":"T","kind":"Internal"})", "kind not_one_of"},
      {R"({"title":"T","kind":1})", "kind wrong_type"},
      {R"({"title":"T","channel":"imported"})", "channel not_one_of"},
      {R"({"title":"T","contact":"7","organisation":null,"team":"8","assignee":null})", ""},
      {R"({"title":"T","contact":7})", "contact wrong_type"},
      {R"({"title":"T","contact":"0"})", "contact malformed"},
      {R"({"title":"T","team":"18446744073709551616"})", "team malformed"},
      {R"({"title":"T","category":["a","b","c","d","e"]})", ""},
      {R"({"title":"T","category":["a","b","c","d","e","f"]})", "category too_many"},
      {R"({"title":"T","category":"a"})", "category wrong_type"},
      {R"({"title":"T","category":["a",1,null]})", "category[1] wrong_type, category[2] wrong_type"},
      {R"({"title":"T","Title":"t"})", "Title unknown_field"},
      {R"({"titel":"T","kind":"x","contact":"-1"})",
       "titel unknown_field, kind not_one_of, contact malformed, title required"},
  };
  for (const auto& row : rows) {
    INFO(row.json);
    CHECK(faults_of(body, row.json) == row.faults);
  }
}

TEST_CASE("texts are bounded by their bytes, not by their characters") {
  const auto& rename = ticket_change("rename");
  const auto title = [](std::size_t count, const char* unit) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += unit;
    return R"({"title":")" + text + R"("})";
  };
  CHECK(faults_of(rename, title(500, "x")) == "");
  CHECK(faults_of(rename, title(501, "x")) == "title too_long");
  CHECK(faults_of(rename, title(250, "\xC3\xA9")) == "");
  CHECK(faults_of(rename, title(251, "\xC3\xA9")) == "title too_long");
}

TEST_CASE("null says none where a field can be emptied, and is refused elsewhere") {
  const auto change = [](const char* json) {
    Faults faults;
    const auto command = directory_bodies()[0].changes[0].read(*parse_json(json), faults);
    CHECK(faults.empty());
    return std::get<ChangeContact>(std::get<ContactCommand>(command));
  };
  CHECK(!change("{}").organisation.has_value());
  REQUIRE(change(R"({"organisation":null})").organisation.has_value());
  CHECK(!change(R"({"organisation":null})").organisation->has_value());
  CHECK(change(R"({"organisation":"9"})").organisation->value() == OrganisationId{9});
  CHECK(change(R"({"email":""})").email == "");
  CHECK(faults_of(directory_bodies()[0].changes[0], R"({"email":null})") == "email wrong_type");
  Faults faults;
  const auto opened = ticket_bodies().create.read(*parse_json(R"({"title":"T","priority":null})"), faults);
  CHECK(!std::get<OpenTicket>(std::get<TicketCommand>(opened)).priority.has_value());
}

TEST_CASE("settings are read in depth, with the path of every fault") {
  const auto& statuses = settings_area("statuses");
  CHECK(faults_of(statuses, R"({"statuses":[{"key":"new","labels":[{"language":"fr","text":"Nouveau"}],
      "colour":"#112233","category":"new"}],"on_open":"new","on_close":"c","on_reopen":"o"})") == "");
  CHECK(faults_of(statuses, R"({"statuses":[{"key":"new","labels":[{"language":1,"x":""}],"category":"newish"},7],
      "on_open":"new","on_close":"c"})") ==
        "statuses[0].labels[0].language wrong_type, statuses[0].labels[0].x unknown_field, "
        "statuses[0].labels[0].text required, statuses[0].category not_one_of, statuses[0].colour required, "
        "statuses[1] wrong_type, on_reopen required");
}

TEST_CASE("delays are integers in their range, however the number is written") {
  const auto& sla = settings_area("sla");
  const auto target = [](const std::string& number) {
    return R"({"targets":[{"priority":"low","resolution_ms":)" + number + "}]}";
  };
  const std::string path = "targets[0].resolution_ms ";
  struct {
    const char* number;
    const char* code;
  } const rows[] = {{"0", nullptr},
                    {"315619200000", nullptr},
                    {"315619200001", "out_of_range"},
                    {"-1", "out_of_range"},
                    {"9223372036854775807", "out_of_range"},
                    {"9223372036854775808", "out_of_range"},
                    {"18446744073709551616", "out_of_range"},
                    {"-9223372036854775809", "out_of_range"},
                    {"1e300", "out_of_range"},
                    {"1.5", "wrong_type"},
                    {"1.0", "wrong_type"},
                    {"\"1\"", "wrong_type"},
                    {"null", "wrong_type"},
                    {"true", "wrong_type"}};
  for (const auto& row : rows) {
    INFO(row.number);
    CHECK(faults_of(sla, target(row.number)) == (row.code ? path + row.code : ""));
  }
}

TEST_CASE("a body full of faults is answered with the first hundred") {
  Faults faults;
  for (int i = 0; i < 1000; ++i) faults.add("field" + std::to_string(i), FieldCode::unknown_field);
  CHECK(faults.take().size() == Faults::faults_max);
}
