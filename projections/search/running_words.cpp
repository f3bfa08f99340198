#include "projections/search/running_words.h"

#include <fmt/format.h>

namespace greffe {
namespace {

constexpr char everyone_mark = 'P', internal_mark = 'N';
// The first character of a block: whether there is another one.
constexpr char more_mark = '+', last_mark = '.';
// A block that is so long takes no further text.
constexpr std::size_t block_bytes = 4096;

std::string key_of(Xapian::docid document, std::size_t block) {
  return fmt::format("words/{:08x}/{:06x}", document, block);
}

bool has_more(std::string_view block) { return !block.empty() && block.front() == more_mark; }

}  // namespace

void RunningWords::begin_text(Visibility visibility) {
  if (blocks_.empty() || blocks_.back().size() >= block_bytes) {
    if (!blocks_.empty()) blocks_.back().front() = more_mark;
    blocks_.emplace_back(1, last_mark);
  }
  blocks_.back() += visibility == Visibility::everyone ? everyone_mark : internal_mark;
  blocks_.back() += ' ';
}

void RunningWords::add(std::string_view folded_word) {
  blocks_.back() += folded_word;
  blocks_.back() += ' ';
}

void RunningWords::end_text() { blocks_.back() += '\n'; }

void keep_running_words(Xapian::WritableDatabase& database, Xapian::docid document, const RunningWords& words) {
  const auto& blocks = words.blocks();
  bool had_more = true;
  for (std::size_t i = 0; i < blocks.size() || had_more; ++i) {
    const auto key = key_of(document, i);
    const std::string old = had_more ? database.get_metadata(key) : "";
    had_more = has_more(old);
    const std::string_view wanted = i < blocks.size() ? std::string_view(blocks[i]) : "";
    // An empty value is none.
    if (old != wanted) database.set_metadata(key, std::string(wanted));
  }
}

void read_running_words(const Xapian::Database& database, Xapian::docid document,
                        const std::function<bool(std::string_view)>& take) {
  bool more = true;
  for (std::size_t i = 0; more; ++i) {
    const auto block = database.get_metadata(key_of(document, i));
    if (block.empty() || !take(block)) return;
    more = has_more(block);
  }
}

RunningPhrase::RunningPhrase(const std::vector<std::string_view>& words, bool is_beginning) {
  for (const auto word : words) {
    pattern_ += ' ';
    pattern_ += word;
  }
  if (!is_beginning) pattern_ += ' ';
}

bool RunningPhrase::stands_in(std::string_view block, bool internal_too) const {
  for (auto at = block.find(pattern_); at != std::string_view::npos; at = block.find(pattern_, at + 1)) {
    if (internal_too) return true;
    const auto before = block.rfind('\n', at);
    const auto line = before == std::string_view::npos ? std::size_t{1} : before + 1;
    if (block[line] == everyone_mark) return true;
  }
  return false;
}

}  // namespace greffe
