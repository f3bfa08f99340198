#include "tests/own_checks/source_text.h"

#include <algorithm>
#include <cctype>

namespace greffe::own_checks {
namespace {

enum class Part { code, comment, literal };

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Length of the comment or literal that begins at `i`, and which of them it is; 0 if none does.
std::size_t special_length(std::string_view text, std::size_t i, Part& part) {
  const auto rest = text.substr(i);
  const auto until = [&](std::string_view end, std::size_t from) {
    const auto at = rest.find(end, from);
    return at == std::string_view::npos ? rest.size() : at + end.size();
  };
  part = Part::comment;
  if (rest.starts_with("//")) return std::min(rest.find('\n'), rest.size());
  if (rest.starts_with("/*")) return until("*/", 2);
  part = Part::literal;
  if (rest.starts_with("R\"") && (i == 0 || !is_word(text[i - 1]))) {
    const auto open = rest.find('(');
    if (open == std::string_view::npos) return rest.size();
    return until(")" + std::string(rest.substr(2, open - 2)) + "\"", open);
  }
  const char quote = rest.front();
  const bool digit_separator = quote == '\'' && i > 0 && is_word(text[i - 1]);
  if ((quote != '"' && quote != '\'') || digit_separator) return 0;
  std::size_t end = 1;
  while (end < rest.size() && rest[end] != quote && rest[end] != '\n') end += rest[end] == '\\' ? 2 : 1;
  return std::min(end + 1, rest.size());
}

// Keeps the characters of one part, blanks the others.
std::string only(std::string_view text, Part wanted) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    Part part = Part::code;
    const auto special = special_length(text, i, part);
    if (special == 0) part = Part::code;
    const auto length = std::max<std::size_t>(special, 1);
    for (std::size_t k = 0; k < length; ++k) {
      const char c = text[i + k];
      const bool quote = part == Part::literal && wanted == Part::code && (k == 0 || k + 1 == length);
      out.push_back(part == wanted || quote || c == '\n' ? c : ' ');
    }
    i += length;
  }
  return out;
}

void blank_preprocessor(std::string& code) {
  bool directive = false;
  for (std::size_t begin = 0; begin < code.size();) {
    const auto end = std::min(code.find('\n', begin), code.size());
    const auto first = code.find_first_not_of(" \t", begin);
    directive = directive || (first < end && code[first] == '#');
    const bool continues = directive && end > begin && code[end - 1] == '\\';
    if (directive) std::fill(code.begin() + static_cast<long>(begin), code.begin() + static_cast<long>(end), ' ');
    directive = continues;
    begin = end + 1;
  }
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

// Skips a leading `template <…>`, its constraint left in place.
std::string_view without_template(std::string_view head) {
  head = trimmed(head);
  if (!head.starts_with("template")) return head;
  int depth = 0;
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '<') ++depth;
    if (head[i] == '>' && --depth == 0) return without_template(head.substr(i + 1));
  }
  return head;
}

bool has_word(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]))) return true;
  }
  return false;
}

enum class Scope { space, function, other };  // space: a namespace's or a class's, where functions stand

Scope scope_after(std::string_view head) {
  head = without_template(head);
  if (has_word(head, "namespace") || head.starts_with("extern")) return Scope::space;
  for (const std::string_view keyword : {"struct", "class", "union"}) {
    if (head.starts_with(keyword) && head.size() > keyword.size() && !is_word(head[keyword.size()])) {
      return Scope::space;
    }
  }
  const bool initializer = head.empty() || head.back() == '=' || head.back() == ',';
  return !initializer && head.find('(') != std::string_view::npos ? Scope::function : Scope::other;
}

// Walks the braces of code in which comments, literals and directives are blank.
class FunctionFinder {
 public:
  explicit FunctionFinder(std::string_view code) : code_(code) {}

  std::vector<Function> find() {
    for (std::size_t i = 0; i < code_.size(); ++i) {
      const char c = code_[i];
      if (c == '{') open(i);
      else if (c == '}') close(i);
      else if (in_space() && (c == '(' || c == ')')) parentheses_ += c == '(' ? 1 : -1;
      else if (in_space() && c == ';' && parentheses_ == 0) head_ = i + 1;
    }
    return std::move(found_);
  }

 private:
  struct Open {
    Scope scope;
    std::size_t head;
  };

  bool in_space() const { return open_.empty() || open_.back().scope == Scope::space; }

  void open(std::size_t at) {
    const bool expression = !in_space() || parentheses_ > 0;
    const auto scope = expression ? Scope::other : scope_after(code_.substr(head_, at - head_));
    open_.push_back({scope, head_});
    if (scope == Scope::space) head_ = at + 1;
  }

  void close(std::size_t at) {
    if (open_.empty()) return;
    const auto closed = open_.back();
    open_.pop_back();
    if (!in_space() || parentheses_ > 0) return;
    const auto next = code_.find_first_not_of(" \t\n", at + 1);
    const bool member_initializer =
        closed.scope == Scope::function && next != std::string_view::npos && (code_[next] == ',' || code_[next] == '{');
    head_ = member_initializer ? closed.head : at + 1;
    if (closed.scope != Scope::function || member_initializer) return;
    const auto first = code_.find_first_not_of(" \t\n", closed.head);
    const auto head = code_.substr(first, std::min<std::size_t>(code_.find('{', first) - first, 80));
    found_.push_back({std::string(trimmed(head)), line_at(code_, first), line_at(code_, at)});
  }

  std::string_view code_;
  std::vector<Open> open_;
  std::size_t head_ = 0;  // where the text before the next brace begins
  int parentheses_ = 0;
  std::vector<Function> found_;
};

}  // namespace

std::string code_of(std::string_view text) { return only(text, Part::code); }
std::string comments_of(std::string_view text) { return only(text, Part::comment); }

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::size_t line_at(std::string_view text, std::size_t offset) {
  const auto before = text.substr(0, offset);
  return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

std::vector<Include> includes_of(std::string_view text) {
  const auto code = code_of(text);
  const auto code_lines = lines_of(code);
  const auto lines = lines_of(text);
  std::vector<Include> found;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto code_line = trimmed(code_lines[i]);
    if (!code_line.starts_with("#include")) continue;
    const auto open = lines[i].find_first_of("\"<");
    if (open == std::string_view::npos) continue;
    const bool quoted = lines[i][open] == '"';
    const auto close = lines[i].find(quoted ? '"' : '>', open + 1);
    if (close == std::string_view::npos) continue;
    found.push_back({std::string(lines[i].substr(open + 1, close - open - 1)), quoted, i + 1});
  }
  return found;
}

std::vector<Function> functions_of(std::string_view text) {
  auto code = code_of(text);
  blank_preprocessor(code);
  return FunctionFinder(code).find();
}

}  // namespace greffe::own_checks
