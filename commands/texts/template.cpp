#include "commands/texts/template.h"

#include "commands/texts/template_parser.h"

namespace greffe {
namespace {

using texts::Part;
using texts::PartKind;

// Where names are looked for: the innermost item first.
using Scopes = std::vector<const TextValues*>;

constexpr std::string_view html_of(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return {};
  }
}

class Renderer {
 public:
  Renderer(std::span<const Part> parts, bool html, std::size_t bytes_max)
      : parts_(parts), html_(html), bytes_max_(bytes_max), steps_max_(bytes_max + template_tags_max * 4) {}

  Result<std::string, RenderFault> render(const TextValues& values) {
    scopes_.push_back(&values);
    write(0, parts_.size());
    if (too_long_) return fail(RenderFault::too_long);
    return std::move(out_);
  }

 private:
  // The depth of the recursion is that of the parts, template_depth_max at most.
  void write(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end && !too_long_; ++i) {
      if (++steps_ > steps_max_) too_long_ = true;
      const Part& part = parts_[i];
      if (part.kind == PartKind::literal) {
        append(part.text);
      } else if (part.kind == PartKind::value) {
        append_value(text_of(*part.variable), html_);
      } else if (part.kind == PartKind::raw_value) {
        append_value(text_of(*part.variable), false);
      } else {
        write_section(i, part);
        i = part.end - 1;
      }
    }
  }

  void write_section(std::size_t at, const Part& part) {
    const auto* items = part.variable->is_list ? list_of(*part.variable) : nullptr;
    const bool empty = part.variable->is_list ? items == nullptr || items->empty() : text_of(*part.variable).empty();
    if (empty != (part.kind == PartKind::inverted)) return;
    if (items == nullptr || empty) return write(at + 1, part.end);
    for (const TextValues& item : *items) {
      scopes_.push_back(&item);
      write(at + 1, part.end);
      scopes_.pop_back();
    }
  }

  std::string_view text_of(const TextVariable& variable) const {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      const auto found = (*scope)->texts.find(variable.name);
      if (found != (*scope)->texts.end()) return found->second;
    }
    return {};
  }

  const std::vector<TextValues>* list_of(const TextVariable& variable) const {
    const auto found = scopes_.front()->lists.find(variable.name);
    return found == scopes_.front()->lists.end() ? nullptr : &found->second;
  }

  void append_value(std::string_view text, bool escaped) {
    if (!escaped) return append(text);
    append(escape_html(text.substr(0, bytes_max_ + 1)));
  }

  void append(std::string_view text) {
    if (text.size() > bytes_max_ - out_.size()) too_long_ = true;
    else out_ += text;
  }

  const std::span<const Part> parts_;
  const bool html_;
  const std::size_t bytes_max_;
  // Parts that write nothing cost time too.
  const std::size_t steps_max_;
  std::size_t steps_ = 0;
  Scopes scopes_;
  std::string out_;
  bool too_long_ = false;
};

}  // namespace

std::vector<TemplateFault> check(std::string_view text, TextPurpose purpose) {
  return texts::parse(text, purpose).faults;
}

Result<std::string, RenderFault> render(std::string_view text, TextPurpose purpose, const TextValues& values,
                                        std::size_t bytes_max) {
  const auto parsed = texts::parse(text, purpose);
  if (!parsed.faults.empty()) return fail(RenderFault::bad_template);
  return Renderer(parsed.parts, purpose != TextPurpose::reply, bytes_max).render(values);
}

std::string escape_html(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    const auto html = html_of(c);
    if (html.empty()) escaped += c;
    else escaped += html;
  }
  return escaped;
}

}  // namespace greffe
