// Each rule on small trees: what it must find, and the neighbour that it must let pass.
#include "tests/own_checks/rules.h"

#include <catch2/catch.hpp>

#include <string>

namespace greffe::own_checks {
namespace {

std::string repeated(const std::string& line, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += line;
  return text;
}

SourceFile with_include(const std::string& path, const std::string& include) {
  return {path, "#include " + include + "\n"};
}

// The line of the only finding; 0 if there is none.
std::size_t only_line(const Findings& findings) {
  CAPTURE(findings.size());
  REQUIRE(findings.size() <= 1);
  return findings.empty() ? 0 : findings.front().line;
}

}  // namespace

TEST_CASE("comments and literals are told from code") {
  const std::string text =
      "int a = 1'000; // \"x\" {\nauto b = \"// {\"; /* c\n{ */ char d = '\\''; auto e = R\"(\n{)\";\n";
  const auto code = code_of(text);
  CHECK(code == "int a = 1'000;         \nauto b = \"    \";     \n     char d = '  '; auto e = R" + std::string() +
                    "  \n  \";\n");
  CHECK(comments_of(text).find("c\n{ */") != std::string::npos);
  CHECK(comments_of(text).find("// {\"") == std::string::npos);
  CHECK(code.size() == text.size());
}

TEST_CASE("functions are found with their first and last line") {
  const auto functions = functions_of(
      "#define OPEN {\n"
      "namespace a {\n"
      "struct S : B {\n"
      "  S(int x, int y)\n"
      "      : x_{x}, y_(y) {\n"
      "    f(\"}\");\n"
      "  }\n"
      "  int x_{0};\n"
      "  int g() const noexcept { return x_; }\n"
      "};\n"
      "constexpr int table[] = {\n"
      "    1, 2};\n"
      "enum class E { a, b };\n"
      "template <class T>\n"
      "  requires(sizeof(T) > 1)\n"
      "T h(T t = {}) {\n"
      "  if (t) {\n"
      "    return {};\n"
      "  }\n"
      "}\n"
      "TEST_CASE(\"x\") {\n"
      "}\n"
      "}\n");
  REQUIRE(functions.size() == 4);
  CHECK(functions[0].first_line == 4);
  CHECK(functions[0].last_line == 7);
  CHECK(functions[1].first_line == 9);
  CHECK(functions[1].last_line == 9);
  CHECK(functions[2].first_line == 14);
  CHECK(functions[2].last_line == 20);
  CHECK(functions[3].first_line == 21);
  CHECK(functions[3].last_line == 22);
}

TEST_CASE("an include against the direction of the folders is found") {
  struct Row {
    const char* path;
    const char* include;
    bool refused;
  };
  const Row rows[] = {
      {"events/a.h", "\"events/ids.h\"", false},
      {"events/a.h", "\"storage/log.h\"", true},
      {"storage/a.cpp", "\"events/ids.h\"", false},
      {"commands/a.cpp", "\"projections/a.h\"", true},
      {"projections/a.cpp", "\"commands/a.h\"", true},
      {"http/a.cpp", "\"projections/a.h\"", false},
      {"http/a.cpp", "\"tools/a.h\"", true},
      {"tools/a.cpp", "\"http/a.h\"", false},
      {"tests/storage_log_test.cpp", "\"commands/a.h\"", true},
      {"tests/storage_log_test.cpp", "\"tests/storage_log_contract.h\"", false},
      {"projections/a.cpp", "\"projections/rows_generated.h\"", false},
      {"projections/a.cpp", "\"events/record_generated.h\"", true},
      {"events/a.cpp", "<storage/log.h>", false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.path, row.include);
    CHECK(includes_run_one_way({with_include(row.path, row.include)}).empty() == !row.refused);
  }
}

TEST_CASE("an include of a file that is not there is found") {
  const SourceFile schema{"events/record.fbs", ""};
  CHECK(quoted_includes_exist({schema, with_include("events/a.cpp", "\"events/record_generated.h\"")}).empty());
  CHECK(only_line(quoted_includes_exist({schema, with_include("events/a.cpp", "\"record.fbs\"")})) == 1);
  CHECK(only_line(quoted_includes_exist({{"events/a.cpp", "// one\n#include \"events/gone.h\"\n"}})) == 2);
  CHECK(quoted_includes_exist({{"events/a.cpp", "// #include \"events/gone.h\"\n"}}).empty());
}

TEST_CASE("an include cycle is found once and named") {
  const Tree chain = {with_include("events/a.h", "\"events/b.h\""), with_include("events/b.h", "\"events/c.h\"")};
  CHECK(includes_have_no_cycle(chain).empty());
  auto ring = chain;
  ring.push_back(with_include("events/c.h", "\"events/a.h\""));
  const auto findings = includes_have_no_cycle(ring);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0] == Finding{"events/c.h", 1, "include cycle: events/a.h -> events/b.h -> events/c.h -> events/a.h"});
}

