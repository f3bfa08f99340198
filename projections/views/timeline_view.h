// Each ticket's events in the order in which they happened: a late entry stands where it
// belongs. The rows are places; the records themselves stay in the log.
//
// What was sent via a merged ticket has its place in that ticket's timeline, so that it comes
// and goes with it. A merge therefore moves nothing: who reads a united timeline merges the
// timelines of its origins while reading.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/result.h"
#include "projections/lists/query.h"
#include "projections/row_keys.h"
#include "projections/view.h"

namespace greffe {

class TimelineView final : public View {
 public:
  TimelineView(const RowSource& newest, Family family) : newest_(newest), family_(family) {}

  std::string_view name() const override { return "timeline"; }
  Version version() const override { return {4, 4}; }
  void apply(const Record& record) override;
  void flush(RowBatch& batch, Position at) override;
  void discard() override;

  enum class Shown : std::uint8_t { everything, public_only, notices };

  // What is asked for, in so far as a cursor must fit it.
  struct Asked {
    TicketId ticket;
    bool with_children = false;
    Shown shown = Shown::everything;
  };
  struct Entry {
    Position position;
    std::size_t origin = 0;  // index in `origins`
    Position referenced;     // the message that stands in the place of this one; 0 = none
  };
  struct Entries {
    std::vector<Entry> entries;  // oldest first by when they happened, ties in log order
    std::string next_cursor;     // empty = no more
  };
  // One page of the timelines of all these tickets, as one. A message is in it once, though some of
  // them refer to it: where it was sent to, or else where it was first split off to.
  Result<Entries, BadCursor> entries(const ReadPoint& at, const Asked& asked, std::span<const TicketId> origins,
                                     std::size_t limit, std::string_view cursor) const;

 private:
  // Where a message is and what others must know of it.
  struct MessagePlace {
    Position position;
    std::uint64_t ticket = 0;  // whose timeline it is in
    bool is_public = false;
  };
  struct NewEntry {
    RowKey key;
    std::string value;
  };
  struct Placing;

  std::optional<MessagePlace> message(std::uint64_t ticket, std::uint32_t number) const;
  std::vector<bool> repeats(const ReadPoint& at, std::span<const TicketId> origins) const;

  const RowSource& newest_;
  const Family family_;
  std::vector<NewEntry> entries_;
  std::map<std::pair<std::uint64_t, std::uint32_t>, MessagePlace> messages_;  // by ticket and number
  std::map<std::uint64_t, MessagePlace> references_;                          // by the ticket that refers
};

}  // namespace greffe
