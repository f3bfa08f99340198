// The whole way of a document: a client, the front, the blob store, and back.
#include <catch2/catch.hpp>

#include <fstream>
#include <future>

#include "http/upload/download.h"
#include "http/upload/upload.h"
#include "http/upload/upload_code.h"
#include "tests/http_front_echo.h"
#include "tests/http_front_source.h"
#include "tests/http_upload_form.h"
#include "tests/temporary_directory.h"

namespace greffe {
namespace {

using test::bytes_from;
using test::code_of;
using test::eventually;
using test::file_part;
using test::form_end;
using test::get;
using test::text_part;
using test::WireClient;
using namespace std::chrono_literals;

constexpr std::size_t mebibyte = 1024 * 1024;

// Sanitizers keep several bytes for each of ours.
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr std::size_t overhead = 6;
#else
constexpr std::size_t overhead = 1;
#endif

// POST /documents keeps files and answers with what they are; GET /documents/<sha256> fetches.
struct Desk {
  explicit Desk(UploadRules upload_rules = {}, FrontOptions options = test::quick_options())
      : rules(std::move(upload_rules)), running(with_plan(std::move(options)), handler()) {}

  FrontOptions with_plan(FrontOptions options) {
    options.transfer_timeout_ms = 5'000;
    options.plan_body = [this](const HttpRequest& head) -> BodyPlan {
      if (head.path != "/documents") return {};
      if (head.header("Authorization")) return plan_upload(head, rules, *store);
      HttpResponse refusal;
      answer_problem(problem_of(RequestCode::unauthorised, "A token is needed."), refusal);
      return refusal;
    };
    return options;
  }

  Handler handler() {
    return [this](const HttpRequest& request, HttpResponse& response) {
      if (request.method == "GET") return fetch(request.path.substr(request.path.rfind('/') + 1), response);
      const auto sink = upload_of(request);
      if (!sink) return test::echo(request, response);
      if (request.header("Unwanted")) {
        response.status = 409;
        return;
      }
      const auto kept = sink->keep();
      if (!kept) return answer_problem(kept.error(), response);
      for (const auto& file : kept->files) {
        response.body += file.field + "|" + file.file_name.value_or("-") + "|" + file.media_type + "|" +
                         std::to_string(file.blob.size_bytes) + "|" + file.blob.sha256.hex + "\n";
      }
      for (const auto& [name, text] : kept->fields) response.body += name + "=" + text + "\n";
    };
  }

  void fetch(std::string_view hex, HttpResponse& response) const {
    const auto sha256 = parse_blob_digest(hex);
    auto reader = store->open(sha256.value_or(BlobDigest{}));
    if (!reader) return answer_problem(problem_of(RequestCode::unknown_route, "No such document."), response);
    answer_document(std::move(*reader), *sha256, "text/plain", "résumé.txt", response);
  }

  std::size_t file_count() const { return test::count_files(directory.path()); }

  TemporaryDirectory directory;
  std::unique_ptr<BlobStore> store = std::move(*BlobStore::open(directory.path() / "blobs"));
  UploadRules rules;
  test::Running running;
  std::uint16_t port = running.port;
};

std::string head(const std::string& headers) {
  return "POST /documents HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer t\r\n" + headers + "\r\n";
}

std::string post(const std::string& headers, const std::string& body) {
  return head(headers + "Content-Length: " + std::to_string(body.size()) + "\r\n") + body;
}

std::string digest_in(const std::string& answer) { return answer.substr(answer.find('\n') - 64, 64); }

std::size_t resident_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6)) * 1024;
  }
  return 0;
}

