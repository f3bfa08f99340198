#include "projections/views/report_view.h"

#include <algorithm>

#include "events/result.h"
#include "projections/row_codec.h"

namespace greffe {
namespace {

constexpr std::string_view facts_prefix = "f", open_prefix = "o";

RowKey changes_of(TicketId id) { return RowKey("d").add(id.value); }
RowKey open_key(TicketId id) { return RowKey(open_prefix).add(id.value); }

[[noreturn]] void refuse_row() {
  throw ViewsUnreadable({ViewFailure::Kind::io, {}, "a row of view reports is damaged: run `greffe rebuild`"});
}

template <class T>
T required(const std::optional<T>& value) {
  if (!value) refuse_row();
  return *value;
}

RowKey key_of(const TicketFact& fact) { return RowKey(facts_prefix).add(fact.at).add(fact.position.value); }

RowKey value_of(const TicketFact& fact) {
  return RowKey().add(static_cast<char>(fact.kind)).add(fact.ticket.value).add(fact.agent ? fact.agent->value : 0);
}

TicketFact read_fact(std::string_view key, std::string_view value) {
  if (value.empty() || static_cast<std::size_t>(value.front()) >= names_of(FactKind{}).size()) refuse_row();
  RowKeyReader place(key.substr(facts_prefix.size())), rest(value.substr(1));
  TicketFact fact;
  fact.at = required(place.instant());
  fact.position = {required(place.number())};
  fact.kind = static_cast<FactKind>(value.front());
  fact.ticket = {required(rest.number())};
  const auto agent = required(rest.number());
  if (agent != 0) fact.agent = AgentId{agent};
  return fact;
}

// Whether the ticket is among the open ones since the event; absent if that is as it was.
std::optional<bool> is_open_since(const TicketEvent& event) {
  using Open = std::optional<bool>;
  return std::visit(overloaded{
                        [](const TicketOpened& e) { return Open(is_open(e.status.category)); },
                        [](const TicketReopened&) { return Open(true); },
                        [](const TicketUnmerged& e) { return Open(is_open(e.new_status.category)); },
                        [](const TicketRestored& e) { return Open(is_open(e.new_status.category)); },
                        [](const TicketClosed&) { return Open(false); },
                        [](const TicketMergedInto&) { return Open(false); },
                        [](const TicketDeleted&) { return Open(false); },
                        [](const auto&) { return Open(); },
                    },
                    event);
}

}  // namespace

void ReportView::apply(const Record& record) {
  const auto* event = std::get_if<TicketEvent>(&record.event);
  if (event == nullptr) return;
  const Envelope& e = record.envelope;
  const TicketId id{e.stream_id};
  if (const auto fact = fact_of(e, *event)) facts_.emplace_back(key_of(*fact), value_of(*fact));
  if (const auto change = dimensions_changed_by(*event)) {
    auto& row = changes_.emplace_back(changes_of(id).add(e.position.value), std::string());
    encode_row(*change, row.second);
  }
  if (const auto open = is_open_since(*event)) {
    Openness& now = open_[id];
    now.open = *open;
    now.is_new = now.is_new || std::holds_alternative<TicketOpened>(*event);
  }
}

void ReportView::flush(RowBatch& batch, Position) {
  // The store takes keys in their order faster, and the log brings tickets in any.
  const auto by_key = [](const auto& a, const auto& b) { return a.first.view() < b.first.view(); };
  std::sort(facts_.begin(), facts_.end(), by_key);
  std::sort(changes_.begin(), changes_.end(), by_key);
  for (const auto& [key, value] : facts_) batch.put(family_, key, value);
  for (const auto& [key, value] : changes_) batch.put(family_, key, value);
  for (const auto& [id, now] : open_) {
    if (now.open) batch.put(family_, open_key(id), "");
    else if (!now.is_new) batch.erase(family_, open_key(id));
  }
  discard();
}

void ReportView::discard() {
  facts_.clear();
  changes_.clear();
  open_.clear();
}

void ReportView::for_each_fact(const ReadPoint& at, Instant from, Instant to,
                               const std::function<bool(const TicketFact&)>& take) const {
  for (const auto scan = at.rows.scan(family_, facts_prefix, RowKey(facts_prefix).add(from)); scan->next();) {
    const auto fact = read_fact(scan->key(), scan->value());
    if (fact.at >= to || !take(fact)) return;
  }
}

std::vector<DimensionsSince> ReportView::dimensions(const ReadPoint& at, TicketId id) const {
  std::vector<DimensionsSince> history;
  Dimensions now;
  const auto prefix = changes_of(id);
  for (const auto scan = at.rows.scan(family_, prefix); scan->next();) {
    greffe::apply(decode_row<DimensionsChange>(scan->value()), now);
    history.push_back({{required(read_number(scan->key().substr(prefix.view().size())))}, now});
  }
  return history;
}

std::vector<TicketId> ReportView::open_tickets(const ReadPoint& at) const {
  std::vector<TicketId> ids;
  for (const auto scan = at.rows.scan(family_, open_prefix); scan->next();) {
    ids.push_back({required(read_number(scan->key().substr(open_prefix.size())))});
  }
  return ids;
}

}  // namespace greffe
