#include "projections/united_ticket.h"

#include <algorithm>
#include <unordered_set>

namespace greffe {
namespace {

// `rows` and all that following one of their lists leads to, each once.
std::vector<TicketRow> reached(std::vector<TicketRow> rows, std::vector<TicketId> TicketRow::*list,
                               const RowOfTicket& row_of) {
  std::unordered_set<TicketId> known;
  for (const TicketRow& row : rows) known.insert(row.id);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto next = rows[i].*list;
    for (const TicketId id : next) {
      if (!known.insert(id).second) continue;
      if (auto row = row_of(id)) rows.push_back(std::move(*row));
    }
  }
  return rows;
}

std::uint32_t sent_via(const TicketRow& row, const std::unordered_set<TicketId>& tickets) {
  std::uint32_t messages = 0;
  for (const ViaCount& via : row.via) {
    if (tickets.contains(via.via)) messages += via.messages;
  }
  return messages;
}

std::uint32_t sent_via_any(const TicketRow& row) {
  std::uint32_t messages = 0;
  for (const ViaCount& via : row.via) messages += via.messages;
  return messages;
}

std::vector<AgentId> united_copies(const TicketRow& row, const RowOfTicket& row_of) {
  std::vector<AgentId> copies;
  for (const TicketRow& part : united_parts(row, row_of)) {
    for (const AgentId agent : part.copies) {
      if (std::find(copies.begin(), copies.end(), agent) == copies.end()) copies.push_back(agent);
    }
  }
  return copies;
}

// Events of an imported history may be late: at an instant of the past, merges may go round.
std::optional<TicketId> united_parent(const TicketRow& row, const RowOfTicket& row_of) {
  if (!row.parent) return std::nullopt;
  std::unordered_set<TicketId> seen;
  for (auto into = row.merged_into; into && seen.insert(*into).second;) {
    if (into == row.parent) return std::nullopt;
    const auto next = row_of(*into);
    into = next ? next->merged_into : std::nullopt;
  }
  return row.parent;
}

}  // namespace

std::vector<TicketRow> united_parts(const TicketRow& row, const RowOfTicket& row_of) {
  return reached({row}, &TicketRow::absorbed, row_of);
}

UnitedCounts united_counts(const TicketRow& row, const RowOfTicket& row_of) {
  if (row.absorbed.empty() && row.hosts.empty() && row.via.empty()) {
    return {row.message_count, row.document_count, row.todo_count, row.open_todo_count, row.child_count};
  }
  const auto parts = united_parts(row, row_of);
  std::unordered_set<TicketId> part_ids;
  UnitedCounts counts;
  counts.children = row.child_count;
  for (const TicketRow& part : parts) {
    part_ids.insert(part.id);
    if (part.parent == row.id && counts.children > 0) --counts.children;
    counts.messages += part.message_count - sent_via_any(part);
    counts.documents += part.document_count;
    counts.todos += part.todo_count;
    counts.open_todos += part.open_todo_count;
  }
  // What was sent to these tickets is in the streams of what they are, and were, merged into.
  for (const TicketRow& holder : reached(parts, &TicketRow::hosts, row_of)) {
    counts.messages += sent_via(holder, part_ids);
  }
  return counts;
}

TicketRow united_row(TicketRow row, const RowOfTicket& row_of) {
  if (!row.absorbed.empty()) row.copies = united_copies(row, row_of);
  row.parent = united_parent(row, row_of);
  return row;
}

}  // namespace greffe
