// The routes that docs/features.md names are those that there are.
#include <catch2/catch.hpp>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "http/route.h"
#include "tests/http_fixture.h"
#include "tests/places.h"

using namespace greffe;
using namespace greffe::test;

namespace {

std::string features() {
  std::ifstream in(source_dir() / "docs/features.md");
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

// Every `METHOD /path` between backticks.
std::set<std::string> routes_in(const std::string& text) {
  static const std::regex route("`((?:GET|POST|PUT|DELETE|PATCH) /[^` ]*)`");
  std::set<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), route), end; at != end; ++at) found.insert((*at)[1]);
  return found;
}

std::set<std::string> without(std::set<std::string> all, const std::set<std::string>& others) {
  for (const auto& one : others) all.erase(one);
  return all;
}

}  // namespace

TEST_CASE("every route is of some feature or on the list of those that are of none, and every one named exists") {
  const Server server;
  std::set<std::string> served;
  for (const auto& route : server.api->routes()) served.insert(route.method + " " + route.path);
  const auto document = features();
  const auto named = routes_in(document);
  CHECK(without(named, served) == std::set<std::string>{});
  CHECK(without(served, named) == std::set<std::string>{});
  // The list at the end is short: it is no way around the tables.
  const auto list = document.find("\n## Routes of no feature\n");
  REQUIRE(list != std::string::npos);
  CHECK(routes_in(document.substr(list)).size() <= 12);
}
