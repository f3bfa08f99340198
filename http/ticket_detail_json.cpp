#include "http/ticket_detail_json.h"

namespace greffe {
namespace {

void write_points(JsonWriter& json, const std::vector<ContactPoint>& points) {
  json.key("contact_points").begin_array();
  for (const auto& point : points) json.value(point);
  json.end_array();
}

void write_contact(JsonWriter& json, const std::optional<ContactRow>& row, const Screen& screen) {
  if (!row) {
    json.null();
    return;
  }
  const auto& details = row->details;
  json.begin_object().key("id").value(row->id).key("name").value(details.display_name);
  json.key("email").value(details.email).key("phone").value(details.phone);
  json.key("language").text(details.language).key("organisation");
  write_entry(json, details.organisation, screen);
  write_points(json, details.contact_points);
  json.end_object();
}

void write_organisation(JsonWriter& json, const std::optional<OrganisationRow>& row) {
  if (!row) {
    json.null();
    return;
  }
  json.begin_object().key("id").value(row->id).key("name").value(row->details.display_name);
  json.key("kind").value(row->details.kind);
  write_points(json, row->details.contact_points);
  json.end_object();
}

// Clients learn who has their ticket, not how to reach them past the desk.
void write_assignee(JsonWriter& json, const std::optional<AgentRow>& row, const Screen& screen) {
  if (!row || screen.reader.is_client()) {
    json.null();
    return;
  }
  json.begin_object().key("id").value(row->id).key("name").value(row->details.display_name);
  json.key("email").value(row->details.email);
  write_points(json, row->details.contact_points);
  json.end_object();
}

}  // namespace

void write_people_members(JsonWriter& json, const TicketPeople& people, const Screen& screen) {
  json.key("client").begin_object().key("contact");
  write_contact(json, people.contact, screen);
  json.key("organisation");
  write_organisation(json, people.organisation);
  json.end_object().key("points_of_contact").begin_object().key("assignee");
  write_assignee(json, people.assignee, screen);
  json.key("contact");
  write_contact(json, people.contact, screen);
  json.end_object();
}

void write_ticket_detail(JsonWriter& json, const TicketView& view, const Screen& screen) {
  write_ticket_members(json, view.row, view.counts, screen);
  json.key("shown_number").text("#" + view.row.number);
  json.key("description").value(view.row.description).key("creator");
  write_actor(json, view.row.creator, view.row.id, screen);
  json.key("notify_client").boolean(view.row.notify_client);
  json.key("notify_assignee").boolean(view.row.notify_assignee);
  write_people_members(json, view.people, screen);
  write_work_members(json, view, screen);
  write_relation_members(json, view, screen);
}

}  // namespace greffe
