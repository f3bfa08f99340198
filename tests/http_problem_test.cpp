#include <catch2/catch.hpp>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "http/front/refusal.h"
#include "http/problem.h"
#include "http/upload/upload_code.h"
#include "tests/places.h"

using namespace greffe;

namespace {

// The headings `### code (status)` and `### code` of docs/rejections.md.
std::map<std::string, std::string> documented_codes() {
  std::ifstream file(test::source_dir() / "docs/rejections.md");
  REQUIRE(file.good());
  std::map<std::string, std::string> codes;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("### ")) continue;
    std::istringstream words(line.substr(4));
    std::string code;
    std::string status;
    words >> code >> status;
    INFO(line);
    CHECK(codes.emplace(code, status).second);
  }
  return codes;
}

template <class E, class F>
void add(std::map<std::string, std::string>& codes, F status) {
  for (const auto name : names_of(E{})) codes[std::string(name)] = status(*named<E>(name));
}

template <class Code>
std::string status_text(Code code) {
  return "(" + std::to_string(status_of(code)) + ")";
}

}  // namespace

TEST_CASE("docs/rejections.md has every code with its status, and no other") {
  std::map<std::string, std::string> expected;
  add<FieldCode>(expected, [](FieldCode) { return std::string(); });
  add<RejectionCode>(expected, status_text<RejectionCode>);
  add<RequestCode>(expected, status_text<RequestCode>);
  add<UploadCode>(expected, status_text<UploadCode>);
  add<front::Refusal>(expected, status_text<front::Refusal>);
  const auto documented = documented_codes();
  for (const auto& [code, status] : expected) {
    INFO(code);
    REQUIRE(documented.contains(code));
    CHECK(documented.at(code) == status);
  }
  for (const auto& [code, status] : documented) {
    INFO(code);
    CHECK(expected.contains(code));
  }
}

TEST_CASE("no refusal of a bad request is the server's fault") {
  for (const auto name : names_of(RejectionCode{})) {
    const auto status = status_of(*named<RejectionCode>(name));
    INFO(name);
    CHECK((status == 503 || (status >= 400 && status < 500)));
  }
}

TEST_CASE("a problem document escapes what callers wrote and keeps its members") {
  auto problem = invalid_fields({{"a\"b\n", FieldCode::unknown_field}});
  problem.members.emplace_back("current_version", "3");
  problem.headers.emplace_back("X", "y");
  HttpResponse response;
  response.body = "left from before";
  answer_problem(problem, response);
  CHECK(response.status == 422);
  CHECK(response.content_type == "application/problem+json");
  CHECK(response.headers == NamedTexts{{"X", "y"}});
  CHECK(response.body ==
        R"({"type":"/problems/invalid_fields","title":"Unprocessable Content","status":422,"code":"invalid_fields",)"
        R"("detail":"One or more fields are missing or wrong.",)"
        R"("errors":[{"field":"a\"b\n","code":"unknown_field"}],"current_version":3})");
}

TEST_CASE("a refusal for a merged ticket names the one that stands for it") {
  auto rejection = refuse(RejectionCode::ticket_merged, "It is part of another one.").value();
  CHECK(problem_of(rejection).members.empty());
  rejection.root = "2502280007";
  CHECK(problem_of(rejection).members == NamedTexts{{"root", "\"2502280007\""}});
}

TEST_CASE("what the disk said is not told to callers") {
  const auto problem = problem_of(LogFailure{LogFailure::Kind::io, Position{7}, "/var/secret/path: EIO"});
  CHECK(problem.status == 503);
  CHECK(problem.code == "log_failed");
  CHECK(problem.detail.find("secret") == std::string::npos);
  CHECK(problem.detail.find('7') != std::string::npos);
}
