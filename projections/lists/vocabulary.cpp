#include "projections/lists/vocabulary.h"

#include "events/check.h"
#include "projections/lists/collation.h"

namespace greffe {
namespace {

absl::string_view as_key(std::string_view text) { return {text.data(), text.size()}; }

void append_big_endian(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
}

// A node ends with 00 01 and has 00 FF for a zero of its own, which keeps the order of the bytes.
std::string nodes_key(std::span<const std::string> nodes) {
  std::string key;
  for (const auto& node : nodes) {
    for (const char c : node) {
      key += c;
      if (c == '\0') key += '\xff';
    }
    key.append("\0\1", 2);
  }
  return key;
}

// The collation key, then the nodes themselves for paths that collate alike. No word of a
// collation key begins with a zero byte but the empty text's, so a zero ends it.
std::string path_key(const std::vector<std::string>& path) {
  std::string key(collate(path).view());
  key += '\0';
  return key + nodes_key(path);
}

// In a priority's identity, in place of the ticket's rank: the key has one of its own. A ticket's
// rank that is as high is read as such where the key has none.
constexpr std::uint32_t rank_of_key = UINT32_MAX;

}  // namespace

Identity Vocabulary::Texts::add(std::string_view text) {
  const auto known = identities.find(as_key(text));
  if (known != identities.end()) return known->second;
  const Identity identity = texts.size();
  GREFFE_CHECK(identity < UINT32_MAX, "more texts than identities");
  texts.emplace_back(text);
  identities.emplace(text, identity);
  return identity;
}

Identity Vocabulary::of_text(std::string_view text) { return text.empty() ? absent_identity : texts_.add(text); }

Identity Vocabulary::of_path(const std::vector<std::string>& path) {
  if (path.empty()) return absent_identity;
  const auto known = paths_.texts.size();
  const auto identity = paths_.add(path_key(path));
  if (identity != known) return identity;
  for (std::size_t depth = 2; depth <= path.size(); ++depth) {
    paths_below_[nodes_key(std::span(path).first(depth))].push_back(identity);
  }
  return identity;
}

std::span<const Identity> Vocabulary::paths_below(std::span<const std::string> path) const {
  const auto known = paths_below_.find(nodes_key(path));
  return known == paths_below_.end() ? std::span<const Identity>() : std::span(known->second);
}

Identity Vocabulary::of_status(const StatusAt& status) {
  return texts_.add(status.key) << 8 | static_cast<std::uint8_t>(status.category);
}

Identity Vocabulary::of_priority(const PriorityAt& priority) {
  const auto key = texts_.add(priority.key);
  return key << 32 | (ranks_.contains(key) ? rank_of_key : priority.rank);
}

void Vocabulary::rank(std::string_view key, std::uint32_t rank) { ranks_.insert_or_assign(texts_.add(key), rank); }

std::optional<Identity> Vocabulary::find_text(std::string_view text) const {
  const auto known = texts_.identities.find(as_key(text));
  return known == texts_.identities.end() ? std::nullopt : std::optional(known->second);
}

void Vocabulary::name(StreamId entry, std::string_view display_name) {
  if (display_name.empty()) {
    name_keys_.erase(entry);
  } else {
    name_keys_.insert_or_assign(entry, std::string(collate(display_name).view()));
  }
}

std::string Vocabulary::name_key(StreamKind kind, std::uint64_t id) const {
  const auto named = name_keys_.find({kind, id});
  std::string key;
  if (named != name_keys_.end()) key.reserve(named->second.size() + 9);
  key += named != name_keys_.end() ? std::string_view(named->second) : collate(std::to_string(id)).view();
  key += '\0';
  append_big_endian(key, id, 8);
  return key;
}

std::string Vocabulary::sort_key(KeyedBy column, Identity identity) const {
  if (identity == absent_identity) return {};
  std::string key;
  switch (column) {
    case KeyedBy::status: append_big_endian(key, identity & 0xff, 1); return key + texts_.texts[identity >> 8];
    case KeyedBy::priority: {
      const auto of_key = ranks_.find(priority_key(identity));
      append_big_endian(key, of_key == ranks_.end() ? identity & UINT32_MAX : of_key->second, 4);
      return key + texts_.texts[priority_key(identity)];
    }
    case KeyedBy::assignee: return name_key(StreamKind::agent, identity);
    case KeyedBy::team: return name_key(StreamKind::team, identity);
    case KeyedBy::contact: return name_key(StreamKind::contact, identity);
    case KeyedBy::organisation: return name_key(StreamKind::organisation, identity);
    case KeyedBy::category: return paths_.texts[identity];
    // As for paths, a zero ends the collation key; the text tells apart what collates alike.
    case KeyedBy::origin: {
      const auto& text = texts_.texts[identity];
      key += collate(text).view();
      key += '\0';
      return key + text;
    }
    // Nobody sorts by these; any key that tells them apart will do.
    case KeyedBy::category_root:
    case KeyedBy::request_type:
    case KeyedBy::group:
    case KeyedBy::kind:
    case KeyedBy::channel:
    case KeyedBy::creator:
    case KeyedBy::parent:
    case KeyedBy::merged_into:
    case KeyedBy::has_parent:
    case KeyedBy::needs_look: append_big_endian(key, identity, 8);
  }
  return key;
}

std::size_t Vocabulary::bytes() const {
  std::size_t total = name_keys_.capacity() * (sizeof(StreamId) + sizeof(std::string) + 1);
  for (const auto& [entry, key] : name_keys_) total += key.size() > 15 ? key.capacity() + 1 : 0;
  for (const auto* texts : {&texts_, &paths_}) {
    for (const auto& text : texts->texts) total += 2 * (sizeof(std::string) + text.capacity()) + sizeof(Identity);
  }
  for (const auto& [key, paths] : paths_below_) {
    total += 2 * (key.capacity() + sizeof(key) + sizeof(paths)) + paths.capacity() * sizeof(Identity);
  }
  return total;
}

}  // namespace greffe
