// Forms: arbitrary bytes as the body of an upload. The first byte says how the rest is cut,
// since the same bytes must mean the same in any pieces; the name of every file must come out
// harmless.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "commands/field_rules.h"
#include "commands/files/file_name.h"
#include "events/check.h"
#include "http/upload/disposition.h"
#include "http/upload/multipart.h"

namespace {

using greffe::MultipartParser;
using Token = MultipartParser::Token;

void check_file_name(const std::string& given) {
  const auto clean = greffe::clean_file_name(given);
  if (!clean) return;
  GREFFE_CHECK(!clean->empty() && clean->size() <= greffe::file_name_bytes_max, "a file's name is of no use");
  GREFFE_CHECK(greffe::is_utf8(*clean), "a file's name is not UTF-8");
  GREFFE_CHECK(clean->find_first_of(std::string_view("/\\\r\n\0", 5)) == std::string::npos, "a file's name is a path");
  const auto sent = greffe::parse_content_disposition(greffe::attachment_disposition(*clean));
  GREFFE_CHECK(sent && sent->file_name == clean, "a file's name does not come back");
}

// Everything that the parser made of the bytes, as text.
std::string read(std::string_view bytes, std::size_t piece_size) {
  MultipartParser parser("b");
  std::string seen;
  while (!bytes.empty()) {
    auto piece = bytes.substr(0, piece_size);
    bytes.remove_prefix(piece.size());
    for (auto token = parser.next(piece); token != Token::more; token = parser.next(piece)) {
      if (token == Token::data) {
        seen += parser.data();
        continue;
      }
      seen += '\n' + std::to_string(static_cast<int>(token));
      if (token != Token::part) continue;
      const auto& part = parser.part();
      GREFFE_CHECK(!part.name.empty() && greffe::is_utf8(part.name), "a field's name is no text");
      seen += part.name + '|' + part.file_name.value_or("(none)") + '|';
      if (part.file_name) check_file_name(*part.file_name);
    }
  }
  return seen + (parser.has_ended() ? "\nended" : "\nunfinished");
}

// How much is seen before a refusal for length depends on the cuts; that there is one may not.
bool is_refused(const std::string& seen) {
  const auto refusal = '\n' + std::to_string(static_cast<int>(Token::malformed));
  return seen.find(refusal) != std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto whole = read(bytes, bytes.size() + 1);
  const auto pieces = read(bytes, 1 + data[0] % 64);
  GREFFE_CHECK(is_refused(whole) || is_refused(pieces) || whole == pieces,
               "the same bytes were read differently in pieces");
  return 0;
}
