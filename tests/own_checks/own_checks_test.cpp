// The rules, on this repository.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "tests/own_checks/rules.h"
#include "tests/places.h"

namespace greffe::own_checks {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

// What is built or stored is no source.
bool is_left_out(const std::string& path) { return path == ".git" || path == "build" || path == "data"; }

// Golden bytes are there to be named, not to be read.
bool is_read(const std::string& path) { return !path.starts_with("tests/golden/"); }

Tree load_tree(const fs::path& root) {
  Tree tree;
  for (fs::recursive_directory_iterator entry(root), end; entry != end; ++entry) {
    const auto path = entry->path().lexically_relative(root).generic_string();
    if (is_left_out(path)) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file()) {
      const bool executable = (entry->status().permissions() & fs::perms::owner_exec) != fs::perms::none;
      tree.push_back({path, is_read(path) ? content_of(entry->path()) : "", executable});
    }
  }
  return tree;
}

const Tree& repository() {
  static const Tree tree = load_tree(test::source_dir());
  return tree;
}

void expect_none(const Findings& findings) {
  // Not by Catch, which would break the lines.
  for (const auto& finding : findings) {
    std::cerr << finding.path << ":" << finding.line << ": " << finding.why << "\n";
  }
  CHECK(findings.empty());
}

}  // namespace

TEST_CASE("the repository is there to be checked") { CHECK(repository().size() > 20); }
TEST_CASE("includes run one way: events, storage, commands and projections, http, tools") {
  expect_none(includes_run_one_way(repository()));
}
TEST_CASE("quoted includes name files from the repository's root") { expect_none(quoted_includes_exist(repository())); }
TEST_CASE("no file includes itself by a detour") { expect_none(includes_have_no_cycle(repository())); }
TEST_CASE("third-party headers stay out of public headers") { expect_none(headers_hide_third_parties(repository())); }
TEST_CASE("files are short") { expect_none(files_are_short(repository())); }
TEST_CASE("functions are short") { expect_none(functions_are_short(repository())); }
TEST_CASE("lines are short") { expect_none(lines_are_short(repository())); }
TEST_CASE("headers begin by saying what they are for") { expect_none(headers_begin_with_a_comment(repository())); }
TEST_CASE("files are named by subject") { expect_none(files_have_telling_names(repository())); }
TEST_CASE("no work is left behind in a comment") { expect_none(no_work_is_left_in_words(repository())); }
TEST_CASE("no exception is swallowed") { expect_none(no_exception_is_swallowed(repository())); }
TEST_CASE("scripts can be executed") { expect_none(scripts_are_executable(repository())); }
TEST_CASE("paths named in documents and comments exist") { expect_none(named_paths_exist(repository())); }
TEST_CASE("every feature of the help pages names its tests") { expect_none(features_are_tested(repository())); }
TEST_CASE("every source file is built") {
  expect_none(sources_are_built(repository(), content_of(test::build_dir() / "compile_commands.json")));
}

}  // namespace greffe::own_checks
