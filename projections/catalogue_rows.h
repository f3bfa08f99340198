// Catalogue entries as their readers see them.
#pragma once

#include "events/record.h"
#include "projections/directory_rows.h"

namespace greffe {

using CannedReplyRow = DirectoryRow<CannedReplyId, CannedReplyDetails>;
using TextTemplateRow = DirectoryRow<TemplateId, TextTemplateDetails>;
using ContextRow = DirectoryRow<ContextId, ContextDetails>;
using SavedViewRow = DirectoryRow<SavedViewId, SavedViewDetails>;

// A contract with the points that are left, or owed.
struct ContractRow {
  ContractId id;
  ContractDetails details;
  bool active = true;
  Instant created_at;
  Instant updated_at;
  Version version;
  std::uint64_t balance = 0;
  std::uint64_t debt = 0;

  static constexpr auto fields =
      std::make_tuple(field("id", &ContractRow::id), field("details", &ContractRow::details),
                      field("active", &ContractRow::active), field("created_at", &ContractRow::created_at),
                      field("updated_at", &ContractRow::updated_at), field("version", &ContractRow::version),
                      field("balance", &ContractRow::balance), field("debt", &ContractRow::debt));
  bool operator==(const ContractRow& o) const { return same_fields(*this, o); }
};

// One line of a contract's account.
struct BookingRow {
  Position position;
  Instant booked_at;
  Actor by;
  PointsBooked booking;

  static constexpr auto fields =
      std::make_tuple(field("position", &BookingRow::position), field("booked_at", &BookingRow::booked_at),
                      field("by", &BookingRow::by), field("booking", &BookingRow::booking));
};

// What was found by the beginning of a name, best first.
template <class Row>
struct Matches {
  std::vector<Row> rows;
  bool more = false;  // there are, or may be, others: more has to be typed
};

}  // namespace greffe
