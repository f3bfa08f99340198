#include <fnmatch.h>

#include <algorithm>

#include "tests/own_checks/rules.h"

namespace greffe::own_checks {
namespace {

class Paths {
 public:
  explicit Paths(const Tree& tree) {
    for (const auto& file : tree) {
      files_.push_back(file.path);
      for (auto slash = file.path.find('/'); slash != std::string::npos; slash = file.path.find('/', slash + 1)) {
        folders_.insert(file.path.substr(0, slash));
      }
    }
  }

  // `pattern` may hold * for any text, and may leave the extension of a header out.
  bool hold(const std::string& pattern) const {
    const auto matches = [&](const std::string& path) {
      return fnmatch(pattern.c_str(), path.c_str(), 0) == 0 || fnmatch((pattern + ".h").c_str(), path.c_str(), 0) == 0;
    };
    return std::any_of(files_.begin(), files_.end(), matches) || std::any_of(folders_.begin(), folders_.end(), matches);
  }

  bool hold_name(const std::string& name) const {
    return std::any_of(files_.begin(), files_.end(),
                       [&](const std::string& path) { return path == name || path.ends_with("/" + name); });
  }

  bool is_folder(const std::string& name) const { return folders_.contains(name); }

 private:
  std::vector<std::string> files_;
  std::set<std::string> folders_;
};

// "a/{b,c}.h" as "a/b.h" and "a/c.h"; one pair of braces.
std::vector<std::string> alternatives(const std::string& text) {
  const auto open = text.find('{');
  const auto close = text.find('}', open);
  if (open == std::string::npos || close == std::string::npos) return {text};
  std::vector<std::string> found;
  for (auto begin = open + 1; begin <= close;) {
    const auto end = std::min(text.find(',', begin), close);
    found.push_back(text.substr(0, open) + text.substr(begin, end - begin) + text.substr(close + 1));
    begin = end + 1;
  }
  return found;
}

bool ends_like_a_source(const std::string& text) {
  static const std::set<std::string> extensions = {".h", ".cpp", ".fbs", ".md", ".sh", ".txt", ".cmake"};
  const auto dot = text.rfind('.');
  return dot != std::string::npos && extensions.contains(text.substr(dot));
}

// Whether a word of a document names a path of this repository; HTTP routes, stream names and
// places outside do not.
bool names_a_path(const Paths& paths, const std::string& word) {
  const auto folder = folder_of(word);
  if (folder == "build" || folder == "data" || folder == "..") return false;
  if (!folder.empty()) return paths.is_folder(folder) || ends_like_a_source(word);
  return word.ends_with(".md") || word.ends_with(".cpp") || word.ends_with(".fbs");
}

bool is_path_character(char c) {
  constexpr std::string_view others = "_.*<>/-";
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || others.find(c) != std::string_view::npos;
}

// Also what a document may put around it: alternatives and a line number.
bool is_word_character(char c) { return is_path_character(c) || c == '{' || c == '}' || c == ',' || c == ':'; }

// "a/b.cpp:12-20" without the line, "a/<subject>.h" as "a/*.h", "a/" as "a".
std::string pattern_of(const std::string& word) {
  auto text = word.substr(0, std::min(word.find(':'), word.size()));
  for (auto open = text.find('<'); open != std::string::npos; open = text.find('<')) {
    const auto close = text.find('>', open);
    text.replace(open, close == std::string::npos ? close : close - open + 1, "*");
  }
  while (text.ends_with('/')) text.pop_back();
  return text;
}

bool path_exists(const Paths& paths, const std::string& word) {
  const bool bare_name = folder_of(word).empty();
  const auto all = alternatives(pattern_of(word));
  return std::all_of(all.begin(), all.end(),
                     [&](const std::string& one) { return bare_name ? paths.hold_name(one) : paths.hold(one); });
}

// A piece of a document or a comment, and where it begins there.
struct Piece {
  std::string text;
  std::size_t offset;
};

// The longest runs of characters that satisfy `belongs`.
template <class Belongs>
std::vector<Piece> runs_of(std::string_view text, std::size_t offset, Belongs&& belongs) {
  std::vector<Piece> found;
  for (std::size_t i = 0; i < text.size();) {
    const auto begin = i;
    while (i < text.size() && belongs(text[i])) ++i;
    if (i > begin) found.push_back({std::string(text.substr(begin, i - begin)), offset + begin});
    if (i == begin) ++i;
  }
  return found;
}

// The blank-separated words between backticks on one line.
std::vector<Piece> code_words(const std::string& text) {
  std::vector<Piece> found;
  for (auto open = text.find('`'); open != std::string::npos; open = text.find('`', open + 1)) {
    const auto close = text.find_first_of("`\n", open + 1);
    if (close == std::string::npos) break;
    if (text[close] == '\n') continue;
    const auto span = std::string_view(text).substr(open + 1, close - open - 1);
    for (auto& word : runs_of(span, open + 1, [](char c) { return c != ' '; })) {
      if (std::all_of(word.text.begin(), word.text.end(), is_word_character)) found.push_back(std::move(word));
    }
    open = close;
  }
  return found;
}

// Where the links of a document lead to, those outside the repository left out.
std::vector<Piece> link_targets(const std::string& text) {
  std::vector<Piece> found;
  for (auto at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
    const auto end = std::min(text.find_first_of(")# :\n", at + 2), text.size());
    const bool inside = end > at + 2 && end < text.size() && (text[end] == ')' || text[end] == '#');
    if (inside) found.push_back({text.substr(at + 2, end - at - 2), at + 2});
  }
  return found;
}

void check_document(const Paths& paths, const SourceFile& file, Findings& findings) {
  const auto report = [&](const Piece& piece) {
    findings.push_back({file.path, line_at(file.text, piece.offset), "no such path: " + piece.text});
  };
  for (const auto& word : code_words(file.text)) {
    if (names_a_path(paths, word.text) && !path_exists(paths, word.text)) report(word);
  }
  for (const auto& target : link_targets(file.text)) {
    if (!path_exists(paths, target.text)) report(target);
  }
}

// Comments name files too, with their extension.
void check_comments(const Paths& paths, const SourceFile& file, Findings& findings) {
  const auto comments = comments_of(file.text);
  for (auto& word : runs_of(comments, 0, is_path_character)) {
    while (word.text.ends_with('.')) word.text.pop_back();
    const bool ours = paths.is_folder(folder_of(word.text)) && ends_like_a_source(word.text);
    if (!ours || word.text.ends_with("_generated.h") || path_exists(paths, word.text)) continue;
    findings.push_back(
        {file.path, line_at(comments, word.offset), "a comment names a path that does not exist: " + word.text});
  }
}

}  // namespace

Findings named_paths_exist(const Tree& tree) {
  const Paths paths(tree);
  Findings findings;
  for (const auto& file : tree) {
    if (file.path.ends_with(".md")) check_document(paths, file, findings);
    if (is_cpp(file) || file.path.ends_with(".fbs")) check_comments(paths, file, findings);
  }
  return findings;
}

Findings sources_are_built(const Tree& tree, const std::string& compile_commands) {
  Findings findings;
  for (const auto& file : tree) {
    if (!file.path.ends_with(".cpp")) continue;
    const bool fuzzer = file.path.starts_with("tests/fuzz/") && file.path.find('/', 11) == std::string::npos;
    const bool built = compile_commands.find("/" + file.path + "\"") != std::string::npos;
    if (!fuzzer && !built) findings.push_back({file.path, 1, "no target compiles this file"});
  }
  return findings;
}

}  // namespace greffe::own_checks
