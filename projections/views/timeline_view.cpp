#include "projections/views/timeline_view.h"

#include "projections/views/timeline_rows.h"

namespace greffe {

using namespace timeline_rows;

void timeline_rows::refuse_row() {
  throw ViewsUnreadable({ViewFailure::Kind::io, {}, "a row of view timeline is damaged: run `greffe rebuild`"});
}

std::string timeline_rows::write_entry(const EntryValue& value) {
  std::string bytes = {static_cast<char>(value.event), static_cast<char>(value.is_public)};
  if (value.referenced != 0) bytes += RowKey().add(value.referenced).view();
  return bytes;
}

EntryValue timeline_rows::read_entry(std::string_view bytes) {
  if (bytes.size() != 2 && bytes.size() != 2 + sizeof(std::uint64_t)) refuse_row();
  const auto referenced = read_number(bytes.substr(2));
  return {static_cast<std::uint8_t>(bytes[0]), bytes[1] != 0, referenced.value_or(0)};
}

// Whose timeline an event is in and whether the portal may show it. What is not named here is
// for those who work on tickets.
struct TimelineView::Placing {
  TimelineView& view;
  const Envelope& envelope;
  std::uint64_t ticket;
  EntryValue value = {};

  void operator()(const TicketOpened&) { value.is_public = true; }
  void operator()(const StatusChanged&) { value.is_public = true; }
  void operator()(const PriorityChanged&) { value.is_public = true; }
  void operator()(const TicketClassified&) { value.is_public = true; }
  void operator()(const EstimatedResolutionChanged&) { value.is_public = true; }
  void operator()(const TicketClosed&) { value.is_public = true; }
  void operator()(const TicketReopened&) { value.is_public = true; }
  void operator()(const MessagePosted& e) {
    if (e.via) ticket = e.via->value;
    value.is_public = e.visibility == Visibility::everyone;
    if (e.message == 0) return;
    view.messages_[{envelope.stream_id, e.message}] = {envelope.position, ticket, value.is_public};
  }
  void operator()(const DocumentAttached& e) {
    value.is_public = e.document.visibility == Visibility::everyone;
    if (!e.document.held_by) go_with(e.document.message);
  }
  void operator()(const MessageDisclosed& e) { go_with(e.message); }
  void operator()(const MessageReferenced& e) {
    const auto place = view.message(e.from.value, e.message);
    if (!place) return;
    // What came by a merged ticket's number is for that ticket's client only.
    value.is_public = place->is_public && place->ticket == e.via.value_or(e.from).value;
    value.referenced = place->position.value;
    view.references_[envelope.stream_id] = *place;
  }
  template <class E>
  void operator()(const E&) {}

  // What came with a message stays with it.
  void go_with(std::uint32_t message) {
    if (message == 0) return;
    if (const auto place = view.message(envelope.stream_id, message)) ticket = place->ticket;
  }
};

void TimelineView::apply(const Record& record) {
  const auto* event = std::get_if<TicketEvent>(&record.event);
  if (event == nullptr) return;
  const Envelope& e = record.envelope;
  Placing placing{*this, e, e.stream_id};
  placing.value.event = std::visit([]<class E>(const E&) { return E::name.wire_id; }, *event);
  std::visit(placing, *event);
  entries_.push_back({entries_of(placing.ticket).add(e.occurred_at).add(e.position.value), write_entry(placing.value)});
}

void TimelineView::flush(RowBatch& batch, Position) {
  for (const NewEntry& entry : entries_) batch.put(family_, entry.key, entry.value);
  for (const auto& [key, place] : messages_) {
    const auto value = RowKey().add(place.position.value).add(place.ticket).add(place.is_public ? 'p' : 'i');
    batch.put(family_, message_key(key.first, key.second), value);
  }
  for (const auto& [ticket, place] : references_) {
    batch.put(family_, reference_key(ticket), RowKey().add(place.position.value).add(place.ticket));
  }
  discard();
}

void TimelineView::discard() {
  entries_.clear();
  messages_.clear();
  references_.clear();
}

std::optional<TimelineView::MessagePlace> TimelineView::message(std::uint64_t ticket, std::uint32_t number) const {
  if (const auto found = messages_.find({ticket, number}); found != messages_.end()) return found->second;
  std::string value;
  if (!newest_.get(family_, message_key(ticket, number), value)) return std::nullopt;
  RowKeyReader reader(value);
  const auto position = reader.number(), place = reader.number();
  if (!position || !place || value.size() != 2 * sizeof(std::uint64_t) + 1) refuse_row();
  return MessagePlace{{*position}, *place, value.back() == 'p'};
}

}  // namespace greffe
