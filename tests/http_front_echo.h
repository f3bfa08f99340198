// A running front for tests, whose handler answers with what it was asked.
#pragma once

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <functional>
#include <stdexcept>
#include <thread>

#include "http/front/front.h"
#include "tests/http_front_client.h"

namespace greffe::test {

// Few workers and short deadlines, so that both are soon used up.
inline FrontOptions quick_options() {
  FrontOptions options;
  options.worker_count = 4;
  options.head_timeout_ms = 300;
  options.body_timeout_ms = 300;
  options.write_timeout_ms = 300;
  options.idle_timeout_ms = 20'000;
  options.stop_timeout_ms = 2'000;
  return options;
}

// Answers with what it was asked; "/large?bytes=n" with n bytes, "/wait?ms=n" after a while.
inline void echo(const HttpRequest& request, HttpResponse& response) {
  if (request.path == "/throw") throw std::runtime_error("boom");
  if (request.path == "/wait") {
    std::this_thread::sleep_for(std::chrono::milliseconds(std::stoi(std::string(*request.parameter("ms")))));
  }
  response.content_type = "text/plain";
  response.body = request.method + " " + request.path + " " + request.remote_address + " " + request.body;
  if (request.path == "/large") {
    response.body.assign(std::stoul(std::string(*request.parameter("bytes"))), 'x');
  }
  if (request.path == "/shared") response.shared_body = std::make_shared<const std::string>(3'000'000, 's');
}

struct Running {
  explicit Running(FrontOptions options = quick_options(), Handler handler = echo)
      : front(std::move(options), std::move(handler)) {
    const auto started = front.start();
    REQUIRE(started);
    port = *started;
  }
  Front front;
  std::uint16_t port = 0;
};

inline std::string code_of(const WireAnswer& answer) {
  if (answer.header("Content-Type") != "application/problem+json") return "";
  const auto problem = nlohmann::json::parse(answer.body);
  return problem.at("status") == answer.status ? problem.at("code").get<std::string>() : "";
}

inline bool eventually(const std::function<bool()>& condition) {
  for (int i = 0; i < 500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace greffe::test
