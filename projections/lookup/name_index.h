// Looking people and things up by the beginning of their names while somebody types. Each name
// stands in the index once for every word of it, turned so that the word comes first:
//
//   <list> '0' "jean luc martin" 0 id u64              as it is
//   <list> '1' "luc martin" 1 "jean" 0 id u64          from its second word on
//   <list> '1' "martin" 1 "jean luc" 0 id u64
//
// So what begins with some letters lies together, in the order in which it is shown: names
// that begin with them first, then those with a later word that does, each by name from that
// word on. Only active entries are in the index. Pure but for reading rows; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "projections/view_store.h"

namespace greffe {

// What has to be typed of a name or number before anything is looked for.
inline constexpr std::size_t lookup_characters_min = 3;
inline constexpr std::size_t lookup_words_max = 5;

// Of a text as it was typed: what counts for lookup_characters_min. The hyphen of "AB-" does; signs
// alone, by which nothing could be found, do not.
std::size_t typed_characters(std::string_view typed);
// Whether the text has more than lookup_words_max words.
bool too_many_words(std::string_view typed);

// The keys under which a name is found in a list of the index.
std::vector<std::string> name_keys(std::string_view list, std::string_view name, std::uint64_t id);

// The same for plates and numbers, where "AB-123 cd" and "ab123CD" are one: found from each
// word on, whatever stands between the letters.
std::vector<std::string> code_keys(std::string_view list, std::string_view code, std::uint64_t id);

struct NameMatches {
  std::vector<std::uint64_t> ids;  // best first
  // There are, or may be, others: more has to be typed.
  bool more = false;
};

// Entries with a name in which every typed word begins a word; all of the list if nothing is
// typed. One word reads about `limit` keys however many names there are, and is exact. So are
// several that stand side by side in the name, in either order and all but the last whole.
// Names with the words elsewhere come after those, by name: for each word at most
// keys_scanned_max keys are looked through, and all words are exact as soon as one of them
// fits no more names than that.
inline constexpr std::size_t keys_scanned_max = 2'000;
NameMatches find_names(const RowSource& rows, Family family, std::string_view list, std::string_view typed,
                       std::size_t limit);

// Entries whose number begins so, then those with a later word that does. Exact.
NameMatches find_codes(const RowSource& rows, Family family, std::string_view list, std::string_view typed,
                       std::size_t limit);

// Keys on their way into a batch, in the order of the changes.
class KeyChanges {
 public:
  void move(const std::vector<std::string>& from, const std::vector<std::string>& to);
  void flush(RowBatch& batch, Family family);
  void discard() { changes_.clear(); }

 private:
  std::vector<std::pair<std::string, bool>> changes_;  // true: put
};

}  // namespace greffe
