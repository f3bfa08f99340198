#include <catch2/catch.hpp>

#include "http/page_cache.h"
#include "http/router.h"

using namespace greffe;

namespace {

PageCache::Page page(const std::string& text) { return std::make_shared<const std::string>(text); }

}  // namespace

TEST_CASE("the router takes named segments before the one that stands for any") {
  Routes routes;
  for (const auto& [method, path] : std::initializer_list<std::pair<const char*, const char*>>{{"GET", "/a"},
                                                                                               {"POST", "/a"},
                                                                                               {"GET", "/a/{id}"},
                                                                                               {"GET", "/a/{id}/b"},
                                                                                               {"PUT", "/a/{id}/b"},
                                                                                               {"GET", "/a/{id}/e/{x}"},
                                                                                               {"GET", "/c/d"}}) {
    routes.push_back({.method = method, .path = path, .summary = {}, .handle = {}});
  }
  const Router router(routes);
  struct {
    const char* method;
    const char* path;
    const char* route;
    const char* segment;
    const char* allow;
  } const rows[] = {{"GET", "/a", "/a", "", "GET, HEAD, POST"},
                    {"DELETE", "/a", nullptr, "", "GET, HEAD, POST"},
                    {"GET", "/a/7", "/a/{id}", "7", "GET, HEAD"},
                    {"GET", "/a/b", "/a/{id}", "b", "GET, HEAD"},
                    {"PUT", "/a/x y/b", "/a/{id}/b", "x y", "GET, HEAD, PUT"},
                    {"GET", "/a/7/e/8", "/a/{id}/e/{x}", "7", "GET, HEAD"},
                    {"GET", "/a/7/e", nullptr, "7", ""},
                    {"GET", "/c/d", "/c/d", "", "GET, HEAD"},
                    {"GET", "/c", nullptr, "", ""},
                    {"GET", "/a/", nullptr, "", ""},
                    {"GET", "", nullptr, "", ""},
                    {"GET", "/", nullptr, "", ""},
                    {"GET", "a", nullptr, "", ""},
                    {"GET", "//a", nullptr, "", ""},
                    {"GET", "/a/7/c", nullptr, "7", ""},
                    {"GET", "/a/7/b/c", nullptr, "7", ""},
                    {"get", "/a", nullptr, "", "GET, HEAD, POST"}};
  for (const auto& row : rows) {
    INFO(row.method << " " << row.path);
    const auto match = router.find(row.method, row.path);
    CHECK((match.route ? match.route->path : "") == std::string(row.route ? row.route : ""));
    CHECK(match.allow == row.allow);
    if (row.route) CHECK(match.segments[0] == row.segment);
  }
  CHECK(router.find("GET", "/a/7/e/8").segments[1] == "8");
  CHECK(router.find("GET", "/a/7/b").segments[1].empty());
}

TEST_CASE("the page cache answers for one position only") {
  PageCache cache(1000);
  CHECK(!cache.find("q", Position{1}));
  cache.put("q", Position{1}, page("one"));
  CHECK(*cache.find("q", Position{1}) == "one");
  CHECK(!cache.find("q", Position{2}));
  CHECK(!cache.find("r", Position{1}));
  cache.put("r", Position{2}, page("two"));
  CHECK(!cache.find("q", Position{1}));
  CHECK(*cache.find("r", Position{2}) == "two");
  cache.put("q", Position{1}, page("late"));
  CHECK(!cache.find("q", Position{1}));
  CHECK(*cache.find("r", Position{2}) == "two");
}

TEST_CASE("the page cache stays within its bytes") {
  PageCache cache(1000);
  cache.put("too big", Position{1}, page(std::string(2000, 'x')));
  CHECK(!cache.find("too big", Position{1}));
  for (int i = 0; i < 100; ++i) cache.put("q" + std::to_string(i), Position{1}, page(std::string(100, 'x')));
  std::size_t kept = 0;
  for (int i = 0; i < 100; ++i) kept += cache.find("q" + std::to_string(i), Position{1}) ? 1 : 0;
  CHECK(kept > 0);
  CHECK(kept < 10);
}
