// A whole server for contract tests: RocksDB log, writer, views, API and front in a directory
// of its own, with a clock that stands still until a test moves it.
#pragma once

#include <httplib.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "commands/settings/settings.h"
#include "events/json.h"
#include "http/api.h"
#include "http/front/front.h"
#include "projections/search/search.h"
#include "storage/blobs.h"
#include "storage/rocksdb_log.h"
#include "tests/temporary_directory.h"

namespace greffe::test {

inline constexpr auto administrator_token = "the-administrator's-token";
// Events in the log of a new server: the settings.
inline constexpr std::uint16_t default_areas = std::variant_size_v<SettingsEvent>;

class ManualClock final : public Clock {
 public:
  Instant now() const override { return Instant(std::chrono::microseconds(us_.load())); }
  void advance(Milliseconds by) { us_ += std::chrono::microseconds(by).count(); }

 private:
  std::atomic<std::int64_t> us_ = parse_rfc3339("2025-02-28T10:00:00Z")->time_since_epoch().count();
};

// What came back; `body` is discarded if it is not JSON.
struct Reply {
  int status = 0;
  httplib::Headers headers;
  std::string text;
  Json body;

  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
  }
  std::string code() const { return body.is_object() && body.contains("code") ? body["code"] : Json(""); }
  // "title required, kind not_one_of", sorted by field.
  std::string faults() const {
    std::vector<std::string> texts;
    for (const auto& fault : body.value("errors", Json::array())) {
      texts.push_back(fault["field"].get<std::string>() + " " + fault["code"].get<std::string>());
    }
    std::sort(texts.begin(), texts.end());
    std::string joined;
    for (const auto& one : texts) joined += (joined.empty() ? "" : ", ") + one;
    return joined;
  }
};

using Headers = httplib::Headers;

inline Headers acting_as(const std::string& person) { return {{"Greffe-Act-As", person}}; }

inline void lay_down_default_settings(Writer& writer, const Log&) {
  const auto settings = default_settings();
  for_each_area([&](SettingsArea area, auto) {
    CommandRequest request;
    request.command = ReplaceSettings{area_event(settings, area)};
    if (!writer.submit(std::move(request))) throw std::runtime_error("default settings refused");
  });
}

class Server {
 public:
  // Puts the first events into an empty log; throws if it cannot.
  using LayDown = std::function<void(Writer&, const Log&)>;

  explicit Server(ApiHooks hooks = {}, Views::Options views_options = {})
      : Server(lay_down_default_settings, std::move(hooks), std::move(views_options)) {}

  explicit Server(const LayDown& lay_down, ApiHooks hooks = {}, Views::Options views_options = {}) {
    log = must(open_rocksdb_log(directory.path()));
    writer = must(Writer::start(*log, clock, {}, [](const LogFailure&) {}));
    lay_down(*writer, *log);
    views = must(Views::open(directory.path(), *log, views_options, [](const ViewFailure&) {}));
    search = must(SearchIndex::open(directory.path(), *log, {}, [](const ViewFailure&) {}));
    if (hooks.search == nullptr) hooks.search = search.get();
    blobs = must(BlobStore::open(directory.path() / "blobs"));
    hooks.blobs = blobs.get();
    api = std::make_unique<Api>(*writer, *views, *log, clock, AccessPolicy(std::string_view(administrator_token)),
                                std::move(hooks));
    FrontOptions front_options;
    front_options.worker_count = 16;
    front_options.plan_body = [this](const HttpRequest& head) { return api->plan_body(head); };
    front = std::make_unique<Front>(
        front_options, [this](const HttpRequest& request, HttpResponse& response) { api->handle(request, response); });
    port = must(front->start());
  }

  ~Server() {
    front->stop();
    writer->stop();
    log->stop_waiting();
    search->stop();
    views->stop();
  }

