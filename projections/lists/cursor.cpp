#include "projections/lists/cursor.h"

#include <algorithm>

#include "events/check.h"
#include "projections/lists/collation.h"
#include "projections/lists/tab_index.h"

namespace greffe {
namespace {

constexpr char layout_version = 1;
constexpr std::size_t checksum_bytes = 8;
constexpr std::uint64_t absent_size = 0xffff;
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// FNV-1a, its result stirred since short texts leave the high bits alike. It finds damage and
// mix-ups; it is no signature, for a cursor grants nothing that the query does not.
class Hash {
 public:
  void bytes(std::string_view text) {
    for (const char c : text) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  void number(std::uint64_t value) {
    for (int shift = 0; shift < 64; shift += 8) state_ = (state_ ^ (value >> shift & 0xff)) * 0x100000001b3;
  }
  void text(std::string_view text) {
    number(text.size());
    bytes(text);
  }
  std::uint64_t result() const {
    std::uint64_t h = state_;
    h = (h ^ h >> 33) * 0xff51afd7ed558ccd;
    h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53;
    return h ^ h >> 33;
  }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325;
};

void hash_one(Hash& hash, const std::string& value) { hash.text(value); }
void hash_one(Hash& hash, const CategoryPath& path) {
  hash.number(path.size());
  for (const auto& node : path) hash.text(node);
}
template <class Tag>
void hash_one(Hash& hash, Id<Tag> value) {
  hash.number(value.value);
}
template <class Tag>
void hash_one(Hash& hash, std::optional<Id<Tag>> value) {
  hash.number(value ? value->value : 0);  // no entry has the id 0
}
template <NamedEnum E>
void hash_one(Hash& hash, E value) {
  hash.number(static_cast<std::uint64_t>(value));
}

template <class T>
void hash_set(Hash& hash, std::vector<T> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  hash.number(values.size());
  for (const auto& value : values) hash_one(hash, value);
}

template <class Tag>
void hash_optional(Hash& hash, std::optional<Id<Tag>> id) {
  hash.number(id ? 1 : 0);
  if (id) hash.number(id->value);
}

// Who asks, as far as the view depends on it.
void hash_asker(Hash& hash, const ListQuery& query) {
  if (is_mine(query.view)) {
    hash_optional(hash, query.me);
    for (const bool included : {query.mine.assignee, query.mine.copy, query.mine.creator}) hash.number(included);
  }
  if (query.view == ListView::team_open) hash_set(hash, query.my_teams);
  hash.number(query.reader ? 1 : 0);
  if (!query.reader) return;
  hash_optional(hash, query.reader->contact);
  hash_optional(hash, query.reader->organisation);
}

std::uint64_t checksum_of(std::uint64_t fingerprint, std::string_view values) {
  Hash hash;
  hash.number(fingerprint);
  hash.bytes(values);
  return hash.result();
}

void put_number(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
}

std::string to_base64url(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t pending = 0;
  int pending_bits = 0;
  for (const char c : bytes) {
    pending = pending << 8 | static_cast<unsigned char>(c);
    for (pending_bits += 8; pending_bits >= 6; pending_bits -= 6) out += alphabet[pending >> (pending_bits - 6) & 63];
  }
  if (pending_bits > 0) out += alphabet[pending << (6 - pending_bits) & 63];
  return out;
}

// Absent unless it is what to_base64url writes: no padding, no stray bits at the end.
std::optional<std::string> from_base64url(std::string_view text) {
  std::string out;
  out.reserve(text.size() * 3 / 4);
  std::uint32_t pending = 0;
  int pending_bits = 0;
  for (const char c : text) {
    const auto digit = alphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    pending = pending << 6 | static_cast<std::uint32_t>(digit);
    pending_bits += 6;
    if (pending_bits < 8) continue;
    pending_bits -= 8;
    out += static_cast<char>(pending >> pending_bits & 0xff);
  }
  const bool stray = pending_bits == 6 || (pending & ((1U << pending_bits) - 1)) != 0;
  return stray ? std::nullopt : std::optional(std::move(out));
}

// Takes values off the front; once it has run out, `bad` stays true.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t number(std::size_t size) {
    std::uint64_t value = 0;
    for (const char c : text(size)) value = value << 8 | static_cast<unsigned char>(c);
    return value;
  }
  std::string_view text(std::size_t size) {
    if (size > bytes_.size()) {
      bad_ = true;
      return {};
    }
    const auto taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }
  SortValue value(ValueForm form) {
    if (form == ValueForm::number) return {number(8), {}};
    if (form == ValueForm::text) {
      const auto head = number(8);
      const auto size = number(1);
      if (size % 8 != 0 || size > CollationKey::bytes_max - 8) bad_ = true;
      return {head, std::string(text(size))};
    }
    const auto size = number(2);
    if (size == absent_size) return {absent_head, {}};
    const auto key = text(size);
    if (key.empty() || head_of(key) == absent_head) bad_ = true;
    return {head_of(key), std::string(key)};
  }
  bool ended_well() const { return !bad_ && bytes_.empty(); }

