// Uploads into a blob store, with no socket in sight.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "http/upload/upload.h"
#include "tests/http_upload_form.h"
#include "tests/temporary_directory.h"

namespace greffe {
namespace {

using test::file_part;
using test::form_end;
using test::text_part;
namespace fs = std::filesystem;

struct Desk {
  TemporaryDirectory directory;
  std::unique_ptr<BlobStore> store = std::move(*BlobStore::open(directory.path() / "blobs"));
  UploadRules rules;

  // Unfinished ones included.
  std::size_t file_count() const { return test::count_files(directory.path()); }

  std::string content(const BlobRef& ref) const {
    const auto reader = store->open(ref.sha256);
    REQUIRE(reader);
    std::string bytes(ref.size_bytes, '\0');
    REQUIRE((*reader)->read(0, bytes) == bytes.size());
    return bytes;
  }
};

HttpRequest head_of(const NamedTexts& headers) {
  HttpRequest head;
  head.method = "POST";
  head.headers = headers;
  return head;
}

std::string code_of(const HttpResponse& response) {
  const auto problem = nlohmann::json::parse(response.body);
  CHECK(problem.at("status") == response.status);
  return problem.at("code").get<std::string>() + " " + std::to_string(response.status);
}

// Sends the body in pieces; the problem's code and status, or "" if the upload is whole.
std::string send(Desk& desk, const NamedTexts& headers, std::string_view body, std::shared_ptr<UploadSink>& sink,
                 std::size_t piece_size = 1000) {
  auto head = head_of(headers);
  auto plan = plan_upload(head, desk.rules, *desk.store);
  if (const auto* refusal = std::get_if<HttpResponse>(&plan)) return code_of(*refusal);
  head.body_sink = std::get<SpoolRule>(plan).sink;
  sink = upload_of(head);
  REQUIRE(sink);
  for (; !body.empty(); body.remove_prefix(std::min(piece_size, body.size()))) {
    if (auto written = sink->write(body.substr(0, piece_size)); !written) return code_of(written.error());
  }
  if (auto ended = sink->end(); !ended) return code_of(ended.error());
  return "";
}

std::string refusal(Desk& desk, const NamedTexts& headers, std::string_view body) {
  std::shared_ptr<UploadSink> sink;
  const auto code = send(desk, headers, body, sink);
  sink.reset();
  CHECK(desk.file_count() == 0);
  return code;
}

Upload kept(Desk& desk, const NamedTexts& headers, std::string_view body, std::size_t piece_size = 1000) {
  std::shared_ptr<UploadSink> sink;
  REQUIRE(send(desk, headers, body, sink, piece_size) == "");
  const auto result = sink->keep();
  REQUIRE(result);
  return *result;
}

const NamedTexts form_headers = {{"Content-Type", "multipart/form-data; boundary=b"}};

TEST_CASE("a raw body is one file") {
  Desk desk;
  const auto upload =
      kept(desk,
           {{"Content-Type", "Image/PNG; x=y"},
            {"Content-Disposition", "attachment; filename=\"x\"; filename*=UTF-8''dir%2Fna%C3%AFve.png"}},
           "\x89PNG");
  REQUIRE(upload.files.size() == 1);
  CHECK(upload.files[0].field.empty());
  CHECK(upload.files[0].file_name == "naïve.png");
  CHECK(upload.files[0].media_type == "image/png");
  CHECK(desk.content(upload.files[0].blob) == "\x89PNG");
  CHECK(upload.fields.empty());
}

TEST_CASE("a raw body that nothing describes has no name and an unknown type, and may be empty") {
  Desk desk;
  const auto upload = kept(desk, {}, "");
  REQUIRE(upload.files.size() == 1);
  CHECK(upload.files[0].file_name == std::nullopt);
  CHECK(upload.files[0].media_type == "application/octet-stream");
  CHECK(upload.files[0].blob.size_bytes == 0);
  CHECK(desk.content(upload.files[0].blob).empty());
}

TEST_CASE("a form holds files and fields, in order, however it is cut") {
  const std::string large(100'000, 'L');
  const auto body = text_part("note", "é") + file_part("a", "a.txt", "text/plain", "same") +
                    file_part("b", "../b.bin", "", large) + text_part("note", "2") +
                    file_part("c", "c.txt", "text/plain", "same") + form_end;
  for (const std::size_t piece_size : {1U, 7U, 1000U, 10'000'000U}) {
    CAPTURE(piece_size);
    Desk desk;
    const auto upload = kept(desk, form_headers, body, piece_size);
    REQUIRE(upload.files.size() == 3);
    CHECK(upload.files[0].field == "a");
    CHECK(upload.files[0].media_type == "text/plain");
    CHECK(upload.files[1].file_name == "b.bin");
    CHECK(upload.files[1].media_type == "application/octet-stream");
    CHECK(desk.content(upload.files[1].blob) == large);
    CHECK(upload.files[2].blob == upload.files[0].blob);
    CHECK(upload.fields == NamedTexts{{"note", "é"}, {"note", "2"}});
    CHECK(desk.file_count() == 2);
  }
}

TEST_CASE("what came is known before it is kept, and gone if it is not") {
  Desk desk;
  std::shared_ptr<UploadSink> sink;
  REQUIRE(send(desk, form_headers, file_part("a", "a.txt", "", "abc") + file_part("b", "b", "", "") + form_end, sink) ==
          "");
  REQUIRE(sink->upload().files.size() == 2);
  CHECK(sink->upload().files[0].blob.sha256.hex.starts_with("ba7816bf"));
  CHECK(sink->upload().files[0].blob.size_bytes == 3);
  CHECK_FALSE(*desk.store->exists(sink->upload().files[0].blob.sha256));
  sink.reset();
  CHECK(desk.file_count() == 0);
}

TEST_CASE("a file input that was left empty is no file") {
  Desk desk;
  desk.rules.media_types.allowed = {"image/*"};
  const auto upload =
      kept(desk, form_headers,
           file_part("none", "", "application/octet-stream", "") + file_part("unnamed", "", "image/png", "x") +
               file_part("empty", "e.png", "image/png", "") + form_end);
  REQUIRE(upload.files.size() == 2);
  CHECK(upload.files[0].field == "unnamed");
  CHECK(upload.files[0].file_name == std::nullopt);
  CHECK(upload.files[1].field == "empty");
}

TEST_CASE("an upload is refused for what its head says") {
  Desk desk;
  desk.rules.media_types.refused = {"text/html"};
  struct Row {
    NamedTexts headers;
    std::string code;
  };
  for (const auto& row : std::vector<Row>{
           {{{"Content-Type", "text/html"}}, "media_type_refused 415"},
           {{{"Content-Type", "multipart/mixed; boundary=b"}}, "media_type_refused 415"},
           {{{"Content-Type", "multipart/form-data"}}, "malformed_upload 400"},
           {{{"Content-Type", "nonsense"}}, "malformed_upload 400"},
           {{{"Content-Type", "a/b"}, {"Content-Type", "a/b"}}, "malformed_header 400"},
           {{{"Content-Disposition", "attachment; filename*=x"}}, "malformed_upload 400"},
           {{{"Content-Disposition", "a"}, {"content-disposition", "a"}}, "malformed_header 400"},
       }) {
    CAPTURE(row.code, row.headers.front().second);
    const auto plan = plan_upload(head_of(row.headers), desk.rules, *desk.store);
    REQUIRE(std::holds_alternative<HttpResponse>(plan));
    CHECK(code_of(std::get<HttpResponse>(plan)) == row.code);
  }
}

TEST_CASE("an upload is refused for what its body holds, and leaves nothing") {
  Desk desk;
  desk.rules.file_bytes_max = 5000;
  desk.rules.part_count_max = 3;
  desk.rules.field_bytes_max = 100;
  desk.rules.media_types.refused = {"text/html"};
  const auto file = file_part("f", "f.bin", "", "bytes");
  const auto text = text_part("t", "text");
  struct Row {
    std::string body, code;
  };
  for (const auto& row : std::vector<Row>{
           {file + text + file + form_end, ""},
           {file + text + file + text + form_end, "too_many_parts 413"},
           {file + file_part("f", "f", "", std::string(5001, 'x')) + form_end, "file_too_large 413"},
           {file + file_part("f", "f", "text/html", "x") + form_end, "media_type_refused 415"},
           {file + file_part("f", "", "text/html", "x") + form_end, "media_type_refused 415"},
           {file + file_part("f", "f", "image/png", "<html>") + form_end, "media_type_mismatch 415"},
           {file + file_part("f", "f", "image/png", "<html>" + std::string(2000, 'x')) + form_end,
            "media_type_mismatch 415"},
           {file + text_part("t", std::string(100, 'x')) + form_end, "fields_too_large 413"},
           {file + text_part(std::string(101, 'n'), "") + form_end, "fields_too_large 413"},
           {file + text_part("t", "\xFF") + form_end, "malformed_upload 400"},
           {file + text, "malformed_upload 400"},
           {file + "--b\r\nno colon\r\n\r\n", "malformed_upload 400"},
           {"", "malformed_upload 400"},
       }) {
    CAPTURE(row.body.substr(0, 300));
    CHECK(refusal(desk, form_headers, row.body) == row.code);
  }
  CHECK(refusal(desk, {{"Content-Type", "image/png"}}, "<html>") == "media_type_mismatch 415");
  desk.rules.refuse_mismatch = false;
  CHECK(refusal(desk, {{"Content-Type", "image/png"}}, "<html>") == "");
}

TEST_CASE("a raw body may be as long as a file and as an upload, whichever is less") {
  Desk desk;
  desk.rules.file_bytes_max = 100;
  CHECK(std::get<SpoolRule>(plan_upload(head_of({}), desk.rules, *desk.store)).body_bytes_max == 100);
  desk.rules.upload_bytes_max = 50;
  CHECK(std::get<SpoolRule>(plan_upload(head_of({}), desk.rules, *desk.store)).body_bytes_max == 50);
  CHECK(std::get<SpoolRule>(plan_upload(head_of(form_headers), desk.rules, *desk.store)).body_bytes_max == 50);
}

TEST_CASE("no file is made before there are bytes for it") {
  Desk desk;
  const auto raw = plan_upload(head_of({}), desk.rules, *desk.store);
  const auto form = plan_upload(head_of(form_headers), desk.rules, *desk.store);
  CHECK(desk.file_count() == 0);
}

TEST_CASE("other sinks and none are no uploads") {
  HttpRequest request;
  CHECK(upload_of(request) == nullptr);
  struct Other : BodySink {
    Result<void, HttpResponse> write(std::string_view) override { return {}; }
    Result<void, HttpResponse> end() override { return {}; }
  };
  request.body_sink = std::make_shared<Other>();
  CHECK(upload_of(request) == nullptr);
}

}  // namespace
}  // namespace greffe
