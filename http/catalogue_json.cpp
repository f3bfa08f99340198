#include "http/catalogue_json.h"

#include "http/entry_json.h"

namespace greffe {

void write_entry_members(JsonWriter& json, const CannedReplyRow& row, const Snapshot& snapshot) {
  entry_json::write_members(json, row, snapshot);
}
void write_entry_members(JsonWriter& json, const TextTemplateRow& row, const Snapshot& snapshot) {
  entry_json::write_members(json, row, snapshot);
}
void write_entry_members(JsonWriter& json, const ContextRow& row, const Snapshot& snapshot) {
  entry_json::write_members(json, row, snapshot);
}
void write_entry_members(JsonWriter& json, const SavedViewRow& row, const Snapshot& snapshot) {
  entry_json::write_members(json, row, snapshot);
}
void write_entry_members(JsonWriter& json, const ContractRow& row, const Snapshot& snapshot) {
  entry_json::write_members(json, row, snapshot);
  json.key("balance").number(static_cast<std::int64_t>(row.balance));
  json.key("debt").number(static_cast<std::int64_t>(row.debt));
}

void write_booking(JsonWriter& json, const BookingRow& row, const Snapshot& snapshot) {
  const PointsBooked& booking = row.booking;
  json.begin_object().key("position").value(row.position).key("booked_at").value(row.booked_at);
  json.key("by");
  write_actor(json, row.by, snapshot);
  json.key("move").value(booking.move).key("points").value(booking.points);
  json.key("balance").number(static_cast<std::int64_t>(booking.balance));
  json.key("debt").number(static_cast<std::int64_t>(booking.debt));
  const auto ticket = booking.ticket ? snapshot.ticket(*booking.ticket) : std::nullopt;
  json.key("ticket");
  if (ticket) json.text(ticket->number);
  else json.null();
  json.key("reason").value(booking.reason).end_object();
}

}  // namespace greffe
