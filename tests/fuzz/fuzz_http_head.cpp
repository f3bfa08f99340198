// Feeds the front's request reader (heads, targets, chunks) with arbitrary bytes. The first
// byte says how the rest is cut, since the same bytes must mean the same in any pieces.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events/check.h"
#include "http/front/gather.h"

namespace {

using greffe::front::Gatherer;

constexpr std::size_t head_bytes_max = 2048;
constexpr std::size_t body_bytes_max = 4096;

// Everything that the reader made of the bytes, as text.
std::string read(std::string_view bytes, std::size_t piece_size) {
  Gatherer gatherer(head_bytes_max, body_bytes_max);
  std::string seen;
  while (!bytes.empty()) {
    const auto piece = bytes.substr(0, piece_size);
    bytes.remove_prefix(piece.size());
    gatherer.append(piece);
    auto progress = gatherer.advance();
    for (; progress == Gatherer::Progress::complete; progress = gatherer.advance()) {
      const auto& request = gatherer.request();
      GREFFE_CHECK(request.body.size() <= body_bytes_max, "a body is larger than allowed");
      GREFFE_CHECK(request.path.starts_with('/'), "a path does not start at the root");
      GREFFE_CHECK(request.path.find('\0') == std::string::npos, "a path holds NUL");
      seen += request.method + '|' + request.target + '|' + request.path + '|' + request.body + '\n';
      for (const auto& [name, value] : request.headers) {
        GREFFE_CHECK(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos, "a header holds a line");
        seen += name + ':' + value + '\n';
      }
      gatherer.next();
    }
    if (progress == Gatherer::Progress::refused) return seen + std::string(greffe::name_of(gatherer.refusal()));
  }
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto whole = read(bytes, bytes.size() + 1);
  const auto pieces = read(bytes, 1 + data[0] % 64);
  // A refusal for size may be told apart by how much is seen at once; everything else may not.
  const auto without_refusal = [](const std::string& text) { return text.substr(0, text.rfind('\n') + 1); };
  GREFFE_CHECK(without_refusal(whole) == without_refusal(pieces), "the same bytes were read differently in pieces");
  return 0;
}
