// Uploads: files that arrive as a request's body, straight into the blob store.
//
// Two forms are understood. A body of any type but multipart/* is one file: its media type is
// Content-Type's, its name Content-Disposition's (`attachment; filename=…`), if given. A body of
// multipart/form-data holds files, the parts with a filename, and text fields, the others.
//
// A route that takes uploads plans them when the head is known (FrontOptions::plan_body) and
// keeps them in its handler:
//
//   BodyPlan plan(const HttpRequest& head) {
//     if (!is_upload_route(head)) return {};
//     if (auto who = access.admit(head); !who) return answer of who.error();   // before the body
//     return plan_upload(head, rules, store);
//   }
//   void handle(const HttpRequest& request, HttpResponse& response) {
//     const auto sink = upload_of(request);
//     … decide by sink->upload() whether it is wanted …
//     const auto kept = sink->keep();              // durable from here on
//     … append the event that names kept->files[i].blob …
//   }
//
// What is not kept leaves nothing behind.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "commands/files/media_type.h"
#include "http/front/request.h"
#include "http/problem.h"
#include "storage/blobs.h"

namespace greffe {

// What a route accepts. A raw body may be as long as the lesser of the first two.
struct UploadRules {
  std::uint64_t file_bytes_max = 2ULL * 1024 * 1024 * 1024;    // each file
  std::uint64_t upload_bytes_max = 2ULL * 1024 * 1024 * 1024;  // the body as it is sent, boundaries included
  std::size_t part_count_max = 20;                             // files and fields
  std::size_t field_bytes_max = 64 * 1024;                     // names and values of all fields together
  MediaTypeRules media_types;                                  // of files, not of fields
  bool refuse_mismatch = true;                                 // contents that contradict their type
};

struct UploadedFile {
  std::string field;                     // the form's field; empty for a raw body
  std::optional<std::string> file_name;  // clean (commands/files/file_name.h); absent if none was given
  std::string media_type;                // without parameters, e.g. "image/png"; declared, not proven
  BlobRef blob;
};

struct Upload {
  std::vector<UploadedFile> files;  // in the order of arrival
  NamedTexts fields;                // likewise; UTF-8
};

// Gathers one upload. The front writes to it; its handler then asks.
class UploadSink : public BodySink {
 public:
  // The file of a raw body.
  UploadSink(BlobStore& store, const UploadRules& rules, UploadedFile file, const MediaType& declared);
  // A form.
  UploadSink(BlobStore& store, const UploadRules& rules, const std::string& boundary);
  ~UploadSink() override;

  Result<void, HttpResponse> write(std::string_view bytes) override;
  Result<void, HttpResponse> end() override;

  // What came, digests included; not durable yet. Handlers only: the body must have ended.
  const Upload& upload() const;

  // Makes every file durable; the same Upload again. Handlers only, and once.
  Result<Upload, Problem> keep();

 private:
  class Gathering;
  std::unique_ptr<Gathering> gathering_;
};

// The plan for a request to a route that takes uploads: a sink, or a problem at once if the
// head already tells that the upload is refused. `store` must outlive the front.
BodyPlan plan_upload(const HttpRequest& head, const UploadRules& rules, BlobStore& store);

// The sink that plan_upload gave to the request; null if it gave none.
std::shared_ptr<UploadSink> upload_of(const HttpRequest& request);

}  // namespace greffe
