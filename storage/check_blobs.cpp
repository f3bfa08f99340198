#include "storage/check_blobs.h"

#include <fmt/format.h>

#include <map>
#include <string>

#include "events/codec.h"

namespace greffe {
namespace {

// The first event that names a blob with a size.
using Named = std::map<std::pair<std::string, std::uint64_t>, Position>;

class BlobsChecker {
 public:
  BlobsChecker(const Log& log, const BlobStore& blobs, const BlobsCheckProgress& progress)
      : log_(log), blobs_(blobs), progress_(progress) {}

  BlobsCheck run() {
    const Named named = read_names();
    std::string last;
    std::uint64_t done = 0;
    for (const auto& [name, position] : named) {
      const auto& [sha256, size_bytes] = name;
      if (full()) break;
      if (sha256 != last || result_.blobs == 0) found_ = look_at(sha256);
      last = sha256;
      compare(sha256, size_bytes, position);
      if (progress_) progress_(++done, named.size());
    }
    result_.complete = !full();
    return std::move(result_);
  }

 private:
  bool full() const { return result_.findings.size() >= log_findings_max; }

  Named read_names() {
    Named named;
    const auto reader = log_.read(Position{1});
    Record record;
    while (reader->next()) {
      if (decode_into(reader->bytes(), record)) continue;
      const auto* event = std::get_if<TicketEvent>(&record.event);
      const auto* attached = event != nullptr ? std::get_if<DocumentAttached>(event) : nullptr;
      if (attached == nullptr) continue;
      ++result_.documents;
      named.try_emplace({attached->document.sha256, attached->document.size_bytes}, reader->position());
    }
    if (reader->failure()) result_.findings.push_back({reader->failure()->position, reader->failure()->detail});
    return named;
  }

  Result<BlobRef, BlobFailure> look_at(const std::string& sha256) {
    ++result_.blobs;
    auto found = blobs_.verify(BlobDigest{sha256});
    if (found) result_.bytes += found->size_bytes;
    return found;
  }

  void compare(const std::string& sha256, std::uint64_t size_bytes, Position position) {
    if (!found_) {
      result_.findings.push_back({position, found_.error().detail});
    } else if (found_->size_bytes != size_bytes) {
      result_.findings.push_back(
          {position, fmt::format("blob {} has {} bytes, the event says {}", sha256, found_->size_bytes, size_bytes)});
    }
  }

  const Log& log_;
  const BlobStore& blobs_;
  const BlobsCheckProgress& progress_;
  Result<BlobRef, BlobFailure> found_;  // what the last blob looked at turned out to be
  BlobsCheck result_;
};

}  // namespace

BlobsCheck check_blobs(const Log& log, const BlobStore& blobs, const BlobsCheckProgress& progress) {
  return BlobsChecker(log, blobs, progress).run();
}

}  // namespace greffe
