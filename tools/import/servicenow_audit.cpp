#include <fmt/format.h>

#include <charconv>

#include "tools/import/servicenow.h"

namespace greffe::servicenow {
namespace {

std::uint32_t count_of(const std::string& text) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool closed(const Row& row) { return row.state == "Resolved" || row.state == "Closed"; }

// Says where a counter moves by something else than what the two rows show.
void explain(const Row& before, const Row& row, SourceCounters& counters) {
  const auto note = [&](const char* counter, std::uint32_t from, std::uint32_t to, const std::string& shown) {
    counters.unexplained.push_back(
        fmt::format("line {}: {} goes from {} to {}, {}", row.line, counter, from, to, shown));
  };
  const auto moves = count_of(row.reassignment_count), moves_before = count_of(before.reassignment_count);
  const std::uint32_t moved = before.assignment_group == row.assignment_group ? 0 : 1;
  if (moves != moves_before + moved) {
    note("reassignment_count", moves_before, moves,
         moved == 1
             ? fmt::format("the group goes from '{}' to '{}' once", before.assignment_group, row.assignment_group)
             : fmt::format("the group stays '{}'", row.assignment_group));
  }
  const auto reopens = count_of(row.reopen_count), reopens_before = count_of(before.reopen_count);
  const std::uint32_t reopened = closed(before) && !closed(row) ? 1 : 0;
  if (reopens != reopens_before + reopened) {
    note("reopen_count", reopens_before, reopens, fmt::format("the state goes from {} to {}", before.state, row.state));
  }
}

}  // namespace

void CounterAudit::add(const Row& row) {
  SourceCounters& counters = counters_[row.number];
  ++counters.rows;
  counters.reassignments = count_of(row.reassignment_count);
  counters.reopenings = count_of(row.reopen_count);
  const auto before = last_row_.find(row.number);
  if (before != last_row_.end()) explain(before->second, row, counters);
  last_row_.insert_or_assign(row.number, row);
}

}  // namespace greffe::servicenow
