#include <catch2/catch.hpp>

#include "http/headers.h"

using namespace greffe;

namespace {

HttpRequest with(const std::string& name, const std::string& value) {
  HttpRequest request;
  request.headers = {{"Host", "x"}, {name, value}};
  return request;
}

}  // namespace

TEST_CASE("If-Match takes one strong version and nothing else") {
  struct {
    const char* value;
    std::optional<std::uint32_t> version;
  } const rows[] = {{"\"1\"", 1},
                    {"\"0\"", 0},
                    {"\"4294967295\"", 4294967295U},
                    {"\"4294967296\"", {}},
                    {"1", {}},
                    {"*", {}},
                    {"W/\"1\"", {}},
                    {"\"1\", \"2\"", {}},
                    {"\"\"", {}},
                    {"\"01\"", {}},
                    {"\"-1\"", {}},
                    {"\" 1\"", {}},
                    {"\"1\"x", {}},
                    {"\"", {}},
                    {"", {}}};
  for (const auto& row : rows) {
    INFO(row.value);
    const auto read = if_match(with("if-match", row.value));
    REQUIRE(read.has_value() == row.version.has_value());
    if (read) CHECK(read->value().value == *row.version);
    else CHECK(read.error().code == "malformed_header");
  }
  CHECK(!if_match(HttpRequest{})->has_value());
}

TEST_CASE("an idempotency key has 1 to 255 printable ASCII characters") {
  CHECK(idempotency_key(with("Idempotency-Key", "k")).value() == "k");
  CHECK(idempotency_key(with("Idempotency-Key", std::string(255, '~'))).has_value());
  CHECK(!idempotency_key(with("Idempotency-Key", std::string(256, '~'))));
  for (const std::string bad : {"", "a\tb", "\x7F", "clé"}) CHECK(!idempotency_key(with("Idempotency-Key", bad)));
  auto twice = with("Idempotency-Key", "a");
  twice.headers.emplace_back("idempotency-key", "a");
  CHECK(!idempotency_key(twice));
}

TEST_CASE("Greffe-Act-As names an agent or a contact") {
  CHECK(act_as(with("greffe-act-as", "agent/7"))->value() == Actor{ActorKind::agent, 7});
  CHECK(act_as(with("Greffe-Act-As", "contact/18446744073709551615"))->value().id == UINT64_MAX);
  for (const char* bad : {"", "agent", "agent/", "agent/0", "agent/07", "agent/x", "Agent/7", "team/7", "agent/7/8",
                          "administrator", "/7", "agent/18446744073709551616"}) {
    INFO(bad);
    CHECK(!act_as(with("Greffe-Act-As", bad)));
  }
}

TEST_CASE("Prefer asks for a dry run among other preferences") {
  for (const char* yes :
       {"dry-run", "DRY-RUN", "respond-async, dry-run", "dry-run; x=1", "a=\"x, y\", dry-run", "a=\"\\\"\",dry-run"}) {
    INFO(yes);
    CHECK(prefers_dry_run(with("prefer", yes)));
  }
  for (const char* no : {"", "dry", "dry-run-not", "a=dry-run", "a=\"x, dry-run\"", "a; dry-run", "\"dry-run"}) {
    INFO(no);
    CHECK(!prefers_dry_run(with("Prefer", no)));
  }
}

TEST_CASE("a bearer token is found whatever the case of its scheme") {
  CHECK(bearer_token(with("Authorization", "bearer abc"))->value() == "abc");
  CHECK(bearer_token(with("authorization", "Bearer  abc"))->value() == "abc");
  for (const char* none : {"", "Bearer", "Bearer ", "Basic abc", "abc"}) {
    INFO(none);
    CHECK(!bearer_token(with("Authorization", none))->has_value());
  }
}

TEST_CASE("a body must say that it is JSON") {
  for (const char* good : {"application/json", "Application/JSON", "application/json; charset=utf-8"}) {
    CHECK(check_media_type(with("Content-Type", good), "application/json"));
  }
  for (const char* bad : {"", "text/json", "application/jsonx", "application/x-www-form-urlencoded"}) {
    INFO(bad);
    const auto checked = check_media_type(with("Content-Type", bad), "application/json");
    REQUIRE(!checked);
    CHECK(checked.error().status == 415);
  }
}
