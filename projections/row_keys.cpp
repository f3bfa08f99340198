#include "projections/row_keys.h"

#include <algorithm>

#include "events/check.h"

namespace greffe {
namespace {

constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63;

// Instants as numbers that ascend with them, those before 1970 included.
std::uint64_t ordered(Instant instant) {
  return static_cast<std::uint64_t>(instant.time_since_epoch().count()) ^ sign_bit;
}

}  // namespace

RowKey& RowKey::add(std::string_view text) {
  GREFFE_CHECK(size_ + text.size() <= bytes_.size(), "a row's key is longer than any key is");
  std::copy(text.begin(), text.end(), bytes_.data() + size_);
  size_ += text.size();
  return *this;
}

RowKey& RowKey::add(std::uint64_t number) {
  std::array<char, sizeof number> bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(static_cast<unsigned char>(number >> (8 * (bytes.size() - 1 - i))));
  }
  return add(std::string_view(bytes.data(), bytes.size()));
}

RowKey& RowKey::add(Instant instant) { return add(ordered(instant)); }
RowKey& RowKey::add_descending(Instant instant) { return add(~ordered(instant)); }

std::optional<std::uint64_t> RowKeyReader::number() {
  const auto number = read_number(rest_.substr(0, sizeof(std::uint64_t)));
  if (number) rest_.remove_prefix(sizeof(std::uint64_t));
  return number;
}

std::optional<Instant> RowKeyReader::instant() {
  const auto bits = number();
  if (!bits) return std::nullopt;
  return Instant(std::chrono::microseconds(static_cast<std::int64_t>(*bits ^ sign_bit)));
}

std::optional<std::uint64_t> read_number(std::string_view bytes) {
  if (bytes.size() != sizeof(std::uint64_t)) return std::nullopt;
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

}  // namespace greffe
