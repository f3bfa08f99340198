// The project's own rules on its sources, docs and scripts. Every rule looks at the whole tree
// and returns what breaks it; the only exceptions by name are the third-party headers listed
// in rules_includes.cpp.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tests/own_checks/source_text.h"

namespace greffe::own_checks {

struct Finding {
  std::string path;
  std::size_t line = 1;
  std::string why;
  bool operator==(const Finding&) const = default;
};
using Findings = std::vector<Finding>;

// rules_includes.cpp
Findings includes_run_one_way(const Tree& tree);
Findings quoted_includes_exist(const Tree& tree);
Findings includes_have_no_cycle(const Tree& tree);
Findings headers_hide_third_parties(const Tree& tree);

// rules_form.cpp
Findings files_are_short(const Tree& tree);
Findings functions_are_short(const Tree& tree);
Findings lines_are_short(const Tree& tree);
Findings headers_begin_with_a_comment(const Tree& tree);
Findings files_have_telling_names(const Tree& tree);
Findings no_work_is_left_in_words(const Tree& tree);
Findings no_exception_is_swallowed(const Tree& tree);
Findings scripts_are_executable(const Tree& tree);

// rules_paths.cpp
Findings named_paths_exist(const Tree& tree);

// rules_features.cpp: the tables of docs/features.md.
Findings features_are_tested(const Tree& tree);

// Every .cpp is compiled by the build whose compile_commands.json is given, or is a fuzzer
// (tests/fuzz/*.cpp), which only the clang build makes.
Findings sources_are_built(const Tree& tree, const std::string& compile_commands);

bool is_cpp(const SourceFile& file);     // .h or .cpp
bool is_header(const SourceFile& file);  // .h
bool is_test(const SourceFile& file);    // below tests/

// The first part of the path; empty for a file of the root.
std::string folder_of(const std::string& path);

}  // namespace greffe::own_checks