TEST_CASE("a third-party header that other folders see is found unless it is listed there") {
  const auto findings = [](const std::string& header, const std::string& include, const std::string& user) {
    return headers_hide_third_parties({with_include(header, include),
                                       with_include("storage/between.h", "\"" + header + "\""),
                                       with_include(user, "\"storage/between.h\"")});
  };
  CHECK(findings("events/result.h", "<tl/expected.hpp>", "http/a.cpp").empty());
  CHECK(findings("storage/a.h", "<vector>", "http/a.cpp").empty());
  CHECK(findings("storage/a.h", "<rocksdb/db.h>", "storage/a.cpp").empty());
  CHECK(findings("storage/a.h", "<rocksdb/db.h>", "tests/storage_a_test.cpp").empty());
  CHECK(findings("storage/a.h", "<rocksdb/db.h>", "commands/a.cpp").size() == 1);
  CHECK(findings("storage/a.h", "<rocksdb/db.h>", "tests/commands_a_test.cpp").size() == 1);
  CHECK(findings("storage/a.h", "<httplib.h>", "http/a.cpp").size() == 1);
  CHECK(findings("storage/a.h", "<tl/expected.hpp>", "http/a.cpp").size() == 1);
}

TEST_CASE("files, functions and lines have their limits") {
  CHECK(files_are_short({{"http/a.cpp", repeated("\n", 400)}, {"tests/a.cpp", repeated("\n", 600)}}).empty());
  CHECK(only_line(files_are_short({{"http/a.cpp", repeated("\n", 401)}})) == 401);
  CHECK(only_line(files_are_short({{"tests/a.cpp", repeated("\n", 601)}})) == 601);
  const auto function = [](int lines) {
    return Tree{{"a.cpp", "int a;\nvoid f() {\n" + repeated("  g();\n", lines - 2) + "}\n"}};
  };
  CHECK(functions_are_short(function(70)).empty());
  CHECK(only_line(functions_are_short(function(71))) == 2);
  CHECK(lines_are_short({{"a.h", repeated("é", 120) + "\n"}}).empty());
  CHECK(only_line(lines_are_short({{"a.h", "\n" + repeated("é", 121) + "\n"}})) == 2);
}

TEST_CASE("a header that does not say what it is for is found") {
  CHECK(headers_begin_with_a_comment({{"a.h", "// The subject.\n#pragma once\n"}, {"a.cpp", "int a;\n"}}).empty());
  CHECK(headers_begin_with_a_comment({{"a.h", "#include <a>\n\n#pragma once\n"}}).size() == 1);
  CHECK(headers_begin_with_a_comment({{"a.h", "// The subject.\nint a;\n"}}).size() == 1);
}

TEST_CASE("names without a subject are found") {
  CHECK(files_have_telling_names({{"http/commoner.h", ""}, {"storage/futile.cpp", ""}}).empty());
  CHECK(files_have_telling_names({{"http/common.h", ""}}).size() == 1);
  CHECK(files_have_telling_names({{"utils/a.h", ""}}).size() == 1);
  CHECK(files_have_telling_names({{"tests/http_test_helpers.h", ""}}).size() == 1);
}

