// Small groups and readings for tests of the log; the bytes need not be records.
#pragma once

#include <catch2/catch.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/log.h"

namespace greffe {

inline LogEntry entry(TicketId ticket, std::uint32_t version, std::string bytes) {
  return {stream_of(ticket), Version{version}, std::move(bytes)};
}

// What a reader shows, as "position:bytes"; the test fails if the reader does.
inline std::vector<std::string> all_of(LogReader& reader) {
  std::vector<std::string> out;
  while (reader.next()) out.push_back(std::to_string(reader.position().value) + ":" + std::string(reader.bytes()));
  if (reader.failure()) FAIL("reading failed: " << reader.failure()->detail);
  return out;
}
inline std::vector<std::string> all_of(const Log& log) { return all_of(*log.read(Position{1})); }

// The value under a key; the test fails if it cannot be read.
inline std::optional<std::string> value_of(const Log& log, IndexSpace space, std::string_view key) {
  const auto value = log.lookup(space, key);
  if (!value) FAIL("look-up failed: " << value.error().detail);
  return *value;
}

inline void append(Log& log, const LogGroup& group) {
  const auto appended = log.append(log.tail(), group);
  if (!appended) FAIL("append failed: " << appended.error().detail);
}

// A group of `count` entries of one ticket that begins at `first_version`, with an index
// write that names the group's last entry, so that a test can see whether it came along.
inline LogGroup numbered_group(TicketId ticket, std::uint32_t first_version, std::uint32_t count) {
  LogGroup group;
  for (std::uint32_t v = first_version; v < first_version + count; ++v) {
    const std::string name = std::to_string(ticket.value) + "/" + std::to_string(v);
    group.entries.push_back(entry(ticket, v, name + " " + std::string(v * 37 % 200, 'x')));
  }
  group.index.push_back({IndexSpace::external_id, "last", std::to_string(first_version + count - 1)});
  return group;
}

}  // namespace greffe
