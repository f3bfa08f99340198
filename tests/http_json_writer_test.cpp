#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "commands/field_rules.h"
#include "events/json.h"
#include "http/json_writer.h"

using namespace greffe;

namespace {

std::string written(std::string_view text) {
  std::string out;
  append_json_text(out, text);
  return out;
}

// Any number as some code point that Unicode allows in a text.
void append_code_point(std::string& out, std::uint32_t seed) {
  constexpr std::uint32_t limits[] = {0x80, 0x800, 0x10000, 0x110000};
  std::uint32_t code = (seed >> 2U) % limits[seed & 3U];
  if (code >= 0xD800 && code <= 0xDFFF) code -= 0xD800;
  const auto byte = [&out](std::uint32_t value) { out += static_cast<char>(value); };
  const auto continued = [&](std::uint32_t shift) { byte(0x80U | ((code >> shift) & 0x3FU)); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) byte(0xC0U | (code >> 6U));
  else if (code < 0x10000) byte(0xE0U | (code >> 12U));
  else byte(0xF0U | (code >> 18U));
  if (code >= 0x10000) continued(12);
  if (code >= 0x800) continued(6);
  continued(0);
}

}  // namespace

TEST_CASE("a text written as JSON is read back as it was") {
  CHECK(rc::check("any code points", [](const std::vector<std::uint32_t>& seeds) {
    std::string text;
    for (const auto seed : seeds) append_code_point(text, seed);
    RC_ASSERT(is_utf8(text));
    RC_ASSERT(Json::parse(written(text)).get<std::string>() == text);
  }));
  for (int c = 0; c < 0x80; ++c) {
    const std::string text(3, static_cast<char>(c));
    CHECK(Json::parse(written(text)).get<std::string>() == text);
  }
  for (const std::string text : {"é", "€", "😀", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF"}) {
    CHECK(written(text) == "\"" + text + "\"");
  }
}

TEST_CASE("bytes that are not UTF-8 never reach the document") {
  CHECK(rc::check("any bytes", [](const std::vector<std::uint8_t>& bytes) {
    const std::string text(bytes.begin(), bytes.end());
    RC_ASSERT(!Json::parse(written(text), nullptr, false).is_discarded());
  }));
  CHECK(written("a\xC3") == "\"a\xEF\xBF\xBD\"");
  CHECK(written("\xC0\x80z") == "\"\xEF\xBF\xBD\xEF\xBF\xBDz\"");
  CHECK(written("\xED\xA0\x80") == "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST_CASE("the writer sets commas between members and items only") {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("a").number(-5).key("b").begin_array().id(7).null().boolean(true).end_array();
  json.key("c").begin_object().end_object().key("d").text(":").key("e").instant(*parse_rfc3339("2025-02-28T10:00:00Z"));
  json.end_object();
  CHECK(out == R"({"a":-5,"b":["7",null,true],"c":{},"d":":","e":"2025-02-28T10:00:00Z"})");
}
