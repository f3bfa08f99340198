// JSON appended to a string, without a tree in between: the hot path of every list.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/fields.h"
#include "events/ids.h"
#include "events/names.h"
#include "events/time.h"

namespace greffe {

// Appends the text as a JSON string, quotes included. Bytes that are not UTF-8 become U+FFFD,
// so that the document is valid whatever the text holds.
void append_json_text(std::string& out, std::string_view text);

// Writes commas by itself; that brackets match and that keys stand in objects is the caller's
// part. Keys are literals of ours and are not escaped.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);

  JsonWriter& text(std::string_view value);
  JsonWriter& number(std::int64_t value);
  JsonWriter& boolean(bool value) { return raw(value ? "true" : "false"); }
  JsonWriter& null() { return raw("null"); }
  JsonWriter& raw(std::string_view json);  // already JSON
  JsonWriter& id(std::uint64_t value);     // as a string of digits
  JsonWriter& instant(Instant value);

  template <class T>
  JsonWriter& value(const std::optional<T>& v) {
    return v ? value(*v) : null();
  }
  template <class Tag>
  JsonWriter& value(Id<Tag> v) {
    return id(v.value);
  }
  template <NamedEnum E>
  JsonWriter& value(E v) {
    return text(name_of(v));
  }
  JsonWriter& value(const std::string& v) { return text(v); }
  JsonWriter& value(const Personal& v) { return text(v.text); }
  JsonWriter& value(Instant v) { return instant(v); }
  JsonWriter& value(Milliseconds v) { return number(v.count()); }
  JsonWriter& value(Version v) { return number(v.value); }
  JsonWriter& value(bool v) { return boolean(v); }
  JsonWriter& value(std::uint32_t v) { return number(v); }
  JsonWriter& value(std::uint64_t v) { return number(static_cast<std::int64_t>(v)); }  // sizes, below 2^63
  template <class T>
  JsonWriter& value(const std::vector<T>& vs) {
    begin_array();
    for (const auto& v : vs) value(v);
    return end_array();
  }
  // Every field of the list, also the empty ones; readers need not guess what may be absent.
  template <HasFields T>
  JsonWriter& value(const T& v) {
    begin_object();
    for_each_field<T>([&](const auto& f, std::size_t) { key(f.name).value(v.*(f.member)); });
    return end_object();
  }

 private:
  JsonWriter& open(char bracket) {
    separate();
    out_ += bracket;
    return *this;
  }
  JsonWriter& close(char bracket) {
    out_ += bracket;
    return *this;
  }
  void separate();

  std::string& out_;
};

}  // namespace greffe
