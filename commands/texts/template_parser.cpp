#include "commands/texts/template_parser.h"

#include <algorithm>

namespace greffe::texts {
namespace {

constexpr std::string_view blanks = " \t";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool is_name(std::string_view name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.'; });
}

struct Tag {
  std::size_t begin = 0, end = 0;  // bytes of the text, braces included
  char sign = 0;                   // '#', '^', '/', '{' or 0
  std::string_view name;           // empty = malformed
};

class Parser {
 public:
  Parser(std::string_view text, TextPurpose purpose) : text_(text), variables_(variables_of(purpose)) {}

  Parsed parse() {
    std::size_t tags = 0;
    while (const auto tag = next_tag()) {
      if (++tags > template_tags_max) {
        fault(TemplateFaultCode::too_many_tags, *tag);
        return std::move(parsed_);
      }
      take(*tag);
    }
    add_literal(text_.size());
    for (const auto& open : open_) {
      parsed_.faults.push_back({TemplateFaultCode::unclosed_section, open.at, std::string(open.name)});
    }
    return std::move(parsed_);
  }

 private:
  struct Open {
    std::string_view name;
    std::size_t at;
    std::size_t part;
    const TextVariable* variable;
  };

  std::optional<Tag> next_tag() const {
    const auto begin = text_.find("{{", at_);
    if (begin == std::string_view::npos) return std::nullopt;
    const bool raw = text_.substr(begin).starts_with("{{{");
    const std::string_view closing = raw ? "}}}" : "}}";
    const auto inner = begin + closing.size();
    const auto end = text_.find(closing, inner);
    if (end == std::string_view::npos) return Tag{begin, text_.size(), 0, {}};
    Tag tag{begin, end + closing.size(), raw ? '{' : char{0}, trimmed(text_.substr(inner, end - inner))};
    if (!raw && !tag.name.empty() && std::string_view("#^/").find(tag.name[0]) != std::string_view::npos) {
      tag.sign = tag.name[0];
      tag.name = trimmed(tag.name.substr(1));
    }
    if (!is_name(tag.name)) tag.name = {};
    return tag;
  }

  void take(const Tag& tag) {
    const bool part_tag = tag.sign == '#' || tag.sign == '^' || tag.sign == '/';
    const auto [begin, end] = part_tag ? whole_line(tag) : std::pair(tag.begin, tag.end);
    add_literal(begin);
    at_ = end;
    if (tag.name.empty()) return fault(TemplateFaultCode::malformed_tag, tag);
    if (tag.sign == '/') return close(tag);
    const TextVariable* variable = tag.name == "." ? own_variable() : find(tag.name);
    if (variable == nullptr) {
      fault(tag.name == "." ? TemplateFaultCode::wrong_section : TemplateFaultCode::unknown_variable, tag);
      // Its end shall not be reported as well.
      if (part_tag) open(tag, nullptr);
      return;
    }
    if (part_tag) return open(tag, variable);
    if (variable->is_list) return fault(TemplateFaultCode::wrong_section, tag);
    if (tag.sign == '{' && !variable->markup) return fault(TemplateFaultCode::not_markup, tag);
    parsed_.parts.push_back({tag.sign == '{' ? PartKind::raw_value : PartKind::value, tag.name, variable});
  }

  void open(const Tag& tag, const TextVariable* variable) {
    if (open_.size() == template_depth_max) fault(TemplateFaultCode::too_deep, tag);
    open_.push_back({tag.name, tag.begin, parsed_.parts.size(), tag.sign == '#' ? variable : nullptr});
    parsed_.parts.push_back({tag.sign == '#' ? PartKind::section : PartKind::inverted, tag.name, variable});
  }

  void close(const Tag& tag) {
    if (open_.empty() || open_.back().name != tag.name) return fault(TemplateFaultCode::unopened_section, tag);
    parsed_.parts[open_.back().part].end = parsed_.parts.size();
    open_.pop_back();
  }

  // The variable of the innermost part, if that is a text's.
  const TextVariable* own_variable() const {
    if (open_.empty() || open_.back().variable == nullptr || open_.back().variable->is_list) return nullptr;
    return open_.back().variable;
  }

  bool within(std::string_view list) const {
    return std::any_of(open_.begin(), open_.end(),
                       [&](const Open& o) { return o.variable != nullptr && o.variable->name == list; });
  }

  // A list's items have names of their own, and no list within themselves.
  const TextVariable* find(std::string_view name) const {
    for (const auto& variable : variables_) {
      if (variable.name != name) continue;
      if (variable.list.empty() ? !(variable.is_list && within(name)) : within(variable.list)) return &variable;
    }
    return nullptr;
  }

  // The tag's line, if there is nothing else on it.
  std::pair<std::size_t, std::size_t> whole_line(const Tag& tag) const {
    const auto before = tag.begin == 0 ? std::string_view::npos : text_.find_last_not_of(blanks, tag.begin - 1);
    const auto after = std::min(text_.find_first_not_of(blanks, tag.end), text_.size());
    const bool begins = before == std::string_view::npos || text_[before] == '\n';
    const bool ends = after == text_.size() || text_[after] == '\n' || text_.substr(after).starts_with("\r\n");
    const auto begin = before == std::string_view::npos ? 0 : before + 1;
    if (!begins || !ends || begin < at_) return {tag.begin, tag.end};
    return {begin, std::min(text_.find('\n', after), text_.size() - 1) + 1};
  }

  void add_literal(std::size_t end) {
    if (end > at_) parsed_.parts.push_back({PartKind::literal, text_.substr(at_, end - at_)});
    at_ = end;
  }

  void fault(TemplateFaultCode code, const Tag& tag) {
    parsed_.faults.push_back({code, tag.begin, std::string(tag.name.substr(0, 64))});
  }

  const std::string_view text_;
  const std::span<const TextVariable> variables_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
  Parsed parsed_;
};

}  // namespace

Parsed parse(std::string_view text, TextPurpose purpose) { return Parser(text, purpose).parse(); }

}  // namespace greffe::texts
