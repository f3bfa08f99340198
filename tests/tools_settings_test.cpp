#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>

#include "tests/temporary_directory.h"
#include "tools/admin_token.h"
#include "tools/serve/settings.h"

using namespace greffe;

namespace {

std::string write_file(const TemporaryDirectory& dir, const std::string& text) {
  const auto path = dir.path() / "greffe.toml";
  std::ofstream(path) << text;
  return path;
}

HttpRequest request_with(const std::string& token) {
  HttpRequest request;
  request.headers = {{"Authorization", "Bearer " + token}};
  return request;
}

}  // namespace

TEST_CASE("flags outrank the environment, which outranks the file, which outranks the defaults") {
  const SettingTexts flags = {{"port", "1"}};
  const SettingTexts environment = {{"port", "2"}, {"workers", "2"}};
  const SettingTexts file = {{"port", "3"}, {"workers", "3"}, {"queue-max", "3"}};
  const auto merged = merge_settings({flags, environment, file});
  REQUIRE(merged);
  CHECK(merged->port == 1);
  CHECK(merged->workers == 2);
  CHECK(merged->queue_max == 3);
  CHECK(merged->address == "127.0.0.1");
}

TEST_CASE("a setting's value is refused with what would be accepted") {
  const struct {
    const char* name;
    const char* value;
    bool good;
  } rows[] = {{"port", "0", true},    {"port", "65535", true}, {"port", "65536", false}, {"port", "-1", false},
              {"port", "80a", false}, {"port", "", false},     {"workers", "0", false},  {"workers", "1", true},
              {"address", "", false}, {"data", "x", true}};
  for (const auto& row : rows) {
    CAPTURE(row.name, row.value);
    const auto merged = merge_settings({{{row.name, row.value}}});
    CHECK(merged.has_value() == row.good);
    if (!merged) CHECK(merged.error().find(row.name) != std::string::npos);
  }
}

TEST_CASE("the file takes strings and whole numbers under known keys only") {
  const TemporaryDirectory dir;
  const auto good = settings_from_file(write_file(dir, "port = 9000\naddress = \"::1\"\nbody_bytes_max = 70000\n"));
  REQUIRE(good);
  CHECK(*good == SettingTexts{{"port", "9000"}, {"address", "::1"}, {"body-bytes-max", "70000"}});
  for (const char* bad : {"prot = 1\n", "port = \n", "port = 1.5\n", "port = [1]\n"}) {
    CAPTURE(bad);
    CHECK_FALSE(settings_from_file(write_file(dir, bad)));
  }
  CHECK_FALSE(settings_from_file("/nonexistent/greffe.toml"));
}

TEST_CASE("a new store's token is shown once and known afterwards; only its digest is kept") {
  ::unsetenv("GREFFE_ADMIN_TOKEN");
  const TemporaryDirectory dir;
  const auto first = load_admin_token(dir.path());
  REQUIRE(first);
  REQUIRE(first->fresh);
  const auto second = load_admin_token(dir.path());
  REQUIRE(second);
  CHECK_FALSE(second->fresh);
  CHECK(second->policy.admit(request_with(*first->fresh)));
  CHECK_FALSE(second->policy.admit(request_with(*first->fresh + "x")));
  std::ifstream kept(dir.path() / "admin-token.sha256");
  std::string text;
  std::getline(kept, text);
  CHECK(text.size() == 64);
  CHECK(text.find(*first->fresh) == std::string::npos);
}

TEST_CASE("a token file that is damaged is refused, not replaced") {
  ::unsetenv("GREFFE_ADMIN_TOKEN");
  const TemporaryDirectory dir;
  std::ofstream(dir.path() / "admin-token.sha256") << "zz\n";
  CHECK_FALSE(load_admin_token(dir.path()));
}

TEST_CASE("a token from the environment is used and leaves nothing on the disk; a short one is refused") {
  const TemporaryDirectory dir;
  ::setenv("GREFFE_ADMIN_TOKEN", "a-token-long-enough", 1);
  const auto given = load_admin_token(dir.path());
  ::setenv("GREFFE_ADMIN_TOKEN", "short", 1);
  const auto refused = load_admin_token(dir.path());
  ::unsetenv("GREFFE_ADMIN_TOKEN");
  REQUIRE(given);
  CHECK_FALSE(given->fresh);
  CHECK(given->policy.admit(request_with("a-token-long-enough")));
  CHECK_FALSE(std::filesystem::exists(dir.path() / "admin-token.sha256"));
  CHECK_FALSE(refused);
}
