#include "http/upload/download.h"

#include "commands/files/media_type.h"
#include "http/upload/disposition.h"

namespace greffe {
namespace {

class BlobSource : public BodySource {
 public:
  explicit BlobSource(std::unique_ptr<BlobReader> reader) : reader_(std::move(reader)) {}

  std::uint64_t size_bytes() const override { return reader_->size_bytes(); }

  bool read(std::uint64_t offset, std::span<char> to) override {
    const auto count = reader_->read(offset, to);
    return count && *count == to.size();
  }

 private:
  std::unique_ptr<BlobReader> reader_;
};

}  // namespace

std::shared_ptr<BodySource> blob_source(std::unique_ptr<BlobReader> reader) {
  return std::make_shared<BlobSource>(std::move(reader));
}

void answer_document(std::unique_ptr<BlobReader> reader, const BlobDigest& sha256, std::string_view media_type,
                     std::string_view file_name, HttpResponse& response) {
  response = HttpResponse{};
  const auto declared = parse_media_type(media_type);
  response.content_type = declared.value_or(unknown_media_type()).essence();
  response.headers = {{"Content-Disposition", attachment_disposition(file_name)},
                      {"ETag", "\"" + sha256.hex + "\""},
                      // Kept by whoever may read it, who must ask each time whether that is still so.
                      {"Cache-Control", "private, no-cache"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Content-Security-Policy", "default-src 'none'; sandbox"}};
  response.stream = blob_source(std::move(reader));
}

}  // namespace greffe
