// How the search shows in what operators watch.
#include <catch2/catch.hpp>

#include "tests/http_fixture.h"

using namespace greffe;
using namespace greffe::test;

namespace {

// An index that stands where the test says.
class StandingIndex final : public SearchIndex {
 public:
  Result<SearchPage, SearchFault> search(const SearchQuery&) const override {
    return fail(SearchFault{SearchFault::Kind::unreadable, {}});
  }
  bool wait_for(Position, std::chrono::milliseconds) const override { return false; }
  Result<void, ViewFailure> catch_up(const Progress&) override { return {}; }
  Result<void, ViewFailure> rebuild(const Progress&) override { return {}; }
  Result<Digest, ViewFailure> digest() override { return Digest{}; }
  SearchStatus status() const override { return stands; }
  void stop() override {}

  SearchStatus stands;
};

struct Watched {
  StandingIndex index;
  Server server{[this] {
    ApiHooks hooks;
    hooks.search = &index;
    return hooks;
  }()};

  Watched() {
    index.stands.seen = {server.log->tail(), server.clock.now()};
    index.stands.log_tail = server.log->tail();
    server.get_now("/v1/tickets");
  }
  Reply ready() const { return server.get_as_stranger("/readyz"); }
};

bool has_line(const Reply& metrics, const std::string& line) {
  return ("\n" + metrics.text).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

TEST_CASE("a search that failed turns readiness red, without telling strangers where its files are") {
  Watched watched;
  CHECK(watched.ready().status == 200);
  watched.index.stands.failure = ViewFailure{ViewFailure::Kind::io, {}, "cannot write /secret/search"};
  const auto red = watched.ready();
  CHECK(red.status == 503);
  CHECK(red.body["reasons"] == Json::array({"the search stopped: io, see the journal"}));
  CHECK(red.text.find("secret") == std::string::npos);
  CHECK(has_line(watched.server.get("/metrics"), "greffe_search_failed 1"));
  CHECK(watched.server.post("/v1/tickets", {{"title", "goes on"}}).status == 201);
}

TEST_CASE("a search that is behind says how far, and keeps nobody from working") {
  Watched watched;
  CHECK(watched.ready().body["search"] == Json{{"lag_ms", 0}, {"rebuilding", false}});
  watched.server.open_ticket();
  watched.server.open_ticket();
  watched.index.stands.log_tail = watched.server.log->tail();
  watched.index.stands.documents = 7;
  watched.index.stands.rebuilding = true;
  watched.server.clock.advance(Milliseconds(60'000));
  watched.server.get_now("/v1/tickets");
  const auto ready = watched.ready();
  CHECK(ready.status == 200);
  CHECK(ready.body["search"] == Json{{"lag_ms", 60'000}, {"rebuilding", true}});
  const auto metrics = watched.server.get("/metrics");
  const auto position = std::to_string(watched.index.stands.seen.position.value);
  for (const auto& line : {"greffe_search_position " + position, std::string("greffe_search_lag_events 2"),
                           std::string("greffe_search_lag_seconds 60"), std::string("greffe_search_documents 7"),
                           std::string("greffe_search_rebuilding 1"), std::string("greffe_search_failed 0")}) {
    INFO(line);
    CHECK(has_line(metrics, line));
  }
}

TEST_CASE("the index that serves counts its documents and where it stands") {
  const Server server;
  server.open_ticket();
  server.open_ticket();
  REQUIRE(server.search->wait_for(server.log->tail(), std::chrono::seconds(30)));
  const auto metrics = server.get("/metrics");
  CHECK(has_line(metrics, "greffe_search_documents 2"));
  CHECK(has_line(metrics, "greffe_search_lag_events 0"));
  CHECK(has_line(metrics, "greffe_search_position " + std::to_string(server.log->tail().value)));
  CHECK(server.get_as_stranger("/readyz").body["search"] == Json{{"lag_ms", 0}, {"rebuilding", false}});
}
