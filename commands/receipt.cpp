#include "commands/receipt.h"

#include <algorithm>

#include "events/check.h"
#include "events/event_names.h"

namespace greffe {
namespace {

constexpr std::uint8_t format_plain = 1, format_left_open = 2;

template <class T>
void put(std::string& out, T value) {
  for (std::size_t i = 0; i < sizeof value; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

// Takes from the front of `bytes`; false, and `bytes` as it was, if there are too few.
template <class T>
bool take(std::string_view& bytes, T& value) {
  if (bytes.size() < sizeof value) return false;
  std::uint64_t read = 0;
  for (std::size_t i = 0; i < sizeof value; ++i) {
    read |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  value = static_cast<T>(read);
  bytes.remove_prefix(sizeof value);
  return true;
}

std::optional<std::string_view> event_text(std::uint8_t wire_id) {
  std::optional<std::string_view> text;
  for_each_event_name([&](const EventName& name) {
    if (name.wire_id == wire_id) text = name.text;
  });
  return text;
}

std::uint8_t wire_id_of(std::string_view text) {
  std::uint8_t wire_id = 0;
  for_each_event_name([&](const EventName& name) {
    if (text == name.text) wire_id = name.wire_id;
  });
  GREFFE_CHECK(wire_id != 0, "an answer names only events that there are");
  return wire_id;
}

void put_number(std::string& out, const std::string& number) {
  GREFFE_CHECK(number.size() <= 255, "a number fits its size byte");
  put(out, static_cast<std::uint8_t>(number.size()));
  out += number;
}

bool take_number(std::string_view& bytes, std::string& number) {
  std::uint8_t size = 0;
  if (!take(bytes, size) || bytes.size() < size) return false;
  number = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return true;
}

bool take_answer(std::string_view& bytes, Accepted& answer) {
  std::uint8_t kind = 0;
  if (!take(bytes, kind) || !take(bytes, answer.stream.id) || !take(bytes, answer.version.value) ||
      !take(bytes, answer.position.value) || !take_number(bytes, answer.number)) {
    return false;
  }
  answer.stream.kind = static_cast<StreamKind>(kind);
  return kind >= static_cast<std::uint8_t>(StreamKind::ticket) && kind <= static_cast<std::uint8_t>(last_stream_kind);
}

bool take_events(std::string_view& bytes, std::vector<AppendedEvent>& events) {
  std::uint32_t count = 0;
  if (!take(bytes, count)) return false;
  for (; count > 0; --count) {
    std::uint8_t wire_id = 0;
    Position position;
    if (!take(bytes, wire_id) || !take(bytes, position.value)) return false;
    const auto type = event_text(wire_id);
    if (!type) return false;
    events.push_back({*type, position});
  }
  return true;
}

bool take_left_open(std::string_view& bytes, std::vector<std::string>& numbers) {
  std::uint32_t count = 0;
  if (!take(bytes, count)) return false;
  for (; count > 0; --count) {
    if (!take_number(bytes, numbers.emplace_back())) return false;
  }
  return true;
}

}  // namespace

std::string encode_receipt(const RequestDigest& digest, const Accepted& answer) {
  std::string out;
  put(out, answer.left_open.empty() ? format_plain : format_left_open);
  out.append(reinterpret_cast<const char*>(digest.data()), digest.size());
  put(out, static_cast<std::uint8_t>(answer.stream.kind));
  put(out, answer.stream.id);
  put(out, answer.version.value);
  put(out, answer.position.value);
  put_number(out, answer.number);
  put(out, static_cast<std::uint32_t>(answer.events.size()));
  for (const AppendedEvent& event : answer.events) {
    put(out, wire_id_of(event.type));
    put(out, event.position.value);
  }
  if (answer.left_open.empty()) return out;
  put(out, static_cast<std::uint32_t>(answer.left_open.size()));
  for (const std::string& number : answer.left_open) put_number(out, number);
  return out;
}

std::optional<Receipt> decode_receipt(std::string_view bytes) {
  Receipt receipt;
  std::uint8_t format = 0;
  if (!take(bytes, format) || (format != format_plain && format != format_left_open)) return std::nullopt;
  if (bytes.size() < receipt.digest.size()) return std::nullopt;
  const auto digest = bytes.substr(0, receipt.digest.size());
  std::transform(digest.begin(), digest.end(), receipt.digest.begin(),
                 [](char c) { return static_cast<unsigned char>(c); });
  bytes.remove_prefix(digest.size());
  if (!take_answer(bytes, receipt.answer) || !take_events(bytes, receipt.answer.events)) return std::nullopt;
  if (format == format_left_open && !take_left_open(bytes, receipt.answer.left_open)) return std::nullopt;
  if (!bytes.empty()) return std::nullopt;
  return receipt;
}

}  // namespace greffe
