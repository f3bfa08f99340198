#include "events/record.h"
#include "http/command_bodies.h"
#include "http/openapi.h"
#include "http/problem.h"
#include "projections/clocks/sla.h"

namespace greffe {
namespace {

using Member = std::pair<const char*, Json>;

// Every member is always there; what may have no value is null.
Json object(const std::vector<Member>& members) {
  Json properties = Json::object();
  Json names = Json::array();
  for (const auto& [name, schema] : members) {
    properties[name] = schema;
    names.push_back(name);
  }
  return {{"type", "object"}, {"properties", properties}, {"required", names}};
}

Json of_type(const char* type) { return {{"type", type}}; }
Json text() { return of_type("string"); }
Json integer() { return of_type("integer"); }
Json boolean() { return of_type("boolean"); }
Json instant() { return {{"type", "string"}, {"format", "date-time"}}; }
Json list_of(Json item) { return {{"type", "array"}, {"items", std::move(item)}}; }
Json or_null(Json schema) { return {{"anyOf", Json::array({std::move(schema), of_type("null")})}}; }
Json ref(const char* name) { return {{"$ref", std::string("#/components/schemas/") + name}}; }

template <NamedEnum E>
Json name_schema() {
  return NameInput<E>().schema();
}

std::vector<Member> joined(std::vector<Member> first, const std::vector<Member>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

std::vector<Member> seen() { return {{"position", id_schema()}, {"age_ms", integer()}}; }

Json page_of(const char* item) {
  return object(joined({{"items", list_of(ref(item))}, {"next_cursor", or_null(text())}}, seen()));
}

std::vector<Member> ticket_members() {
  return {
      {"id", id_schema()},
      {"number", text()},
      {"kind", name_schema<TicketKind>()},
      {"channel", name_schema<Channel>()},
      {"origin", text()},
      {"title", text()},
      {"status", object({{"key", text()}, {"category", name_schema<Category>()}})},
      {"priority", object({{"key", text()}, {"rank", integer()}})},
      {"category", list_of(text())},
      {"request_type", text()},
      {"group", text()},
      {"contact", or_null(ref("Entry"))},
      {"organisation", or_null(ref("Entry"))},
      {"team", or_null(ref("Entry"))},
      {"assignee", or_null(ref("Entry"))},
      {"external_id", text()},
      {"opened_at", instant()},
      {"updated_at", instant()},
      {"first_closed_at", or_null(instant())},
      {"last_closed_at", or_null(instant())},
      {"reopen_count", integer()},
      {"reassignment_count", integer()},
      {"message_count", integer()},
      {"version", integer()},
      {"imported", boolean()},
  };
}

void add_tickets(Json& schemas) {
  schemas["Entry"] = object({{"id", id_schema()}, {"name", text()}});
  schemas["Actor"] =
      object({{"kind", name_schema<ActorKind>()}, {"id", or_null(id_schema())}, {"name", or_null(text())}});
  schemas["TicketRow"] = object(ticket_members());
  schemas["TicketPage"] = page_of("TicketRow");
  const std::vector<Member> detail = {
      {"description", text()}, {"creator", ref("Actor")}, {"allowed_actions", list_of(text())}};
  schemas["TicketDetail"] = object(joined(joined(ticket_members(), detail), seen()));
  schemas["TimelineEntry"] = object({{"position", id_schema()},
                                     {"version", integer()},
                                     {"type", text()},
                                     {"occurred_at", instant()},
                                     {"recorded_at", instant()},
                                     {"by", ref("Actor")},
                                     {"actor", ref("Actor")},
                                     {"imported", boolean()},
                                     {"data", of_type("object")}});
  schemas["TimelinePage"] = page_of("TimelineEntry");
}

void add_clocks(Json& schemas) {
  schemas["Clock"] = object({{"metric", name_schema<Metric>()},
                             {"instance", integer()},
                             {"state", name_schema<ClockState>()},
                             {"ended", boolean()},
                             {"priority", text()},
                             {"target_ms", integer()},
                             {"counted_ms", integer()},
                             {"remaining_ms", integer()},
                             {"deadline", or_null(instant())},
                             {"breached_at", or_null(instant())},
                             {"started_at", instant()},
                             {"ended_at", or_null(instant())}});
  schemas["ClockPage"] = page_of("Clock");
  schemas["ClockPage"]["properties"]["now"] = instant();
  schemas["ClockPage"]["required"].push_back("now");
  schemas["WorkSession"] = object({{"agent", ref("Entry")},
                                   {"started_at", instant()},
                                   {"ended_at", instant()},
                                   {"counted_ms", integer()},
                                   {"evidence_count", integer()},
                                   {"first_evidence", id_schema()},
                                   {"last_evidence", id_schema()},
                                   {"capped", boolean()}});
  schemas["WorkTime"] =
      object(joined({{"worked_ms", integer()},
                     {"by_agent", list_of(object({{"agent", ref("Entry")}, {"worked_ms", integer()}}))},
                     {"sessions", list_of(ref("WorkSession"))}},
                    seen()));
}

void add_entry(Json& schemas, const std::string& name, const std::vector<Member>& details) {
  const std::vector<Member> life = {
      {"active", boolean()}, {"created_at", instant()}, {"updated_at", instant()}, {"version", integer()}};
  const auto members = joined(joined({{"id", id_schema()}}, details), life);
  schemas[name + "Row"] = object(members);
  schemas[name] = object(joined(members, seen()));
  schemas[name + "Page"] = page_of((name + "Row").c_str());
}

void add_directory(Json& schemas) {
  add_entry(schemas, "Contact",
            {{"display_name", text()},
             {"email", text()},
             {"phone", text()},
             {"organisation", or_null(ref("Entry"))},
             {"external_id", text()}});
  add_entry(schemas, "Organisation",
            {{"display_name", text()}, {"kind", name_schema<OrganisationKind>()}, {"external_id", text()}});
  add_entry(schemas, "Agent",
            {{"display_name", text()}, {"email", text()}, {"assignable", boolean()}, {"external_id", text()}});
  add_entry(schemas, "Team", {{"display_name", text()}, {"members", list_of(ref("Entry"))}, {"external_id", text()}});
}

void add_commands(Json& schemas) {
  const std::vector<Member> answer = {{"version", integer()},
                                      {"position", id_schema()},
                                      {"events", list_of(object({{"type", text()}, {"position", id_schema()}}))}};
  schemas["SettingsCommandAnswer"] = object(answer);
  schemas["TicketCommandAnswer"] = object(joined({{"number", text()}}, answer));
  schemas["EntryCommandAnswer"] = object(joined({{"id", id_schema()}}, answer));
  schemas["DryRun"] = object({{"dry_run", {{"const", true}}}, {"events", list_of(of_type("object"))}});
  for (const auto& body : settings_bodies()) schemas[settings_schema_name(body.name)] = body.schema;
}

void add_events(Json& schemas) {
  schemas["Event"] = object({{"position", id_schema()},
                             {"stream", text()},
                             {"version", integer()},
                             {"type", text()},
                             {"schema_version", integer()},
                             {"commit", object({{"first", id_schema()}, {"count", integer()}})},
                             {"recorded_at", instant()},
                             {"occurred_at", instant()},
                             {"actor", text()},
                             {"data", of_type("object")}});
  schemas["EventPage"] = page_of("Event");
  schemas["CloudEvents"] = list_of(object({{"specversion", {{"const", "1.0"}}},
                                           {"id", id_schema()},
                                           {"source", text()},
                                           {"type", text()},
                                           {"subject", text()},
                                           {"time", instant()},
                                           {"datacontenttype", text()},
                                           {"position", id_schema()},
                                           {"streamversion", integer()},
                                           {"commitfirst", id_schema()},
                                           {"commitcount", integer()},
                                           {"schemaversion", integer()},
                                           {"recordedtime", instant()},
                                           {"actor", text()},
                                           {"data", of_type("object")}}));
}

void add_service(Json& schemas) {
  Json codes = Json::array();
  for (const auto name : names_of(RequestCode{})) codes.push_back(name);
  for (const auto name : names_of(RejectionCode{})) codes.push_back(name);
  Json fault = object({{"field", text()}, {"code", name_schema<FieldCode>()}});
  schemas["Problem"] = object({{"type", text()},
                               {"title", text()},
                               {"status", integer()},
                               {"code", {{"type", "string"}, {"examples", codes}}},
                               {"detail", text()},
                               {"errors", list_of(fault)}});
  schemas["Health"] = object({{"status", text()}});
  schemas["Readiness"] = object({{"status", text()}, {"reasons", list_of(text())}});
  schemas["ImportReport"] = of_type("object");
  schemas["OpenApi"] = of_type("object");
}

}  // namespace

Json answer_schemas() {
  Json schemas = Json::object();
  add_tickets(schemas);
  add_clocks(schemas);
  add_directory(schemas);
  add_commands(schemas);
  add_events(schemas);
  add_service(schemas);
  return schemas;
}

}  // namespace greffe
