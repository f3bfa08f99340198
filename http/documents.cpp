#include "http/documents.h"

#include <array>

#include "http/upload/contents.h"
#include "http/upload/upload_code.h"

namespace greffe {
namespace {

// As an upload's: what is stored came under a name of its own.
Handled check_stored(const BlobReader& content, std::string_view media_type) {
  const auto declared = parse_media_type(media_type);
  std::array<char, sniffed_bytes_max> first_bytes;
  const auto count = content.read(0, first_bytes);
  if (!count) return fail(problem_of(count.error()));
  if (!declared) return {};  // refused by the command's own rules
  return check_content(*declared, {first_bytes.data(), *count});
}

}  // namespace

UploadRules upload_rules(const AttachmentsDefined& settings) {
  // What a form needs beside its one file: boundaries, part heads and text fields.
  constexpr std::uint64_t form_bytes = 1024 * 1024;
  UploadRules rules;
  rules.file_bytes_max = settings.size_bytes_max;
  rules.upload_bytes_max = settings.size_bytes_max + form_bytes;
  rules.media_types = {settings.media_types_allowed, settings.media_types_refused};
  return rules;
}

Result<BlobStore*, Problem> blobs_of(const Services& services) {
  if (services.blobs) return services.blobs;
  return fail(problem_of(UploadCode::storage_failed, "This server keeps no documents."));
}

Handled complete_document(const Call& call, AnyCommand& command, Faults& faults) {
  if (call.principal.person().kind == ActorKind::contact) return {};
  auto* ticket = std::get_if<TicketCommand>(&command);
  auto* attach = ticket ? std::get_if<AttachDocument>(ticket) : nullptr;
  const auto digest = attach ? parse_blob_digest(attach->sha256) : std::nullopt;
  if (!digest) return {};  // another command, or a digest that its table found fault with
  const auto blobs = blobs_of(call.services);
  if (!blobs) return fail(blobs.error());
  const auto reader = (*blobs)->open(*digest);
  if (!reader && reader.error().kind != BlobFailure::Kind::absent) return fail(problem_of(reader.error()));
  if (attach->media_type.empty()) attach->media_type = unknown_media_type().essence();
  if (reader) {
    attach->size_bytes = (*reader)->size_bytes();
    return check_stored(**reader, attach->media_type);
  }
  faults.add("sha256", FieldCode::not_found);
  return {};
}

}  // namespace greffe
