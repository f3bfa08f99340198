// Uploads to the whole server that do not go well, and equal files: what is left on the disk
// and in the log.
#include <catch2/catch.hpp>

#include <sstream>

#include "tests/http_fixture.h"
#include "tests/http_front_echo.h"
#include "tests/http_upload_form.h"

using namespace greffe;
using namespace greffe::test;

namespace {

const std::string form_type = "multipart/form-data; boundary=b";

struct Desk : Server {
  std::string number = open_ticket();
  std::string target = "/v1/tickets/" + number + "/documents";

  std::size_t files() const { return count_files(directory.path() / "blobs"); }

  // The head of an upload; `length` as it stands behind Content-Length, or chunked without it.
  std::string head(const std::string& type, std::optional<std::size_t> length) const {
    return "POST " + target + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + administrator_token +
           "\r\nContent-Type: " + type + "\r\n" +
           (length ? "Content-Length: " + std::to_string(*length) : "Transfer-Encoding: chunked") + "\r\n\r\n";
  }
  Reply upload(const std::string& bytes, const std::string& type = "text/plain", Headers headers = {}) const {
    return send("POST", target, bytes, std::move(headers), type);
  }
};

std::string chunk(const std::string& bytes) {
  std::ostringstream out;
  out << std::hex << bytes.size() << "\r\n" << bytes << "\r\n";
  return out.str();
}

}  // namespace

TEST_CASE("an upload that breaks off in the middle leaves no file and no event") {
  Desk desk;
  const auto tail = desk.log->tail();
  const std::string half(500'000, 'x');
  struct Row {
    std::string name, head, bytes;
  };
  for (const auto& row : std::vector<Row>{{"raw", desk.head("text/plain", 1'000'000), half},
                                          {"chunked", desk.head("text/plain", std::nullopt), chunk(half)},
                                          {"form", desk.head(form_type, 1'000'000),
                                           file_part("file", "a.txt", "text/plain", "whole") +
                                               file_part("file", "b.txt", "text/plain", half).substr(0, 400'000)}}) {
    INFO(row.name);
    {
      const WireClient gone(desk.port);
      gone.send(row.head + row.bytes);
      // It has begun to arrive: the disk holds what there is of it.
      CHECK(eventually([&] { return desk.files() > 0; }));
    }
    CHECK(eventually([&] { return desk.files() == 0; }));
  }
  CHECK(desk.log->tail() == tail);
  CHECK(desk.get_now("/v1/tickets/" + desk.number).body["documents"].empty());
}

TEST_CASE("two equal files are stored once, whoever sends them and how, and each ticket has its own document") {
  Desk desk;
  const std::string bytes(300'000, 'e');
  const auto other = desk.open_ticket();
  REQUIRE(desk.upload(bytes).status == 201);
  REQUIRE(desk.upload(bytes).status == 201);
  REQUIRE(desk.upload(file_part("file", "a.txt", "text/plain", bytes) +
                          file_part("file", "b.txt", "text/plain", bytes) + form_end,
                      form_type)
              .status == 201);
  REQUIRE(desk.send("POST", "/v1/tickets/" + other + "/documents", bytes, {}, "text/plain").status == 201);
  CHECK(desk.files() == 1);
  const auto shown = desk.get_now("/v1/tickets/" + desk.number).body["documents"];
  REQUIRE(shown.size() == 4);
  for (const auto& document : shown) CHECK(document["sha256"] == shown[0]["sha256"]);
  CHECK(desk.get(shown[3]["url"]).text == bytes);
  CHECK(desk.get_now("/v1/tickets/" + other + "/documents/1").text == bytes);
  // One document less is not one file less: the others name it too.
  desk.change(desk.number, "remove-document", {{"document", 1}});
  CHECK(desk.get_now("/v1/tickets/" + other + "/documents/1").text == bytes);
}

TEST_CASE("a file that grows too large is refused while it comes, and leaves nothing") {
  Desk desk;
  desk.set("attachments", {{"size_bytes_max", 100'000}});
  const auto tail = desk.log->tail();
  const std::string too_much(150'000, 'x');
  struct Row {
    std::string name, request, code;
  };
  // None of them is sent to its end: whoever waited for that would not answer.
  for (const auto& row : std::vector<Row>{
           {"chunked", desk.head("text/plain", std::nullopt) + chunk(too_much), "body_too_large"},
           {"a form's part", desk.head(form_type, 160'000) + file_part("file", "a", "text/plain", too_much),
            "file_too_large"},
           {"a form's second part",
            desk.head(form_type, 260'000) + file_part("file", "a", "text/plain", std::string(90'000, 'y')) +
                file_part("file", "b", "text/plain", too_much),
            "file_too_large"},
           {"said beforehand", desk.head("text/plain", 150'000), "body_too_large"}}) {
    INFO(row.name);
    WireClient client(desk.port);
    client.send(row.request);
    const auto answer = client.read_answer();
    CHECK(answer.status == 413);
    CHECK(code_of(answer) == row.code);
    CHECK(eventually([&] { return desk.files() == 0; }));
  }
  CHECK(desk.log->tail() == tail);
  CHECK(desk.upload(std::string(100'000, 'x')).status == 201);
}

TEST_CASE("a file of a type that is not accepted is refused before it has come, whatever came before it") {
  Desk desk;
  desk.set("attachments",
           {{"media_types_allowed", {"text/plain", "image/*"}}, {"media_types_refused", {"image/tiff"}}});
  const auto tail = desk.log->tail();
  struct Row {
    std::string type, body, code;
  };
  const auto good = file_part("file", "a.txt", "text/plain", "good");
  for (const auto& row :
       std::vector<Row>{{"application/zip", "", "media_type_refused"},
                        {"image/tiff", "", "media_type_refused"},
                        {form_type, good + file_part("file", "b.zip", "application/zip", "PK"), "media_type_refused"},
                        {form_type, good + file_part("file", "b.tiff", "image/tiff", "II*"), "media_type_refused"},
                        {form_type, good + file_part("file", "b.png", "image/png", "<!doctype html>") + good,
                         "media_type_mismatch"}}) {
    INFO(row.type << " " << row.body);
    WireClient client(desk.port);
    // More than one piece of what the server reads at a time, and not all of what was announced.
    client.send(desk.head(row.type, 1'000'000) + row.body + std::string(200'000, 'z'));
    const auto answer = client.read_answer();
    CHECK(answer.status == 415);
    CHECK(code_of(answer) == row.code);
    CHECK(eventually([&] { return desk.files() == 0; }));
  }
  CHECK(desk.log->tail() == tail);
  CHECK(desk.upload("\x89PNG\r\n\x1a\n", "image/png").status == 201);
}
