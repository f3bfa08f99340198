// Templates come from outside: any text must be refused or render within its bounds, and no
// value may bring markup of its own into HTML.
#include <cstdlib>
#include <string_view>

#include "commands/texts/template.h"

namespace {

using namespace greffe;

constexpr std::size_t bytes_max = 10'000;

void need(bool condition) {
  if (!condition) std::abort();
}

const TextValues& hostile() {
  static const TextValues values = [] {
    TextValues made;
    for (const auto& variable : variables_of(TextPurpose::document)) {
      if (variable.is_list) made.lists[std::string(variable.name)].resize(3);
      else made.texts[std::string(variable.name)] = variable.markup ? "" : "\x01{{header}}<b>";
    }
    for (auto& message : made.lists["messages"]) message.texts["body"] = "\x01<";
    return made;
  }();
  return values;
}

// The values mark themselves with a byte that the text must not have for this to be judged.
void render_one(std::string_view text, TextPurpose purpose) {
  const bool good = check(text, purpose).empty();
  const auto rendered = render(text, purpose, hostile(), bytes_max);
  if (!good) need(!rendered && rendered.error() == RenderFault::bad_template);
  if (!rendered) return;
  need(rendered->size() <= bytes_max);
  if (purpose == TextPurpose::reply || text.find('\x01') != std::string_view::npos) return;
  for (auto at = rendered->find('\x01'); at != std::string::npos; at = rendered->find('\x01', at + 1)) {
    const auto after = std::string_view(*rendered).substr(at + 1);
    need(after.starts_with("&lt;") || after.starts_with("{{header}}&lt;b&gt;"));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto purpose : {TextPurpose::reply, TextPurpose::document, TextPurpose::notification}) {
    render_one(text, purpose);
  }
  return 0;
}
