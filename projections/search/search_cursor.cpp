#include "projections/search/search_cursor.h"

#include <fmt/format.h>

#include <charconv>

namespace greffe {
namespace {

// Everything that decides which hits there are, each part framed by its length.
class Fingerprint {
 public:
  explicit Fingerprint(const SearchQuery& query) {
    add(query.text);
    add(static_cast<std::uint64_t>(query.audience.sees_everything()));
    add(query.audience.contacts());
    add(query.audience.organisations());
    const auto& f = query.filters;
    for (const auto flag : {f.view == SearchView::open, f.view == SearchView::closed, f.with_deleted, f.with_merged}) {
      add(static_cast<std::uint64_t>(flag));
    }
    add(f.status);
    add(f.priority);
    add(f.assignee);
    add(f.team);
    add(f.contact);
    add(f.organisation);
    add(f.kind);
    add(f.channel);
    add(f.category);
    for (const auto& instant : {f.opened_from, f.opened_before, f.updated_from, f.updated_before}) {
      add(static_cast<std::uint64_t>(instant ? instant->time_since_epoch().count() : INT64_MIN));
    }
  }
  std::uint64_t value() const { return hash_; }

 private:
  void mix(unsigned char byte) { hash_ = (hash_ ^ byte) * 1099511628211U; }
  void add(std::uint64_t number) {
    for (int shift = 0; shift < 64; shift += 8) mix(static_cast<unsigned char>(number >> shift & 0xff));
  }
  void add(const std::string& text) {
    add(std::uint64_t{text.size()});
    for (const char c : text) mix(static_cast<unsigned char>(c));
  }
  template <class Tag>
  void add(Id<Tag> id) {
    add(id.value);
  }
  template <NamedEnum E>
  void add(E value) {
    add(static_cast<std::uint64_t>(value));
  }
  template <class Value>
  void add(const std::vector<Value>& values) {
    add(std::uint64_t{values.size()});
    for (const auto& value : values) add(value);
  }

  std::uint64_t hash_ = 14695981039346656037U;
};

}  // namespace

std::string search_cursor(const SearchQuery& query, std::size_t offset) {
  return fmt::format("{}-{:016x}", offset, Fingerprint(query).value());
}

std::optional<std::size_t> search_offset(const SearchQuery& query) {
  if (query.cursor.empty()) return 0;
  std::size_t offset = 0;
  const auto* end = query.cursor.data() + query.cursor.size();
  const auto [stopped, error] = std::from_chars(query.cursor.data(), end, offset);
  const bool good = error == std::errc() && offset > 0 && offset < search_hits_max;
  if (!good || search_cursor(query, offset) != query.cursor) return std::nullopt;
  return offset;
}

}  // namespace greffe