 private:
  std::string_view bytes_;
  bool bad_ = false;
};

}  // namespace

std::uint64_t fingerprint(const ListQuery& query, const std::vector<SortKey>& sort) {
  Hash hash;
  hash.number(static_cast<std::uint64_t>(query.view));
  hash_asker(hash, query);
  const auto& f = query.filters;
  hash_set(hash, f.status);
  hash_set(hash, f.priority);
  hash_set(hash, f.assignee);
  hash_set(hash, f.team);
  hash_set(hash, f.contact);
  hash_set(hash, f.organisation);
  hash_set(hash, f.kind);
  hash_set(hash, f.channel);
  hash_set(hash, f.category);
  hash_set(hash, f.request_type);
  hash_set(hash, f.group);
  hash_set(hash, f.copy);
  hash_set(hash, f.creator);
  hash_set(hash, f.origin);
  hash_set(hash, f.context_type);
  hash_set(hash, f.parent);
  hash_set(hash, f.merged_into);
  for (const auto& flag : {f.has_parent, f.needs_look}) hash.number(flag ? (*flag ? 1 : 0) : 2);
  for (const auto& instant : {f.opened_from, f.opened_before, f.updated_from, f.updated_before, f.closed_from,
                              f.closed_before, f.due_from, f.due_before}) {
    hash.number(time_key(instant));
  }
  for (const auto& key : sort) hash.number(static_cast<std::uint64_t>(key.column) * 2 + (key.descending ? 1 : 0));
  return hash.result();
}

std::string encode_cursor(std::uint64_t fingerprint, std::span<const ValueForm> forms,
                          std::span<const SortValue> values) {
  GREFFE_CHECK(forms.size() == values.size(), "one form a value");
  std::string body;
  for (std::size_t i = 0; i < forms.size(); ++i) {
    const auto& value = values[i];
    if (forms[i] == ValueForm::key) {
      const bool absent = value.head == absent_head;
      GREFFE_CHECK(value.rest.size() < absent_size, "a sort key fits its size field");
      put_number(body, absent ? absent_size : value.rest.size(), 2);
      body += value.rest;
      continue;
    }
    put_number(body, value.head, 8);
    if (forms[i] == ValueForm::number) continue;
    put_number(body, value.rest.size(), 1);
    body += value.rest;
  }
  return seal_cursor(fingerprint, body);
}

std::string seal_cursor(std::uint64_t fingerprint, std::string_view values) {
  std::string out(1, layout_version);
  put_number(out, checksum_of(fingerprint, values), checksum_bytes);
  out += values;
  return to_base64url(out);
}

Result<std::vector<SortValue>, BadCursor> decode_cursor(std::string_view cursor, std::uint64_t fingerprint,
                                                        std::span<const ValueForm> forms) {
  const auto bytes = from_base64url(cursor);
  if (!bytes || bytes->size() < 1 + checksum_bytes || bytes->front() != layout_version) return fail(BadCursor{});
  Reader checksum(std::string_view(*bytes).substr(1, checksum_bytes));
  const auto body = std::string_view(*bytes).substr(1 + checksum_bytes);
  if (checksum.number(checksum_bytes) != checksum_of(fingerprint, body)) return fail(BadCursor{});
  Reader reader(body);
  std::vector<SortValue> values;
  for (const auto form : forms) values.push_back(reader.value(form));
  if (!reader.ended_well()) return fail(BadCursor{});
  return values;
}

}  // namespace greffe
