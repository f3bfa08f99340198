#include <algorithm>
#include <array>
#include <filesystem>

#include "tests/own_checks/rules.h"

namespace greffe::own_checks {
namespace {

constexpr std::size_t file_lines_max = 400;
constexpr std::size_t test_file_lines_max = 600;
constexpr std::size_t function_lines_max = 70;
constexpr std::size_t line_columns_max = 120;

bool is_script(const SourceFile& file) { return file.text.starts_with("#!"); }

bool is_build_file(const SourceFile& file) {
  return file.path.ends_with("CMakeLists.txt") || file.path.ends_with(".cmake");
}

bool is_ours_to_read(const SourceFile& file) {
  return is_cpp(file) || is_script(file) || is_build_file(file) || file.path.ends_with(".fbs") ||
         file.path.ends_with(".sh");
}

// Code points, for a UTF-8 text: every byte that does not continue one.
std::size_t columns_of(std::string_view line) {
  return static_cast<std::size_t>(
      std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool has_word(std::string_view line, std::string_view word) {
  for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !is_letter(line[at - 1])) && (end == line.size() || !is_letter(line[end]))) return true;
  }
  return false;
}

// The words of a path: "a/b_c.h" has a, b, c and h.
bool path_has_word(const std::string& path, std::string_view word) { return has_word(path, word); }

}  // namespace

bool is_header(const SourceFile& file) { return file.path.ends_with(".h"); }
bool is_cpp(const SourceFile& file) { return is_header(file) || file.path.ends_with(".cpp"); }
bool is_test(const SourceFile& file) { return file.path.starts_with("tests/"); }

std::string folder_of(const std::string& path) {
  const auto slash = path.find('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

Findings files_are_short(const Tree& tree) {
  Findings findings;
  for (const auto& file : tree) {
    if (!is_ours_to_read(file)) continue;
    const auto lines = lines_of(file.text).size();
    const auto max = is_test(file) ? test_file_lines_max : file_lines_max;
    if (lines <= max) continue;
    findings.push_back({file.path, max + 1, std::to_string(lines) + " lines; split it by subject"});
  }
  return findings;
}

Findings functions_are_short(const Tree& tree) {
  Findings findings;
  for (const auto& file : tree) {
    if (!is_cpp(file)) continue;
    for (const auto& function : functions_of(file.text)) {
      const auto lines = function.last_line - function.first_line + 1;
      if (lines <= function_lines_max) continue;
      findings.push_back({file.path, function.first_line, std::to_string(lines) + " lines: " + function.head});
    }
  }
  return findings;
}

Findings lines_are_short(const Tree& tree) {
  Findings findings;
  for (const auto& file : tree) {
    if (!is_ours_to_read(file)) continue;
    const auto lines = lines_of(file.text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto columns = columns_of(lines[i]);
      if (columns > line_columns_max) findings.push_back({file.path, i + 1, std::to_string(columns) + " columns"});
    }
  }
  return findings;
}

Findings headers_begin_with_a_comment(const Tree& tree) {
  Findings findings;
  for (const auto& file : tree) {
    if (!is_header(file)) continue;
    if (!file.text.starts_with("// ")) findings.push_back({file.path, 1, "no comment says what this header is for"});
    if (!is_test(file) && file.text.find("\n#pragma once\n") == std::string::npos) {
      findings.push_back({file.path, 1, "no #pragma once"});
    }
  }
  return findings;
}

Findings files_have_telling_names(const Tree& tree) {
  constexpr std::array empty_words = {"util", "utils", "common", "helper", "helpers", "misc"};
  Findings findings;
  for (const auto& file : tree) {
    for (const auto* word : empty_words) {
      if (path_has_word(file.path, word)) findings.push_back({file.path, 1, std::string(word) + " is no subject"});
    }
  }
  return findings;
}

Findings no_work_is_left_in_words(const Tree& tree) {
  // Written in two parts, so that this file does not find itself.
  const std::array words = {std::string("TO") + "DO", std::string("FIX") + "ME", std::string("XX") + "X",
                            std::string("HA") + "CK"};
  Findings findings;
  for (const auto& file : tree) {
    if (!is_ours_to_read(file)) continue;
    const auto lines = lines_of(file.text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      for (const auto& word : words) {
        if (has_word(lines[i], word)) findings.push_back({file.path, i + 1, word + " is left"});
      }
    }
  }
  return findings;
}

Findings no_exception_is_swallowed(const Tree& tree) {
  Findings findings;
  for (const auto& file : tree) {
    if (!is_cpp(file)) continue;
    const auto code = code_of(file.text);
    for (auto at = code.find("catch ("); at != std::string::npos; at = code.find("catch (", at + 1)) {
      // In the text itself: a comment that says why nothing is to be done will do.
      const auto open = code.find('{', at);
      const auto next = file.text.find_first_not_of(" \t\n", std::min(open, code.size() - 1) + 1);
      if (next != std::string::npos && file.text[next] == '}') {
        findings.push_back({file.path, line_at(code, at), "an exception is caught, nothing is done, and no word why"});
      }
    }
  }
  return findings;
}

Findings scripts_are_executable(const Tree& tree) {
  Findings findings;
  for (const auto& file : tree) {
    if (is_script(file) && !file.executable) findings.push_back({file.path, 1, "a script that cannot be executed"});
    const bool started_by_hand = file.path == "tools/run" || file.path == "tools/test" || file.path == ".ci/run";
    if (started_by_hand && !is_script(file)) findings.push_back({file.path, 1, "no #! line"});
  }
  return findings;
}

}  // namespace greffe::own_checks
