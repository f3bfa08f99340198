#include <catch2/catch.hpp>

#include "commands/texts/local_time.h"

using namespace greffe;

TEST_CASE("instants are written as the wall clock of the zone shows them") {
  const auto [instant, zone, language, wanted] = GENERATE(table<const char*, const char*, const char*, const char*>({
      {"2025-02-28T10:30:59.9Z", "Europe/Paris", "fr", "28/02/2025 11:30"},
      {"2025-02-28T23:30:00Z", "Europe/Paris", "fr", "01/03/2025 00:30"},
      {"2025-07-01T10:00:00Z", "Europe/Paris", "en", "2025-07-01 12:00"},
      {"2025-02-28T10:30:00Z", "America/New_York", "", "2025-02-28 05:30"},
      {"2025-02-28T10:30:00Z", "Nowhere/Land", "fr", "28/02/2025 10:30"},
      {"1969-12-31T23:59:59Z", "UTC", "en", "1969-12-31 23:59"},
  }));
  CHECK(local_text(*parse_rfc3339(instant), zone, language) == wanted);
}
