#include "projections/lookup/name_index.h"

#include <algorithm>

#include "projections/lookup/folding.h"
#include "projections/row_keys.h"

namespace greffe {
namespace {

using Words = std::vector<std::string>;

constexpr std::size_t indexed_words_max = 10;
constexpr char as_it_is = '0', turned = '1';
constexpr char wrap = '\x01';  // before ' ' and every letter
constexpr std::size_t key_end_bytes = 1 + sizeof(std::uint64_t);

std::string joined(const Words& words, std::size_t begin, std::size_t end, std::string_view between) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) {
    if (i > begin) text += between;
    text += words[i];
  }
  return text;
}

std::string key_of(std::string_view list, char group, std::string_view text, std::uint64_t id) {
  std::string key(list);
  key += group;
  key += text;
  key += '\0';
  key += RowKey().add(id).view();
  return key;
}

std::uint64_t id_in(std::string_view key) {
  const auto id = key.size() < key_end_bytes ? std::nullopt : read_number(key.substr(key.size() - 8));
  if (!id) throw ViewsUnreadable({ViewFailure::Kind::io, {}, "a key of the views is damaged: run `greffe rebuild`"});
  return *id;
}

// The ids found so far, one more than wanted to know whether there are others.
class Found {
 public:
  explicit Found(std::size_t limit) : limit_(limit) {}

  bool full() const { return ids_.size() > limit_; }
  void add(std::uint64_t id) {
    if (!full() && std::find(ids_.begin(), ids_.end(), id) == ids_.end()) ids_.push_back(id);
  }
  NameMatches take(bool cut_short) {
    NameMatches matches{std::move(ids_), cut_short};
    if (matches.ids.size() > limit_) {
      matches.ids.pop_back();
      matches.more = true;
    }
    return matches;
  }

 private:
  const std::size_t limit_;
  std::vector<std::uint64_t> ids_;
};

class Search {
 public:
  Search(const RowSource& rows, Family family, std::string_view list, std::size_t limit)
      : rows_(rows), family_(family), list_(list), found_(limit) {}

  // Everything that begins so, in the index's order. A name comes once for each of its words.
  void take_all(char group, std::string_view begin) {
    if (found_.full()) return;
    const auto scan = rows_.scan(family_, list_ + group + std::string(begin));
    while (!found_.full() && scan->next()) found_.add(id_in(scan->key()));
  }

  // Words that stand side by side, also the last one before the first.
  void take_neighbours(const Words& words) {
    take_all(as_it_is, joined(words, 0, words.size(), " "));
    take_all(turned, joined(words, 0, words.size(), " "));
    for (std::size_t i = 1; i < words.size(); ++i) {
      take_all(turned, joined(words, 0, i, " ") + wrap + joined(words, i, words.size(), " "));
    }
  }

  // Names with all the words anywhere. False if there were too many to look through.
  bool take_scattered(Words words) {
    if (found_.full()) return true;
    const auto longer = [](const std::string& a, const std::string& b) { return a.size() > b.size(); };
    std::stable_sort(words.begin(), words.end(), longer);
    Names names;
    bool complete = false;
    for (std::size_t i = 0; i < words.size() && !complete; ++i) complete = look_through(words[i], words, names);
    std::sort(names.begin(), names.end());
    for (const auto& [name, id] : names) found_.add(id);
    return complete;
  }

  NameMatches take(bool cut_short = false) { return found_.take(cut_short); }

 private:
  using Names = std::vector<std::pair<std::string, std::uint64_t>>;

  // False if the names with a word that begins like `word` are too many.
  bool look_through(const std::string& word, const Words& all, Names& names) const {
    std::size_t left = keys_scanned_max;
    for (const char group : {as_it_is, turned}) {
      for (const auto scan = rows_.scan(family_, list_ + group + word); scan->next();) {
        if (left-- == 0) return false;
        const auto text = text_in(scan->key());
        if (fits(text, all)) names.emplace_back(turned_back(text), id_in(scan->key()));
      }
    }
    return true;
  }

  std::string_view text_in(std::string_view key) const {
    return key.substr(list_.size() + 1, key.size() - std::min(key.size(), list_.size() + 1 + key_end_bytes));
  }

  static std::string turned_back(std::string_view text) {
    const auto end = text.find(wrap);
    if (end == std::string_view::npos) return std::string(text);
    return std::string(text.substr(end + 1)) + " " + std::string(text.substr(0, end));
  }

  // Whether a word of the name, which may stand turned, begins like each of the words.
  static bool fits(std::string_view text, const Words& words) {
    return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
      auto at = text.find(word);
      while (at != std::string_view::npos && at > 0 && text[at - 1] != ' ' && text[at - 1] != wrap) {
        at = text.find(word, at + 1);
      }
      return at != std::string_view::npos;
    });
  }

  const RowSource& rows_;
  const Family family_;
  const std::string list_;
  Found found_;
};

}  // namespace

std::size_t typed_characters(std::string_view typed) { return character_count(typed); }

bool too_many_words(std::string_view typed) {
  return folded_words(typed, lookup_words_max + 1).size() > lookup_words_max;
}

std::vector<std::string> name_keys(std::string_view list, std::string_view name, std::uint64_t id) {
  const auto words = folded_words(name, indexed_words_max);
  std::vector<std::string> keys = {key_of(list, as_it_is, joined(words, 0, words.size(), " "), id)};
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto from_here = joined(words, i, words.size(), " ") + wrap + joined(words, 0, i, " ");
    keys.push_back(key_of(list, turned, from_here, id));
  }
  return keys;
}

std::vector<std::string> code_keys(std::string_view list, std::string_view code, std::uint64_t id) {
  const auto words = folded_words(code, indexed_words_max);
  std::vector<std::string> keys = {key_of(list, as_it_is, joined(words, 0, words.size(), ""), id)};
  for (std::size_t i = 1; i < words.size(); ++i) {
    keys.push_back(key_of(list, turned, joined(words, i, words.size(), ""), id));
  }
  return keys;
}

NameMatches find_names(const RowSource& rows, Family family, std::string_view list, std::string_view typed,
                       std::size_t limit) {
  Search search(rows, family, list, limit);
  auto words = folded_words(typed, lookup_words_max);
  if (words.empty()) {
    search.take_all(as_it_is, "");
    return search.take();
  }
  search.take_neighbours(words);
  if (words.size() == 1) return search.take();
  std::reverse(words.begin(), words.end());
  search.take_neighbours(words);
  const bool complete = search.take_scattered(words);
  return search.take(!complete);
}

NameMatches find_codes(const RowSource& rows, Family family, std::string_view list, std::string_view typed,
                       std::size_t limit) {
  Search search(rows, family, list, limit);
  const auto words = folded_words(typed, lookup_words_max);
  const auto begin = joined(words, 0, words.size(), "");
  search.take_all(as_it_is, begin);
  if (!begin.empty()) search.take_all(turned, begin);
  return search.take();
}

void KeyChanges::move(const std::vector<std::string>& from, const std::vector<std::string>& to) {
  for (const auto& key : from) changes_.emplace_back(key, false);
  for (const auto& key : to) changes_.emplace_back(key, true);
}

void KeyChanges::flush(RowBatch& batch, Family family) {
  for (const auto& [key, present] : changes_) {
    if (present) batch.put(family, key, "");
    else batch.erase(family, key);
  }
  changes_.clear();
}

}  // namespace greffe
