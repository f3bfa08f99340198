// The rule on docs/features.md, on small tables: what it must find, and what it must let pass.
#include <catch2/catch.hpp>

#include "tests/own_checks/rules.h"

namespace greffe::own_checks {
namespace {

constexpr auto tests_path = "tests/http_feature_lists_test.cpp";

std::string all_contradictions() {
  std::string rows;
  for (int i = 1; i <= 12; ++i) rows += "| C" + std::to_string(i) + " | `http: a` |\n";
  return rows;
}

std::string with_rows(const std::string& rows) {
  return "# Features\n\n| feature | tests | routes | note |\n|---|---|---|---|\n" + rows +
         "\n| contradiction | tests |\n|---|---|\n" + all_contradictions();
}

Findings findings_in(const std::string& document) {
  return features_are_tested(
      {{"docs/features.md", document},
       {tests_path, "TEST_CASE(\"a\") {}\nTEST_CASE(\"views: \"\n          \"all\", \"[x]\") {}\n"},
       {"tests/walks_mobility_test.cpp", "TEST_CASE(\"mobility: say \\\"yes\\\"\") {}\n"},
       {"tests/own_checks/rules_test.cpp", "TEST_CASE(\"b\") {}\n"},
       {"tests/http_fixture.h", "// TEST_CASE(\"c\")\n"}});
}

// Why the only row is refused; empty = it is not.
std::string why(const std::string& row) {
  const auto findings = findings_in(with_rows(row + "\n"));
  CAPTURE(findings.size());
  REQUIRE(findings.size() <= 1);
  if (!findings.empty()) CHECK(findings.front().line == 5);
  return findings.empty() ? "" : findings.front().why;
}

}  // namespace

TEST_CASE("a feature's tests must exist under the prefix of their file") {
  CHECK(why("| Views [Vues] | `http: a`<br>`http: views: all` | `GET /v1/views` | |") == "");
  CHECK(why("| Views | `walks: mobility: say \"yes\"`, `own checks: b` | - | |") == "");
  CHECK(why("| Views | `http: gone` | - | |") == "no such test: http: gone");
  CHECK(why("| Views | `walks: a` | - | |") == "no such test: walks: a");
  CHECK(why("| Views | `http: c` | - | |") == "no such test: http: c");
}

TEST_CASE("a feature without a test says why") {
  CHECK(why("| PDF | | - | not made here |") == "");
  CHECK(why("| PDF | | - | |") == "neither a test nor a note: PDF");
  CHECK(why("| PDF |") == "neither a test nor a note: PDF");
}

TEST_CASE("a feature stands once in its table") {
  const auto findings = findings_in(with_rows("| Views | `http: a` | | |\n| Views | `http: a` | | |\n"));
  REQUIRE(findings.size() == 1);
  CHECK(findings.front() == Finding{"docs/features.md", 6, "twice in one table: Views"});
  CHECK(findings_in(with_rows("| C1 | `http: a` | | |\n")).empty());
}

TEST_CASE("every contradiction has its row") {
  auto document = with_rows("");
  const std::string row = "| C1 | `http: a` |\n";
  document.erase(document.find(row), row.size());
  REQUIRE(findings_in(document).size() == 1);
  CHECK(findings_in(document).front().why == "no row for C1");
  CHECK(findings_in(document + "| C1 numbers | `http: a` |\n").empty());
  CHECK(findings_in("").size() == 12);
  CHECK(features_are_tested({}).size() == 1);
}

}  // namespace greffe::own_checks
