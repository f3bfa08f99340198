// Reads C++ as text, well enough for checks on clang-formatted sources: what is code, what is
// comment, which files are included, where functions begin and end. No compiler involved.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace greffe::own_checks {

// One file of the repository. `path` is relative to its root.
struct SourceFile {
  std::string path;
  std::string text;
  bool executable = false;
};
using Tree = std::vector<SourceFile>;

// The text with everything else blanked by spaces, so that lines and columns stay the same.
// Literals keep their quotes and lose their content.
std::string code_of(std::string_view text);
std::string comments_of(std::string_view text);

// Without line ends; line n of the file is at index n - 1.
std::vector<std::string_view> lines_of(std::string_view text);

// The line, from 1, in which the character at `offset` stands.
std::size_t line_at(std::string_view text, std::size_t offset);

struct Include {
  std::string target;
  bool quoted = false;  // "a/b.h", else <a/b.h>
  std::size_t line = 0;
};
std::vector<Include> includes_of(std::string_view text);

// A function's definition at namespace or class scope, from its first to its last line.
struct Function {
  std::string head;
  std::size_t first_line = 0;
  std::size_t last_line = 0;
};
std::vector<Function> functions_of(std::string_view text);

}  // namespace greffe::own_checks