  Reply get(const std::string& target, Headers headers = {}) const {
    return reply(client().Get(target.c_str(), with_token(std::move(headers))));
  }
  Reply post(const std::string& target, const Json& body = Json::object(), Headers headers = {}) const {
    return send("POST", target, body.dump(), std::move(headers));
  }
  Reply put(const std::string& target, const Json& body, Headers headers = {}) const {
    return send("PUT", target, body.dump(), std::move(headers));
  }
  // The body as it stands, JSON or not.
  Reply send(const std::string& method, const std::string& target, const std::string& body, Headers headers = {},
             const std::string& content_type = "application/json") const {
    auto all = with_token(std::move(headers));
    auto sender = client();
    const auto* type = content_type.c_str();
    if (method == "PUT") return reply(sender.Put(target.c_str(), all, body, type));
    if (method == "PATCH") return reply(sender.Patch(target.c_str(), all, body, type));
    if (method == "DELETE") return reply(sender.Delete(target.c_str(), all, body, type));
    return reply(sender.Post(target.c_str(), all, body, type));
  }
  // Without a token.
  Reply get_as_stranger(const std::string& target) const { return reply(client().Get(target.c_str())); }

  // A query that sees everything acknowledged so far.
  Reply get_now(const std::string& target, Headers headers = {}) const {
    const auto mark = target.find('?') == std::string::npos ? "?" : "&";
    return get(target + mark + "min_position=" + std::to_string(log->tail().value), std::move(headers));
  }

  std::string create(const std::string& plural, const Json& body) const {
    const auto made = post("/v1/" + plural, body);
    if (made.status != 201) throw std::runtime_error("not created: " + made.text);
    return made.body["id"];
  }
  std::string create_agent(const std::string& name, bool assignable = true) const {
    return create("agents", {{"display_name", name}, {"assignable", assignable}});
  }
  std::string open_ticket(Json body = {{"title", "Printer on fire"}}) const {
    const auto opened = post("/v1/tickets", body);
    if (opened.status != 201) throw std::runtime_error("not opened: " + opened.text);
    return opened.body["number"];
  }

  // Changes members of a settings area.
  void set(const std::string& area, const Json& members) const {
    auto whole = get("/v1/settings/" + area).body;
    for (const auto* answer_only : {"version", "position", "age_ms"}) whole.erase(answer_only);
    whole.update(members);
    const auto put_back = put("/v1/settings/" + area, whole);
    if (put_back.status != 200) throw std::runtime_error("not set: " + put_back.text);
  }
  Reply command(const std::string& number, const std::string& name, const Json& body = Json::object(),
                Headers headers = {}) const {
    return post("/v1/tickets/" + number + "/" + name, body, std::move(headers));
  }
  // A command that must be accepted.
  Reply change(const std::string& number, const std::string& name, const Json& body = Json::object(),
               Headers headers = {}) const {
    auto changed = command(number, name, body, std::move(headers));
    if (changed.status >= 300) throw std::runtime_error(name + " refused: " + changed.text);
    return changed;
  }
  // The ticket as its reader sees it after everything acknowledged so far.
  Json detail(const std::string& number, Headers reader = {}) const {
    auto read = get_now("/v1/tickets/" + number, std::move(reader));
    if (read.status != 200) throw std::runtime_error("not read: " + read.text);
    return std::move(read.body);
  }

  // Straight to the API, for requests that no client library would send.
  Reply ask(HttpRequest request) const {
    HttpResponse response;
    api->handle(request, response);
    Reply answer{response.status, {}, response.shared_body ? *response.shared_body : response.body, {}};
    for (const auto& [name, value] : response.headers) answer.headers.emplace(name, value);
    answer.body = Json::parse(answer.text, nullptr, false);
    return answer;
  }

  TemporaryDirectory directory;
  ManualClock clock;
  std::unique_ptr<Log> log;
  std::unique_ptr<Writer> writer;
  std::unique_ptr<Views> views;
  std::unique_ptr<SearchIndex> search;
  std::unique_ptr<BlobStore> blobs;
  std::unique_ptr<Api> api;
  std::unique_ptr<Front> front;
  std::uint16_t port = 0;

 private:
  template <class T, class E>
  static T must(Result<T, E> result) {
    if (!result) throw std::runtime_error("cannot start: " + result.error().detail);
    return std::move(*result);
  }

  httplib::Client client() const {
    httplib::Client made("127.0.0.1", port);
    made.set_read_timeout(30);
    return made;
  }

  static Headers with_token(Headers headers) {
    if (headers.find("Authorization") == headers.end()) {
      headers.emplace("Authorization", std::string("Bearer ") + administrator_token);
    }
    return headers;
  }

  static Reply reply(const httplib::Result& result) {
    if (!result) throw std::runtime_error("no answer: " + httplib::to_string(result.error()));
    return {result->status, result->headers, result->body, Json::parse(result->body, nullptr, false)};
  }
};

}  // namespace greffe::test
