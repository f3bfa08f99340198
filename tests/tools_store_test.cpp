#include <catch2/catch.hpp>

#include "tests/temporary_directory.h"
#include "tools/store.h"

using namespace greffe;

namespace {

std::unique_ptr<Store> open(const TemporaryDirectory& dir, const Clock& clock,
                            const std::string& zone = "Europe/Paris") {
  StoreOptions options;
  options.time_zone = zone;
  auto store = Store::open(dir.path(), options, clock, [](const std::string& failure) { FAIL(failure); });
  REQUIRE(store);
  return std::move(*store);
}

}  // namespace

TEST_CASE("a new store's settings are events in its log, laid down once") {
  const TemporaryDirectory dir;
  const SystemClock clock;
  Position laid;
  {
    const auto store = open(dir, clock, "America/Montreal");
    laid = store->log().tail();
    CHECK(Position{0} < laid);
    CHECK(store->writer().settings()->tenant.time_zone == "America/Montreal");
  }
  const auto store = open(dir, clock, "Asia/Tokyo");
  CHECK(store->log().tail() == laid);
  CHECK(store->writer().settings()->tenant.time_zone == "America/Montreal");
}

TEST_CASE("a store that another process holds is refused with a text that says so") {
  const TemporaryDirectory dir;
  const SystemClock clock;
  const auto store = open(dir, clock);
  const auto second = Store::open(dir.path(), {}, clock, [](const std::string&) {});
  REQUIRE_FALSE(second);
  CHECK(second.error().find("not_opened") != std::string::npos);
}
