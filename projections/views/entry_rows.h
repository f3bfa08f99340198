// What the views of the directory and of the catalogue share: all their entries live alike.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "projections/key_page.h"
#include "projections/row_table.h"
#include "projections/view.h"

namespace greffe {

// The alternatives of every entry's event: created, changed, deactivated, reactivated.
inline constexpr std::size_t entry_created = 0, entry_changed = 1, entry_deactivated = 2, entry_reactivated = 3;

// The event's row, made or found, with its times and version brought up to date.
template <class Row>
Row& touched_row(RowTable<Row>& table, const Envelope& envelope, bool created) {
  if (created) {
    Row& row = table.make(envelope.stream_id);
    row.id = {envelope.stream_id};
    row.created_at = row.updated_at = envelope.occurred_at;
    row.version = envelope.version;
    return row;
  }
  Row* row = table.find(envelope.stream_id);
  if (row == nullptr) throw std::runtime_error("an event of an entry that was never created");
  row->updated_at = std::max(row->updated_at, envelope.occurred_at);
  row->version = envelope.version;
  return *row;
}

// Folds the event into its row. What an aggregate has beyond the four is the caller's to fold.
template <class Row, class AggregateEvent>
Row& fold_entry(RowTable<Row>& table, const Envelope& envelope, const AggregateEvent& event) {
  Row& row = touched_row(table, envelope, event.index() == entry_created);
  if (const auto* created = std::get_if<entry_created>(&event)) row.details = created->details;
  else if (const auto* changed = std::get_if<entry_changed>(&event)) row.details = changed->details;
  else if (event.index() == entry_deactivated) row.active = false;
  else if (event.index() == entry_reactivated) row.active = true;
  return row;
}

// Rows of one kind by id, ascending.
template <class Row>
struct EntryPage {
  std::vector<Row> rows;
  std::string next_cursor;  // empty = no more
};

template <class Row>
Result<EntryPage<Row>, BadCursor> read_entries(const ReadPoint& at, Family family, std::string_view prefix,
                                               std::size_t limit, std::string_view cursor) {
  const auto keys = read_keys(at.rows, family, prefix, sizeof(std::uint64_t), limit, cursor);
  if (!keys) return fail(keys.error());
  EntryPage<Row> page;
  page.next_cursor = keys->next_cursor;
  for (const std::string& value : keys->values) page.rows.push_back(decode_row<Row>(value));
  return page;
}

}  // namespace greffe
