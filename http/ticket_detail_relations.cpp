#include <algorithm>

#include "http/ticket_detail_json.h"

namespace greffe {
namespace {

std::string_view name_of_link(const LinkRow& link) {
  return link.inverse ? inverse_name_of(link.type) : name_of(link.type);
}

// Links of all that are one ticket now: none among themselves, none twice.
std::vector<LinkRow> united_links(const TicketView& view) {
  std::vector<LinkRow> united;
  for (const auto& origin : view.origins) {
    for (const auto& link : origin.parts.links) {
      const bool within = std::any_of(view.origins.begin(), view.origins.end(),
                                      [&](const OriginParts& other) { return other.number == link.other_number; });
      const bool known = std::any_of(united.begin(), united.end(), [&](const LinkRow& other) {
        return other.other == link.other && name_of_link(other) == name_of_link(link);
      });
      if (!within && !known) united.push_back(link);
    }
  }
  return united;
}

void write_links(JsonWriter& json, const TicketView& view, const Screen& screen) {
  json.key("links").begin_array();
  for (const auto& link : united_links(view)) {
    json.begin_object().key("name").text(name_of_link(link));
    json.key("type").value(link.type).key("inverse").boolean(link.inverse).key("ticket");
    const auto other = view.linked.find(link.other);
    if (other != view.linked.end()) write_ticket_line(json, other->second, screen.settings);
    else json.null();
    json.end_object();
  }
  json.end_array();
}

void write_line_or_null(JsonWriter& json, const std::optional<TicketRow>& row, const Screen& screen) {
  if (row) write_ticket_line(json, *row, screen.settings);
  else json.null();
}

}  // namespace

void write_relation_members(JsonWriter& json, const TicketView& view, const Screen& screen) {
  write_links(json, view, screen);
  json.key("children").begin_array();
  for (const auto& child : view.children) write_ticket_line(json, child, screen.settings);
  json.end_array().key("parent_ticket");
  write_line_or_null(json, view.parent, screen);
  json.key("merged_into_ticket");
  write_line_or_null(json, view.merged_into, screen);
  // What the absorbed ones had absorbed before is in it too: all of it is one ticket now.
  json.key("absorbed").begin_array();
  for (const auto& origin : view.origins) {
    if (!origin.own) json.text(origin.number);
  }
  json.end_array().key("split_from");
  if (view.own().split_from) json.text(view.own().split_from->number);
  else json.null();
}

}  // namespace greffe
