// Reading: the timelines of several tickets as one, page by page.
#include <algorithm>
#include <memory>

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
  Strand(std::unique_ptr<RowScan> scan, std::size_t origin, Shown shown)
      : scan_(std::move(scan)), origin_(origin), shown_(shown) {}

  bool next() {
    while (scan_->next()) {
      value_ = read_entry(scan_->value());
      if (is_shown(value_, shown_)) return true;
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

std::vector<Strand> strands_after(const ReadPoint& at, Family family, std::span<const TicketId> origins, Shown shown,
                                  std::string_view place) {
  std::vector<Strand> strands;
  for (std::size_t i = 0; i < origins.size(); ++i) {
    const RowKey prefix = entries_of(origins[i].value);
    std::string from(prefix.view());
    if (!place.empty()) from.append(place).push_back('\0');
    Strand strand(at.rows.scan(family, prefix, from), i, shown);
    if (strand.next()) strands.push_back(std::move(strand));
  }
  std::make_heap(strands.begin(), strands.end(), is_later);
  return strands;
}

}  // namespace

Result<TimelineView::Entries, BadCursor> TimelineView::entries(const ReadPoint& at, const Asked& asked,
                                                               std::span<const TicketId> origins, std::size_t limit,
                                                               std::string_view cursor) const {
  const RowKey mark = mark_of(asked);
  const auto after = place_of(cursor, mark);
  if (!after) return fail(BadCursor{});
  limit = std::clamp<std::size_t>(limit, 1, list_limit_max);
  auto strands = strands_after(at, family_, origins, asked.shown, *after);
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