TEST_CASE("a document of 64 MiB goes up and down without being held in memory") {
  Desk desk;
  const auto before = resident_bytes();
  REQUIRE(before > 0);
  std::atomic<std::size_t> most = before;
  WireClient client(desk.port);
  client.send(head("Content-Type: text/plain\r\nContent-Length: " + std::to_string(64 * mebibyte) + "\r\n"));
  for (std::size_t i = 0; i < 64; ++i) {
    client.send(bytes_from(i * mebibyte, mebibyte));
    most = std::max<std::size_t>(most, resident_bytes());
  }
  const auto answer = client.read_answer(false, 30'000);
  REQUIRE(answer.status == 200);
  CHECK(answer.body.starts_with("|-|text/plain|67108864|"));
  const auto sha256 = digest_in(answer.body);
  CHECK(desk.store->verify({sha256})->size_bytes == 64 * mebibyte);
  // Read in ranges, so that the client does not hold it either.
  for (std::size_t i = 0; i < 64; i += 8) {
    const auto first = i * mebibyte;
    client.send(get("/documents/" + sha256,
                    "Range: bytes=" + std::to_string(first) + "-" + std::to_string(first + 8 * mebibyte - 1) + "\r\n"));
    const auto part = client.read_answer();
    REQUIRE(part.status == 206);
    REQUIRE((part.body == bytes_from(first, 8 * mebibyte)));
    most = std::max<std::size_t>(most, resident_bytes());
  }
  // The client's own buffers are three times 8 MiB.
  CHECK((most - before) / mebibyte < 40 * overhead);
}

TEST_CASE("equal documents are stored once") {
  Desk desk;
  const auto document = bytes_from(0, 300'000);
  std::vector<std::future<std::string>> clients;
  for (int c = 0; c < 4; ++c) {
    clients.push_back(std::async(std::launch::async, [&] {
      WireClient client(desk.port);
      std::string digests;
      for (int i = 0; i < 3; ++i) {
        client.send(post("Content-Type: a/b\r\n", document));
        digests = digest_in(client.read_answer().body);
      }
      return digests;
    }));
  }
  const auto first = clients.front().get();
  for (std::size_t i = 1; i < clients.size(); ++i) CHECK(clients[i].get() == first);
  CHECK(desk.file_count() == 1);
}

TEST_CASE("a form with two files and fields is kept whole") {
  Desk desk;
  WireClient client(desk.port);
  const auto large = bytes_from(7, 2'000'000);
  const auto body = text_part("title", "Prüfung") + file_part("files", "a.txt", "text/plain", "first") +
                    file_part("files", "b.bin", "", large) + text_part("note", "") + form_end;
  const std::string type = "Content-Type: multipart/form-data; boundary=b\r\n";
  client.send(post(type, body));
  const auto answer = client.read_answer();
  CHECK(answer.status == 200);
  CHECK(answer.body.starts_with("files|a.txt|text/plain|5|"));
  CHECK(answer.body.find("\nfiles|b.bin|application/octet-stream|2000000|") != std::string::npos);
  CHECK(answer.body.ends_with("\ntitle=Prüfung\nnote=\n"));
  CHECK(desk.file_count() == 2);
  client.send(get("/documents/" + digest_in(answer.body.substr(answer.body.find('\n') + 1))));
  CHECK((client.read_answer().body == large));
}

TEST_CASE("an upload that breaks off, is refused or is not wanted leaves no file") {
  UploadRules rules;
  rules.file_bytes_max = 1'000'000;
  rules.media_types.refused = {"text/html"};
  auto options = test::quick_options();
  Desk desk(rules, options);
  const std::string form = "Content-Type: multipart/form-data; boundary=b\r\n";
  {
    WireClient gone(desk.port);
    gone.send(head("Content-Type: a/b\r\nContent-Length: 900000\r\n") + std::string(500'000, 'x'));
    CHECK(eventually([&] { return desk.file_count() == 1; }));
  }
  CHECK(eventually([&] { return desk.file_count() == 0; }));
  struct Row {
    std::string request, code;
  };
  for (const auto& row : std::vector<Row>{
           {post("Content-Type: a/b\r\n", std::string(1'000'001, 'x')), "body_too_large"},
           {post("Content-Type: text/html\r\n", "x"), "media_type_refused"},
           {post(form, file_part("f", "f", "", std::string(1'000'001, 'x')) + form_end), "file_too_large"},
           {post(form, file_part("f", "f", "", std::string(500'000, 'x')) + file_part("f", "f", "text/html", "x")),
            "media_type_refused"},
           {post(form, file_part("f", "f", "", std::string(500'000, 'x'))), "malformed_upload"}}) {
    CAPTURE(row.code);
    WireClient client(desk.port);
    client.send(row.request);
    CHECK(code_of(client.read_answer()) == row.code);
    CHECK(eventually([&] { return desk.file_count() == 0; }));
  }
  WireClient client(desk.port);
  client.send(post("Content-Type: a/b\r\nUnwanted: yes\r\n", std::string(900'000, 'x')));
  CHECK(client.read_answer().status == 409);
  CHECK(eventually([&] { return desk.file_count() == 0; }));
  // The connection goes on: that body was taken whole.
  client.send(post("Content-Type: a/b\r\n", "kept"));
  CHECK(client.read_answer().status == 200);
  CHECK(desk.file_count() == 1);
}

TEST_CASE("a stranger is refused before its body") {
  Desk desk;
  WireClient client(desk.port);
  client.send("POST /documents HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 900000\r\n\r\n");
  const auto answer = client.read_answer();
  CHECK(answer.status == 401);
  CHECK(code_of(answer) == "unauthorised");
  CHECK(desk.file_count() == 0);
}

TEST_CASE("a document is fetched as a file to be saved, in whole or in part") {
  Desk desk;
  WireClient client(desk.port);
  client.send(post("", "0123456789"));
  const auto sha256 = digest_in(client.read_answer().body);
  const auto path = "/documents/" + sha256;
  client.send(get(path));
  const auto whole = client.read_answer();
  CHECK(whole.body == "0123456789");
  CHECK(whole.header("Content-Type") == "text/plain");
  CHECK(whole.header("Content-Disposition") ==
        "attachment; filename=\"r_sum_.txt\"; filename*=UTF-8''r%C3%A9sum%C3%A9.txt");
  CHECK(whole.header("X-Content-Type-Options") == "nosniff");
  CHECK(whole.header("ETag") == "\"" + sha256 + "\"");
  CHECK(whole.header("Accept-Ranges") == "bytes");
  client.send(get(path, "Range: bytes=-3\r\nIf-Range: \"" + sha256 + "\"\r\n"));
  const auto part = client.read_answer();
  CHECK(part.status == 206);
  CHECK(part.body == "789");
  CHECK(part.header("Content-Range") == "bytes 7-9/10");
  client.send(get(path, "Range: bytes=10-\r\n"));
  const auto beyond = client.read_answer();
  CHECK(beyond.status == 416);
  CHECK(beyond.header("Content-Range") == "bytes */10");
  CHECK(code_of(beyond) == "range_not_satisfiable");
  client.send(get("/documents/" + std::string(64, '0')));
  CHECK(client.read_answer().status == 404);
}

TEST_CASE("a slow reader of a large document does not keep it in memory") {
  Desk desk;
  WireClient sender(desk.port);
  sender.send(head("Content-Length: " + std::to_string(32 * mebibyte) + "\r\n"));
  for (std::size_t i = 0; i < 32; ++i) sender.send(bytes_from(i * mebibyte, mebibyte));
  const auto path = "/documents/" + digest_in(sender.read_answer(false, 30'000).body);
  const auto before = resident_bytes();
  std::vector<std::unique_ptr<WireClient>> slow;
  for (int i = 0; i < 16; ++i) {
    slow.push_back(std::make_unique<WireClient>(desk.port, 4096));
    slow.back()->send(get(path));
  }
  REQUIRE(eventually([&] { return desk.running.front.stats().parked >= 16; }));
  // 16 times 32 MiB are on their way, and a piece of each is here.
  CHECK((resident_bytes() - std::min(resident_bytes(), before)) / mebibyte < 16 * overhead);
}

}  // namespace
}  // namespace greffe
