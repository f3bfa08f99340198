#include "http/upload/upload_code.h"

namespace greffe {

int status_of(UploadCode code) {
  switch (code) {
    case UploadCode::malformed_upload: return 400;
    case UploadCode::file_too_large:
    case UploadCode::fields_too_large:
    case UploadCode::too_many_parts: return 413;
    case UploadCode::media_type_refused:
    case UploadCode::media_type_mismatch: return 415;
    case UploadCode::storage_failed: return 503;
    case UploadCode::storage_full: return 507;
  }
  return 500;
}

Problem problem_of(UploadCode code, std::string detail) {
  Problem problem{status_of(code), std::string(name_of(code)), std::move(detail), {}, {}, {}};
  if (problem.status == 503) problem.headers.emplace_back("Retry-After", "1");
  return problem;
}

Problem problem_of(const BlobFailure& failure) {
  switch (failure.kind) {
    case BlobFailure::Kind::disk_full: return problem_of(UploadCode::storage_full, "There is no room for the file.");
    case BlobFailure::Kind::too_large:
      return problem_of(UploadCode::file_too_large, "The file is larger than allowed.");
    case BlobFailure::Kind::not_opened:
    case BlobFailure::Kind::io:
    case BlobFailure::Kind::absent:
    case BlobFailure::Kind::corrupt: break;
  }
  return problem_of(UploadCode::storage_failed, "The file could not be stored or read.");
}

}  // namespace greffe
