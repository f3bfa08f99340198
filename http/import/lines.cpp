#include <fmt/format.h>
#include <openssl/sha.h>

#include <array>
#include <cstring>
#include <unordered_map>

#include "http/import/importer.h"

namespace greffe {
namespace {

// Ids by content: a file that grew, or whose lines moved, imports only what is new. Equal
// lines are told apart by their ordinal, for the same thing may well happen twice.
class LineIds {
 public:
  std::string id(std::string_view line) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
    SHA256(reinterpret_cast<const unsigned char*>(line.data()), line.size(), digest.data());
    std::uint64_t key = 0;
    std::memcpy(&key, digest.data(), sizeof key);
    std::string out = "import/";
    for (std::size_t i = 0; i < 16; ++i) out += fmt::format("{:02x}", digest[i]);
    return fmt::format("{}/{}", out, ++seen_[key]);
  }

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> seen_;
};

}  // namespace

ImportReport import_lines(Importer& importer, std::istream& lines, const ImportOptions& options,
                          const std::function<void(std::uint64_t, const LineAnswer&)>& on_line) {
  ImportReport report;
  LineIds ids;
  std::uint64_t number = 0;
  for (std::string line; !report.stopped && std::getline(lines, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    const LineAnswer answer = importer.apply(line, ids.id(line));
    ++report.lines;
    report.events += answer.events;
    switch (answer.outcome) {
      case LineOutcome::appended: ++report.appended; break;
      case LineOutcome::unchanged: ++report.unchanged; break;
      case LineOutcome::failed: ++report.failed; break;
    }
    if (on_line) on_line(number, answer);
    report.stopped = answer.store_failed || (options.strict && answer.outcome == LineOutcome::failed);
  }
  return report;
}

}  // namespace greffe
