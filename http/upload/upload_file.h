// One file of an upload on its way to the blob store.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "http/upload/upload.h"

namespace greffe {

class UploadFile {
 public:
  // `file` is what is known of it; its blob is filled in at the end.
  UploadFile(UploadedFile file, MediaType declared, const UploadRules& rules);

  // Opens the blob at the first bytes, so that a request which never sends any costs no file.
  Result<void, Problem> write(BlobStore& store, std::string_view bytes);
  Result<void, Problem> end(BlobStore& store);

  const UploadedFile& about() const { return file_; }
  const MediaType& declared() const { return declared_; }

  // Makes it durable. After end().
  Result<void, Problem> keep();

 private:
  Result<void, Problem> open(BlobStore& store);
  Result<void, Problem> look_at_beginning();

  UploadedFile file_;
  MediaType declared_;
  std::uint64_t bytes_max_;
  bool looks_at_content_;
  std::string first_bytes_;  // until they were looked at
  std::unique_ptr<BlobWriter> writer_;
};

}  // namespace greffe
