#include "http/upload/upload.h"

#include <algorithm>

#include "commands/field_rules.h"
#include "commands/files/file_name.h"
#include "events/check.h"
#include "http/headers.h"
#include "http/upload/disposition.h"
#include "http/upload/multipart.h"
#include "http/upload/upload_code.h"
#include "http/upload/upload_file.h"

namespace greffe {
namespace {

using Token = MultipartParser::Token;

auto refused(UploadCode code, std::string_view detail) { return fail(problem_of(code, std::string(detail))); }

auto refused_type(const MediaType& media_type) {
  return refused(UploadCode::media_type_refused, "Files of type " + media_type.essence() + " are not accepted.");
}

HttpResponse response_of(const Problem& problem) {
  HttpResponse response;
  answer_problem(problem, response);
  return response;
}

}  // namespace

// What both forms share, and the form's parser if it is one.
class UploadSink::Gathering {
 public:
  Gathering(BlobStore& store, UploadRules rules) : store_(store), rules_(std::move(rules)) {}

  void begin_raw(UploadedFile file, const MediaType& declared) {
    files_.emplace_back(std::move(file), declared, rules_);
    in_file_ = true;
  }
  void begin_form(const std::string& boundary) {
    parser_.emplace(boundary, MultipartLimits{.part_count_max = rules_.part_count_max});
  }

  Result<void, Problem> write(std::string_view bytes);
  Result<void, Problem> end();
  Result<Upload, Problem> keep();
  const Upload& upload() const {
    GREFFE_CHECK(ended_, "an upload was looked at before it was whole");
    return upload_;
  }

 private:
  Result<void, Problem> take(Token token);
  Result<void, Problem> begin_part(const PartHead& part);
  Result<void, Problem> end_part();
  Result<void, Problem> take_data(std::string_view bytes);
  Result<void, Problem> count_field_bytes(std::size_t size);

