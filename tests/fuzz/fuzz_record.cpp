// libFuzzer: no bytes crash the record codec or the JSON rendering, and what decodes is
// stable: decode -> encode -> decode gives the same record, and encode the same bytes.
// The files of tests/golden are a good seed corpus.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "events/check.h"
#include "events/codec.h"
#include "events/json.h"

namespace {

using greffe::Record;

void check_stable(const Record& record) {
  std::string bytes, again;
  // Foreign bytes may share parts that ours never do, so the record may be too long for us.
  if (!greffe::encode(record, bytes)) return;
  const auto back = greffe::decode(bytes);
  GREFFE_CHECK(back.has_value(), "what was encoded decodes");
  GREFFE_CHECK(greffe::encode(*back, again), "a record that was decoded encodes");
  GREFFE_CHECK(again == bytes, "a record has one form");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto record = greffe::decode(bytes);
  if (!record) return 0;
  check_stable(*record);
  const std::string json = greffe::to_json(*record).dump(-1, ' ', false, greffe::Json::error_handler_t::replace);
  GREFFE_CHECK(greffe::Json::accept(json), "the rendering is JSON");
  return 0;
}
