#include "projections/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

#include "projections/record_pipe.h"
#include "projections/row_codec.h"
#include "projections/row_digest.h"
#include "projections/row_keys.h"
#include "projections/ticket_row.h"

namespace greffe {
namespace {

// One ticket. A closed one seldom changes again, so it is kept as its stored bytes, which are
// a third of the row and what the digest is made of.
struct Ticket {
  std::unique_ptr<TicketRow> row;  // null while it is packed, or nothing was folded yet
  std::string packed;
  Version version;  // of the newest event read, folded or not
};

class Tickets {
 public:
  explicit Tickets(std::optional<Instant> as_of) : as_of_(as_of) {}

  // Absent if the event fits; says what is wrong otherwise.
  std::optional<std::string_view> fold(const Envelope& envelope, const TicketEvent& event) {
    const bool opens = std::holds_alternative<TicketOpened>(event);
    const auto [found, is_new] = tickets_.try_emplace(envelope.stream_id);
    if (opens != is_new) return opens ? "its ticket was opened before" : "its ticket was never opened";
    Ticket& ticket = found->second;
    if (envelope.version != next(ticket.version)) return "its ticket's versions do not follow each other";
    ticket.version = envelope.version;
    if (as_of_ && envelope.occurred_at > *as_of_) return std::nullopt;
    // A change dated before the opening has nothing to change if the opening is left out.
    if (!opens && !ticket.row && ticket.packed.empty()) return std::nullopt;
    TicketRow& row = unpack(ticket);
    fold_ticket(row, envelope, event);
    if (!is_open(row.status.category)) pack(ticket);
    return std::nullopt;
  }

  void count(ReplayResult& result) {
    std::vector<std::uint64_t> ids;
    ids.reserve(tickets_.size());
    for (const auto& [id, ticket] : tickets_) {
      if (ticket.row || !ticket.packed.empty()) ids.push_back(id);
    }
    std::sort(ids.begin(), ids.end());
    RowDigest digest;
    for (const std::uint64_t id : ids) {
      Ticket& ticket = tickets_.find(id)->second;
      const auto row = ticket.row ? std::move(*ticket.row) : decode_row<TicketRow>(ticket.packed);
      if (ticket.row) encode_row(row, ticket.packed);
      digest.add(RowKey().add(id), ticket.packed);
      ++result.tickets_by_category[static_cast<std::size_t>(row.status.category)];
    }
    result.tickets = ids.size();
    result.tickets_digest = digest.hex();
  }

 private:
  static TicketRow& unpack(Ticket& ticket) {
    if (ticket.row) return *ticket.row;
    ticket.row = std::make_unique<TicketRow>();
    if (!ticket.packed.empty()) *ticket.row = decode_row<TicketRow>(std::exchange(ticket.packed, {}));
    return *ticket.row;
  }
  static void pack(Ticket& ticket) {
    encode_row(*ticket.row, ticket.packed);
    ticket.row.reset();
  }

  const std::optional<Instant> as_of_;
  std::unordered_map<std::uint64_t, Ticket> tickets_;
};

LogFailure out_of_place(Position position, std::string_view what) {
  return {LogFailure::Kind::corrupt, position,
          fmt::format("the record at position {} is out of place: {}", position.value, what)};
}

}  // namespace

Result<ReplayResult, LogFailure> replay_all(const Log& log, std::optional<Instant> as_of,
                                            const ReplayProgress& progress) {
  const Position tail = log.tail();
  RecordPipe pipe(log, Position{1}, tail);
  Tickets tickets(as_of);
  ReplayResult result;
  result.position = tail;
  while (true) {
    const auto records = pipe.next();
    if (!records) return fail(records.error());
    if (records->empty()) break;
    for (const Record& record : *records) {
      const auto* event = std::get_if<TicketEvent>(&record.event);
      if (event == nullptr) continue;
      const auto wrong = tickets.fold(record.envelope, *event);
      if (wrong) return fail(out_of_place(record.envelope.position, *wrong));
    }
    result.events += records->size();
    if (progress) progress(result.events, tail.value);
  }
  tickets.count(result);
  return result;
}

}  // namespace greffe