  BlobStore& store_;
  UploadRules rules_;
  std::optional<MultipartParser> parser_;
  std::vector<UploadFile> files_;
  bool in_file_ = false;  // else in a field
  // A file input that was left empty is sent as a part without name and bytes: no file.
  bool may_be_left_out_ = false;
  std::size_t field_bytes_ = 0;
  bool ended_ = false;
  Upload upload_;
};

Result<void, Problem> UploadSink::Gathering::write(std::string_view bytes) {
  if (!parser_) return files_.back().write(store_, bytes);
  for (auto token = parser_->next(bytes); token != Token::more; token = parser_->next(bytes)) {
    if (auto taken = take(token); !taken) return taken;
  }
  return {};
}

Result<void, Problem> UploadSink::Gathering::take(Token token) {
  switch (token) {
    case Token::part: return begin_part(parser_->part());
    case Token::data: return take_data(parser_->data());
    case Token::part_end: return end_part();
    case Token::too_many_parts:
      return refused(UploadCode::too_many_parts,
                     "A form may have " + std::to_string(rules_.part_count_max) + " parts at most.");
    case Token::malformed:
      return refused(UploadCode::malformed_upload, "The form is malformed: " + std::string(parser_->detail()) + ".");
    case Token::more: break;
  }
  return {};
}

Result<void, Problem> UploadSink::Gathering::begin_part(const PartHead& part) {
  in_file_ = part.file_name.has_value();
  if (!in_file_) {
    upload_.fields.emplace_back(part.name, "");
    return count_field_bytes(part.name.size());
  }
  may_be_left_out_ = part.file_name->empty();
  const auto declared = part.media_type.value_or(unknown_media_type());
  if (!may_be_left_out_ && !rules_.media_types.allow(declared)) return refused_type(declared);
  files_.emplace_back(UploadedFile{part.name, clean_file_name(*part.file_name), {}, {}}, declared, rules_);
  return {};
}

Result<void, Problem> UploadSink::Gathering::take_data(std::string_view bytes) {
  if (in_file_) {
    auto& file = files_.back();
    const auto& declared = file.declared();
    if (std::exchange(may_be_left_out_, false) && !rules_.media_types.allow(declared)) return refused_type(declared);
    return file.write(store_, bytes);
  }
  if (auto counted = count_field_bytes(bytes.size()); !counted) return counted;
  upload_.fields.back().second += bytes;
  return {};
}

Result<void, Problem> UploadSink::Gathering::count_field_bytes(std::size_t size) {
  field_bytes_ += size;
  if (field_bytes_ <= rules_.field_bytes_max) return {};
  return refused(UploadCode::fields_too_large, "The form's text fields are larger than allowed.");
}

Result<void, Problem> UploadSink::Gathering::end_part() {
  if (in_file_ && std::exchange(may_be_left_out_, false)) {
    files_.pop_back();
    return {};
  }
  if (in_file_) return files_.back().end(store_);
  if (is_utf8(upload_.fields.back().second)) return {};
  return refused(UploadCode::malformed_upload, "A text field is not UTF-8.");
}

Result<void, Problem> UploadSink::Gathering::end() {
  if (parser_ && !parser_->has_ended())
    return refused(UploadCode::malformed_upload, "The form's last boundary is missing.");
  if (!parser_) {
    if (auto ended = files_.back().end(store_); !ended) return ended;
  }
  for (const auto& file : files_) upload_.files.push_back(file.about());
  ended_ = true;
  return {};
}

Result<Upload, Problem> UploadSink::Gathering::keep() {
  GREFFE_CHECK(ended_, "an upload was kept before it was whole");
  for (auto& file : files_) {
    if (auto kept = file.keep(); !kept) return fail(kept.error());
  }
  return upload_;
}

UploadSink::UploadSink(BlobStore& store, const UploadRules& rules, UploadedFile file, const MediaType& declared)
    : gathering_(std::make_unique<Gathering>(store, rules)) {
  gathering_->begin_raw(std::move(file), declared);
}
UploadSink::UploadSink(BlobStore& store, const UploadRules& rules, const std::string& boundary)
    : gathering_(std::make_unique<Gathering>(store, rules)) {
  gathering_->begin_form(boundary);
}
UploadSink::~UploadSink() = default;

Result<void, HttpResponse> UploadSink::write(std::string_view bytes) {
  const auto written = gathering_->write(bytes);
  if (!written) return fail(response_of(written.error()));
  return {};
}

Result<void, HttpResponse> UploadSink::end() {
  const auto ended = gathering_->end();
  if (!ended) return fail(response_of(ended.error()));
  return {};
}

const Upload& UploadSink::upload() const { return gathering_->upload(); }

Result<Upload, Problem> UploadSink::keep() { return gathering_->keep(); }

namespace {

Result<SpoolRule, Problem> plan_form(const MediaType& media_type, const UploadRules& rules, BlobStore& store) {
  const auto boundary = multipart_boundary(media_type);
  if (media_type.subtype != "form-data") return refused_type(media_type);
  if (!boundary) return refused(UploadCode::malformed_upload, "The boundary of the form is missing or malformed.");
  return SpoolRule{std::make_shared<UploadSink>(store, rules, *boundary), rules.upload_bytes_max};
}

Result<SpoolRule, Problem> plan_file(const HttpRequest& head, const MediaType& media_type, const UploadRules& rules,
                                     BlobStore& store) {
  if (!rules.media_types.allow(media_type)) return refused_type(media_type);
  UploadedFile file;
  const auto header = single_header(head, "Content-Disposition");
  if (!header) return fail(header.error());
  if (*header) {
    const auto disposition = parse_content_disposition(**header);
    if (!disposition) return refused(UploadCode::malformed_upload, "Content-Disposition is malformed.");
    if (disposition->file_name) file.file_name = clean_file_name(*disposition->file_name);
  }
  const auto bytes_max = std::min(rules.file_bytes_max, rules.upload_bytes_max);
  return SpoolRule{std::make_shared<UploadSink>(store, rules, std::move(file), media_type), bytes_max};
}

Result<SpoolRule, Problem> plan(const HttpRequest& head, const UploadRules& rules, BlobStore& store) {
  const auto header = single_header(head, "Content-Type");
  if (!header) return fail(header.error());
  const auto media_type = *header ? parse_media_type(**header) : unknown_media_type();
  if (!media_type) return refused(UploadCode::malformed_upload, "Content-Type is malformed.");
  if (media_type->type == "multipart") return plan_form(*media_type, rules, store);
  return plan_file(head, *media_type, rules, store);
}

}  // namespace

BodyPlan plan_upload(const HttpRequest& head, const UploadRules& rules, BlobStore& store) {
  auto rule = plan(head, rules, store);
  if (!rule) return response_of(rule.error());
  return std::move(*rule);
}

std::shared_ptr<UploadSink> upload_of(const HttpRequest& request) {
  return std::dynamic_pointer_cast<UploadSink>(request.body_sink);
}

}  // namespace greffe
