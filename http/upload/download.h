// Documents on their way out: a blob as the body of an answer.
#pragma once

#include <memory>
#include <string_view>

#include "http/front/request.h"
#include "storage/blobs.h"

namespace greffe {

// The blob's bytes, read from the disk as the client takes them.
std::shared_ptr<BodySource> blob_source(std::unique_ptr<BlobReader> reader);

// Answers 200 with the blob, to be saved under the name (http/upload/disposition.h), never shown
// as a page of ours: what people upload must not run in the browser of whoever opens it. The
// ETag is the digest, and the front answers ranges by itself. `media_type` is one that an upload
// gave, which is not verified; it is left out for application/octet-stream if it is malformed.
void answer_document(std::unique_ptr<BlobReader> reader, const BlobDigest& sha256, std::string_view media_type,
                     std::string_view file_name, HttpResponse& response);

}  // namespace greffe
