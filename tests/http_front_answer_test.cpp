#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <stdexcept>

#include "http/front/answer.h"
#include "http/front/refusal.h"

namespace greffe {
namespace {

using front::Answer;
using front::Answerer;
using front::Refusal;

Answer answer_of(const Handler& handler, HttpRequest request = {}, bool keep_alive = true, bool http_1_0 = false) {
  Answerer answerer(handler);
  Answer answer;
  answerer.run(request, keep_alive, http_1_0, answer);
  return answer;
}

bool has(const Answer& answer, std::string_view text) { return answer.bytes.find(text) != std::string::npos; }

TEST_CASE("an answer has the handler's headers, the front's own and no others") {
  const auto answer = answer_of([](const HttpRequest&, HttpResponse& response) {
    response.status = 201;
    response.headers = {{"ETag", "\"3\""}, {"Set-Cookie", "a=b"}, {"Set-Cookie", "c=d"}, {"Content-Length", "9"}};
    response.body = "{}";
  });
  CHECK(answer.bytes.starts_with("HTTP/1.1 201 Created\r\n"));
  CHECK(answer.bytes.ends_with("\r\n\r\n{}"));
  for (const auto* line : {"ETag: \"3\"\r\n", "Set-Cookie: a=b\r\n", "Set-Cookie: c=d\r\n", "Content-Length: 2\r\n",
                           "Content-Type: application/json\r\n", "Date: "}) {
    CAPTURE(line);
    CHECK(has(answer, line));
  }
  CHECK(std::count(answer.bytes.begin(), answer.bytes.end(), '\n') == 8);
}

TEST_CASE("a shared body is sent from where it is") {
  const auto kept = std::make_shared<const std::string>(100'000, 'x');
  const Handler handler = [&](const HttpRequest&, HttpResponse& response) { response.shared_body = kept; };
  const auto answer = answer_of(handler);
  CHECK(answer.shared_body == kept);
  CHECK(has(answer, "Content-Length: 100000\r\n"));
  CHECK(answer.bytes.size() < 500);
}

TEST_CASE("an answer to HEAD has the length of the body and not the body") {
  HttpRequest head;
  head.head_only = true;
  const auto kept = std::make_shared<const std::string>("12345");
  for (const bool shared : {false, true}) {
    const auto answer = answer_of(
        [&](const HttpRequest&, HttpResponse& response) {
          if (shared) response.shared_body = kept;
          if (!shared) response.body = *kept;
        },
        head);
    CHECK(has(answer, "Content-Length: 5\r\n"));
    CHECK(answer.bytes.ends_with("\r\n\r\n"));
    CHECK(answer.shared_body == nullptr);
  }
}

TEST_CASE("204 and 304 carry neither body nor length") {
  for (const int status : {204, 304}) {
    const auto answer = answer_of([status](const HttpRequest&, HttpResponse& response) {
      response.status = status;
      response.body = "dropped";
    });
    CHECK_FALSE(has(answer, "Content-Length"));
    CHECK_FALSE(has(answer, "Content-Type"));
    CHECK(answer.bytes.ends_with("\r\n\r\n"));
  }
}

TEST_CASE("the answer says whether the connection stays") {
  const Handler nothing = [](const HttpRequest&, HttpResponse&) {};
  CHECK_FALSE(has(answer_of(nothing), "Connection:"));
  CHECK(has(answer_of(nothing, {}, false), "Connection: close\r\n"));
  CHECK(has(answer_of(nothing, {}, true, true), "Connection: keep-alive\r\n"));
  CHECK(has(answer_of(nothing), "Content-Length: 0\r\n"));
}

TEST_CASE("what a handler throws or cannot mean is a problem document") {
  const std::vector<Handler> handlers = {
      [](const HttpRequest&, HttpResponse& response) {
        response.body = "half";
        throw std::runtime_error("secret");
      },
      [](const HttpRequest&, HttpResponse&) { throw 7; },
      [](const HttpRequest&, HttpResponse& response) { response.status = 100; },
      [](const HttpRequest&, HttpResponse& response) {
        response.headers = {{"A", "b\r\nSet-Cookie: c"}};
      },
      [](const HttpRequest&, HttpResponse& response) {
        response.headers = {{"A\n", "b"}};
      },
      [](const HttpRequest&, HttpResponse& response) { response.content_type = "a\r\nb: c"; },
  };
  for (const auto& handler : handlers) {
    const auto answer = answer_of(handler);
    CHECK(answer.bytes.starts_with("HTTP/1.1 500 "));
    CHECK(has(answer, "Content-Type: application/problem+json\r\n"));
    const auto problem = nlohmann::json::parse(answer.bytes.substr(answer.bytes.find("\r\n\r\n")));
    CHECK(problem["type"] == "/problems/" + problem["code"].get<std::string>());
    CHECK(problem["title"] == "Internal Server Error");
    CHECK(problem["status"] == 500);
    CHECK(problem["code"] == "internal");
    CHECK_FALSE(has(answer, "secret"));
    CHECK_FALSE(has(answer, "Set-Cookie"));
  }
}

TEST_CASE("every refusal is a problem document with its name as code") {
  for (std::size_t i = 0; i < names_of(Refusal{}).size(); ++i) {
    const auto refusal = static_cast<Refusal>(i);
    const auto bytes = front::refusal_bytes(refusal);
    CAPTURE(bytes);
    const auto problem = nlohmann::json::parse(bytes.substr(bytes.find("\r\n\r\n")));
    CHECK(problem["code"] == std::string(name_of(refusal)));
    CHECK(problem["status"] == front::status_of(refusal));
    CHECK_FALSE(problem["detail"].get<std::string>().empty());
    CHECK(bytes.starts_with("HTTP/1.1 " + std::to_string(front::status_of(refusal)) + " "));
    CHECK(bytes.find("Connection: close\r\n") != std::string::npos);
  }
}

}  // namespace
}  // namespace greffe
