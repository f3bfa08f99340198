// The whole ticket as JSON: what its screen shows.
#pragma once

#include "http/ticket_json.h"
#include "http/ticket_view.h"

namespace greffe {

// The members of a list's row and everything beside it, within an object already begun. Lists
// unite what is the ticket's own and what it absorbed: items of an absorbed ticket have its
// number as `origin`, the ticket's own have null.
void write_ticket_detail(JsonWriter& json, const TicketView& view, const Screen& screen);

// The parts of it, by subject.
// "client", "points_of_contact": how to reach who the ticket is for, and who has it.
void write_people_members(JsonWriter& json, const TicketPeople& people, const Screen& screen);
// "watchers", "contexts", "todos", "documents", "articles", "interventions", "points", "answers".
void write_work_members(JsonWriter& json, const TicketView& view, const Screen& screen);
// "links", "children", "parent_ticket", "merged_into_ticket", "absorbed", "split_from".
void write_relation_members(JsonWriter& json, const TicketView& view, const Screen& screen);

// {"agent","contact","email"}; one of them is not null.
void write_addressee(JsonWriter& json, const Addressee& addressee, const Screen& screen);

}  // namespace greffe