TEST_CASE("work left behind in a comment is found") {
  const std::string word = std::string("TO") + "DO";
  CHECK(only_line(no_work_is_left_in_words({{"a.cpp", "int a;\n// " + word + ": more\n"}})) == 2);
  CHECK(no_work_is_left_in_words({{"a.cpp", "// " + word + "S and todo items\n"}, {"a.bin", word}}).empty());
}

TEST_CASE("a swallowed exception is found unless a comment says why") {
  CHECK(no_exception_is_swallowed({{"a.cpp", "try { f(); } catch (const E& e) { report(e); }\n"}}).empty());
  CHECK(no_exception_is_swallowed({{"a.cpp", "try {\n} catch (...) {\n  // Answered below.\n}\n"}}).empty());
  CHECK(only_line(no_exception_is_swallowed({{"a.cpp", "try {\n} catch (...) {\n\n}\n"}})) == 2);
}

TEST_CASE("a script without its permission or its first line is found") {
  CHECK(scripts_are_executable({{"tools/run", "#!/bin/sh\n", true}, {"tools/prepare.sh", "# Sourced.\n"}}).empty());
  CHECK(scripts_are_executable({{"tools/bench/load", "#!/bin/sh\n", false}}).size() == 1);
  CHECK(scripts_are_executable({{"tools/test", "exit 0\n", true}}).size() == 1);
}

TEST_CASE("a document's paths must exist") {
  struct Row {
    const char* text;
    bool found;
  };
  const Row rows[] = {
      {"`events/ids.h`", false},
      {"`events/ids.h:12`", false},
      {"`not closed\n```\nevents/gone.h\n```", false},
      {"`events/ids`", false},
      {"`events/`", false},
      {"`tools/run --demo`", false},
      {"`events/{ids,time}.h`", false},
      {"`tests/<folder>_<subject>_test.cpp`", false},
      {"`ticket.fbs`", false},
      {"`/v1/tickets` and `ticket/42` and `build/release/greffe` and HTTP/1.1", false},
      {"[the ids](events/ids.h#top), [outside](https://example.org/a.h)", false},
      {"`events/gone.h`", true},
      {"`events/{ids,gone}.h`", true},
      {"`events/*_codec.h`", true},
      {"`tools/ran --demo`", true},
      {"`reactors/mail.h`", true},
      {"`gone.md`", true},
      {"[the ids](events/gone.h)", true},
  };
  const Tree sources = {{"events/ids.h", ""},
                        {"events/time.h", ""},
                        {"events/ticket.fbs", ""},
                        {"tools/run", "", true},
                        {"tests/events_ids_test.cpp", ""}};
  for (const auto& row : rows) {
    CAPTURE(row.text);
    auto tree = sources;
    tree.push_back({"README.md", std::string("# Title\n") + row.text + "\n"});
    CHECK(only_line(named_paths_exist(tree)) == (row.found ? 2 : 0));
  }
}

TEST_CASE("a comment's paths must exist") {
  const SourceFile ids{"events/ids.h", ""};
  CHECK(named_paths_exist({ids, {"a.cpp", "// See events/ids.h, not a/b.h.\nauto x = \"events/gone.h\";\n"}}).empty());
  CHECK(only_line(named_paths_exist({ids, {"a.cpp", "int a;  // See events/gone.h.\n"}})) == 1);
}

TEST_CASE("a source file outside every target is found") {
  const std::string commands = R"([{"file": "/src/http/a.cpp"}, {"file": "/src/other/b.cpp"}])";
  CHECK(sources_are_built({{"http/a.cpp", ""}, {"tests/fuzz/f.cpp", ""}, {"http/a.h", ""}}, commands).empty());
  CHECK(sources_are_built({{"http/b.cpp", ""}}, commands).size() == 1);
  CHECK(sources_are_built({{"tests/fuzz/deeper/f.cpp", ""}}, commands).size() == 1);
}

}  // namespace greffe::own_checks
