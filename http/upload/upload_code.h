// Why an upload is refused, as the stable "code" of its problem document.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "events/names.h"
#include "http/problem.h"
#include "storage/blobs.h"

namespace greffe {

enum class UploadCode : std::uint8_t {
  malformed_upload,     // 400: a multipart body, a Content-Type or a Content-Disposition of another form
  file_too_large,       // 413: one file has more bytes than allowed
  fields_too_large,     // 413: the text fields of a form have more bytes between them than allowed
  too_many_parts,       // 413: a form of more parts than allowed
  media_type_refused,   // 415: files of this type are not accepted
  media_type_mismatch,  // 415: the file is a web page or a program and declared as something else
  storage_failed,       // 503: the disk failed
  storage_full,         // 507: the disk is full
};
constexpr std::array<std::string_view, 8> names_of(UploadCode) {
  return {"malformed_upload",   "file_too_large",      "fields_too_large", "too_many_parts",
          "media_type_refused", "media_type_mismatch", "storage_failed",   "storage_full"};
}

int status_of(UploadCode code);
Problem problem_of(UploadCode code, std::string detail);

// What the disk said is for the operator, not for callers. A blob that is absent or corrupt is
// storage_failed here: whoever asks for one it may not have answers that itself.
Problem problem_of(const BlobFailure& failure);

}  // namespace greffe
