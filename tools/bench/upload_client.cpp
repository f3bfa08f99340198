#include "tools/bench/upload_client.h"

#include <fmt/format.h>
#include <httplib.h>

#include "storage/sha256.h"
#include "tools/bench/samples.h"

namespace greffe::bench {
namespace {

constexpr time_t answer_seconds_max = 120;
constexpr std::string_view before =
    "--greffe-bench\r\nContent-Disposition: form-data; name=\"file\"; filename=\"large.bin\"\r\n"
    "Content-Type: application/octet-stream\r\n\r\n";
constexpr std::string_view after = "\r\n--greffe-bench--\r\n";

struct Body {
  std::string_view before, after;
  const char* type;
};

Body body_of(UploadForm form) {
  if (form == UploadForm::raw) return {"", "", "application/octet-stream"};
  return {before, after, "multipart/form-data; boundary=greffe-bench"};
}

httplib::Client client_to(std::uint16_t port, const std::string& token) {
  httplib::Client client("127.0.0.1", port);
  client.set_tcp_nodelay(true);
  client.set_read_timeout(answer_seconds_max);
  client.set_write_timeout(answer_seconds_max);
  client.set_default_headers({{"Authorization", "Bearer " + token}});
  return client;
}

// The piece of the body at an offset: the form's head, the file or the form's end.
std::string_view piece_at(const Body& body, MadeFile& file, std::uint64_t offset) {
  if (offset < body.before.size()) return body.before.substr(offset);
  offset -= body.before.size();
  if (offset < file.size_bytes()) return file.piece(offset);
  return body.after.substr(offset - file.size_bytes());
}

httplib::Result post(httplib::Client& client, const std::string& number, MadeFile& file, UploadForm form,
                     std::uint64_t stop_at) {
  const Body body = body_of(form);
  const auto target = "/v1/tickets/" + number + "/documents";
  const std::uint64_t size = body.before.size() + file.size_bytes() + body.after.size();
  return client.Post(
      target.c_str(), size,
      [&](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
        if (offset >= stop_at) return false;
        const auto piece = piece_at(body, file, offset);
        return sink.write(piece.data(), std::min(piece.size(), length));
      },
      body.type);
}

}  // namespace

Result<UploadClient::Sent, std::string> UploadClient::send(const std::string& number, MadeFile& file,
                                                           UploadForm form) const {
  auto client = client_to(port_, token_);
  const auto start = std::chrono::steady_clock::now();
  const auto result = post(client, number, file, form, UINT64_MAX);
  const double seconds = ms_since(start) / 1e3;
  if (!result) return fail("upload: " + httplib::to_string(result.error()));
  const auto answer = Json::parse(result->body, nullptr, false);
  if (result->status != 201 || answer["documents"].size() != 1) {
    return fail(fmt::format("upload: {} {}", result->status, result->body));
  }
  return Sent{answer["documents"][0], seconds};
}

void UploadClient::break_off(const std::string& number, MadeFile& file, UploadForm form) const {
  auto client = client_to(port_, token_);
  post(client, number, file, form, file.size_bytes() / 2);
}

Result<Kept, std::string> UploadClient::fetch(const std::string& url) const {
  auto client = client_to(port_, token_);
  Sha256 sha256;
  const auto start = std::chrono::steady_clock::now();
  const auto result = client.Get(url.c_str(), [&](const char* bytes, std::size_t size) {
    sha256.update({bytes, size});
    return true;
  });
  if (!result) return fail("download: " + httplib::to_string(result.error()));
  if (result->status != 200) return fail(fmt::format("download: status {}", result->status));
  auto digest = sha256.finish_hex();
  return Kept{ms_since(start) / 1e3, std::move(digest)};
}

}  // namespace greffe::bench
