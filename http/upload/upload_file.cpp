#include "http/upload/upload_file.h"

#include <algorithm>

#include "http/upload/contents.h"
#include "http/upload/upload_code.h"

namespace greffe {

UploadFile::UploadFile(UploadedFile file, MediaType declared, const UploadRules& rules)
    : file_(std::move(file)),
      declared_(std::move(declared)),
      bytes_max_(rules.file_bytes_max),
      looks_at_content_(rules.refuse_mismatch) {
  file_.media_type = declared_.essence();
}

Result<void, Problem> UploadFile::open(BlobStore& store) {
  if (writer_) return {};
  auto writer = store.write(bytes_max_);
  if (!writer) return fail(problem_of(writer.error()));
  writer_ = std::move(*writer);
  return {};
}

Result<void, Problem> UploadFile::write(BlobStore& store, std::string_view bytes) {
  if (auto opened = open(store); !opened) return opened;
  if (looks_at_content_) {
    first_bytes_ += bytes.substr(0, sniffed_bytes_max - first_bytes_.size());
    if (first_bytes_.size() == sniffed_bytes_max) {
      if (auto looked = look_at_beginning(); !looked) return looked;
    }
  }
  if (const auto written = writer_->append(bytes); !written) return fail(problem_of(written.error()));
  return {};
}

Result<void, Problem> UploadFile::look_at_beginning() {
  looks_at_content_ = false;
  return check_content(declared_, std::exchange(first_bytes_, {}));
}

Result<void, Problem> UploadFile::end(BlobStore& store) {
  if (auto opened = open(store); !opened) return opened;
  if (looks_at_content_) {
    if (auto looked = look_at_beginning(); !looked) return looked;
  }
  file_.blob = writer_->seal();
  return {};
}

Result<void, Problem> UploadFile::keep() {
  const auto kept = writer_->finish();
  if (!kept) return fail(problem_of(kept.error()));
  return {};
}

}  // namespace greffe
