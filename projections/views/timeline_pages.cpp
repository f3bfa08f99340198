// Reading: the timelines of several tickets as one, page by page.
#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "projections/key_page.h"
#include "projections/views/timeline_rows.h"
#include "projections/views/timeline_view.h"

namespace greffe {

using namespace timeline_rows;

namespace {

using Shown = TimelineView::Shown;

bool is_shown(const EntryValue& value, Shown shown) {
  switch (shown) {
    case Shown::everything: return true;
    case Shown::public_only: return value.is_public;
    case Shown::notices: return value.event == NotificationDecided::name.wire_id;
  }
  return false;
}

// One ticket's entries from a place on, those that are shown.
class Strand {
 public:
  // `repeats`: the message that the ticket refers to is in another strand.
  Strand(std::unique_ptr<RowScan> scan, std::size_t origin, Shown shown, bool repeats)
      : scan_(std::move(scan)), origin_(origin), shown_(shown), repeats_(repeats) {}

  bool next() {
    while (scan_->next()) {
      value_ = read_entry(scan_->value());
      if (is_shown(value_, shown_) && !(repeats_ && value_.referenced != 0)) return true;
    }
    return false;
  }

  // occurred_at and position, which order entries of all tickets.
  std::string_view place() const { return scan_->key().substr(entry_prefix.size() + sizeof(std::uint64_t)); }
  TimelineView::Entry entry() const {
    RowKeyReader reader(place());
    reader.instant();
    const auto position = reader.number();
    if (!position || !reader.at_end()) {
      throw ViewsUnreadable({ViewFailure::Kind::io, {}, "a key of view timeline is damaged: run `greffe rebuild`"});
    }
    return {Position{*position}, origin_, Position{value_.referenced}};
  }

 private:
  std::unique_ptr<RowScan> scan_;
  std::size_t origin_;
  Shown shown_;
  bool repeats_;
  EntryValue value_;
};

// A heap gives the greatest: the strand whose next entry is the oldest.
bool is_later(const Strand& a, const Strand& b) { return a.place() > b.place(); }

// What a cursor begins with: it is taken for the same question only.
RowKey mark_of(const TimelineView::Asked& asked) {
  return RowKey()
      .add(asked.ticket.value)
      .add(static_cast<char>('0' + static_cast<int>(asked.shown)))
      .add(asked.with_children ? 'c' : '-');
}

// The place after which the page begins, empty = at the beginning; absent if the cursor is bad.
std::optional<std::string> place_of(std::string_view cursor, std::string_view mark) {
  if (cursor.empty()) return std::string();
  const auto bytes = from_cursor(cursor, mark.size() + place_bytes);
  if (!bytes || !bytes->starts_with(mark)) return std::nullopt;
  return bytes->substr(mark.size());
}

std::vector<Strand> strands_after(const ReadPoint& at, Family family, std::span<const TicketId> origins,
                                  const std::vector<bool>& repeats, Shown shown, std::string_view place) {
  std::vector<Strand> strands;
  for (std::size_t i = 0; i < origins.size(); ++i) {
    const RowKey prefix = entries_of(origins[i].value);
    std::string from(prefix.view());
    if (!place.empty()) from.append(place).push_back('\0');
    Strand strand(at.rows.scan(family, prefix, from), i, shown, repeats[i]);
    if (strand.next()) strands.push_back(std::move(strand));
  }
  std::make_heap(strands.begin(), strands.end(), is_later);
  return strands;
}

}  // namespace

// Of each origin, whether the message that it refers to is shown by another one. A ticket refers to
// one at most, from its beginning.
std::vector<bool> TimelineView::repeats(const ReadPoint& at, std::span<const TicketId> origins) const {
  std::vector<bool> repeats(origins.size());
  if (origins.size() < 2) return repeats;
  const auto is_origin = [&](std::uint64_t ticket) {
    return std::find(origins.begin(), origins.end(), TicketId{ticket}) != origins.end();
  };
  std::map<std::uint64_t, std::size_t> first;  // the oldest of the origins that refer to a message
  std::string value;
  for (std::size_t i = 0; i < origins.size(); ++i) {
    if (!at.rows.get(family_, reference_key(origins[i].value), value)) continue;
    RowKeyReader reader(value);
    const auto message = reader.number(), place = reader.number();
    if (!message || !place || !reader.at_end()) refuse_row();
    repeats[i] = is_origin(*place);
    if (repeats[i]) continue;
    const auto [other, is_first] = first.try_emplace(*message, i);
    if (is_first) continue;
    const bool newer = origins[other->second] < origins[i];
    repeats[newer ? i : std::exchange(other->second, i)] = true;
  }
  return repeats;
}

Result<TimelineView::Entries, BadCursor> TimelineView::entries(const ReadPoint& at, const Asked& asked,
                                                               std::span<const TicketId> origins, std::size_t limit,
                                                               std::string_view cursor) const {
  const RowKey mark = mark_of(asked);
  const auto after = place_of(cursor, mark);
  if (!after) return fail(BadCursor{});
  limit = std::clamp<std::size_t>(limit, 1, list_limit_max);
  auto strands = strands_after(at, family_, origins, repeats(at, origins), asked.shown, *after);
  Entries page;
  std::string last;
  while (!strands.empty()) {
    if (page.entries.size() == limit) {
      page.next_cursor = to_cursor(std::string(mark.view()) + last);
      break;
    }
    std::pop_heap(strands.begin(), strands.end(), is_later);
    Strand& oldest = strands.back();
    page.entries.push_back(oldest.entry());
    last = oldest.place();
    if (oldest.next()) std::push_heap(strands.begin(), strands.end(), is_later);
    else strands.pop_back();
  }
  return page;
}

}  // namespace greffe
