#include "tools/bench/caller.h"

#include <fmt/format.h>
#include <httplib.h>

#include <charconv>

#include "tools/bench/samples.h"

namespace greffe::bench {
namespace {

constexpr auto json_type = "application/json";
constexpr time_t answer_seconds_max = 60;

template <class Send>
Caller::Answered timed(const char* method, const std::string& target, Send send) {
  const auto start = std::chrono::steady_clock::now();
  auto result = send();
  const double ms = ms_since(start);
  if (!result) return fail(fmt::format("{} {}: {}", method, target, httplib::to_string(result.error())));
  if (result->status < 200 || result->status > 299) {
    return fail(fmt::format("{} {}: {} {}", method, target, result->status, result->body));
  }
  return Caller::Answer{std::move(result->body), ms};
}

}  // namespace

struct Caller::Connection {
  explicit Connection(std::uint16_t port) : client("127.0.0.1", port) {}
  httplib::Client client;
};

Caller::Caller(std::uint16_t port, std::string token) : connection_(std::make_unique<Connection>(port)) {
  auto& client = connection_->client;
  client.set_keep_alive(true);
  client.set_tcp_nodelay(true);
  client.set_read_timeout(answer_seconds_max);
  client.set_default_headers({{"Authorization", "Bearer " + std::move(token)}});
}
Caller::~Caller() = default;
Caller::Caller(Caller&&) noexcept = default;

Caller::Answered Caller::get(const std::string& target, const std::string& act_as) {
  httplib::Headers headers;
  if (!act_as.empty()) headers.emplace("Greffe-Act-As", act_as);
  return timed("GET", target, [&] { return connection_->client.Get(target.c_str(), headers); });
}

Caller::Answered Caller::post(const std::string& target, const std::string& body) {
  return timed("POST", target, [&] { return connection_->client.Post(target.c_str(), body, json_type); });
}

Caller::Answered Caller::put(const std::string& target, const std::string& body) {
  return timed("PUT", target, [&] { return connection_->client.Put(target.c_str(), body, json_type); });
}

Result<Json, std::string> Caller::get_json(const std::string& target) {
  auto answer = get(target);
  if (!answer) return fail(answer.error());
  auto json = Json::parse(answer->body, nullptr, false);
  if (json.is_discarded()) return fail(fmt::format("GET {}: the answer is no JSON", target));
  return json;
}

std::uint64_t position_in(const Json& answer) {
  std::uint64_t position = 0;
  const auto found = answer.find("position");
  if (found == answer.end() || !found->is_string()) return 0;
  const auto& text = found->get_ref<const std::string&>();
  std::from_chars(text.data(), text.data() + text.size(), position);
  return position;
}

}  // namespace greffe::bench
