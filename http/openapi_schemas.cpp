#include "events/record.h"
#include "http/catalogue_json.h"
#include "http/command_bodies.h"
#include "http/openapi.h"
#include "http/openapi_parts.h"
#include "http/problem.h"
#include "projections/clocks/sla.h"

namespace greffe {
namespace {

using namespace openapi;

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
  const Json points = list_of(ref("ContactPoint"));
  add_entry(schemas, "Contact",
            {{"display_name", text()},
             {"email", text()},
             {"phone", text()},
             {"organisation", or_null(ref("Entry"))},
             {"external_id", text()},
             {"role", name_schema<ContactRole>()},
             {"language", text()},
             {"contact_points", points}});
  add_entry(schemas, "Organisation",
            {{"display_name", text()},
             {"kind", name_schema<OrganisationKind>()},
             {"external_id", text()},
             {"contact_points", points}});
  add_entry(schemas, "Agent",
            {{"display_name", text()},
             {"email", text()},
             {"assignable", boolean()},
             {"external_id", text()},
             {"role", name_schema<AgentRole>()},
             {"contact_points", points}});
  for (const auto* looked_up : {"OrganisationPage", "AgentPage"}) {
    schemas[looked_up]["properties"]["more"] = boolean();  // of look-ups only
  }
  add_entry(schemas, "Team", {{"display_name", text()}, {"members", list_of(ref("Entry"))}, {"external_id", text()}});
}

void add_commands(Json& schemas) {
  const std::vector<Member> answer = {{"version", integer()},
                                      {"position", id_schema()},
                                      {"events", list_of(object({{"type", text()}, {"position", id_schema()}}))}};
  schemas["SettingsCommandAnswer"] = object(answer);
  schemas["TicketCommandAnswer"] = object(joined(joined({{"number", text()}}, answer), {{"left_open", left_open()}}));
  schemas["EntryCommandAnswer"] = object(joined({{"id", id_schema()}}, answer));
  Json dry_run = object({{"dry_run", {{"const", true}}}, {"events", list_of(of_type("object"))}});
  dry_run["properties"]["left_open"] = left_open();  // of commands of tickets only
  schemas["DryRun"] = std::move(dry_run);
  Json areas = Json::object();
  Json versions = Json::object();
  for (const auto& body : settings_bodies()) {
    schemas[settings_schema_name(body.name)] = body.schema;
    areas[body.name] = ref(settings_schema_name(body.name).c_str());
    versions[body.name] = integer();
  }
  schemas["Settings"] = object({{"settings", {{"type", "object"}, {"properties", areas}}},
                                {"versions", {{"type", "object"}, {"properties", versions}}}});
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
  const Json search = object({{"lag_ms", integer()}, {"rebuilding", boolean()}});
  schemas["Readiness"] = object({{"status", text()}, {"reasons", list_of(text())}, {"search", or_null(search)}});
  schemas["ImportReport"] = of_type("object");
  schemas["OpenApi"] = of_type("object");
}

}  // namespace

Json answer_schemas() {
  Json schemas = Json::object();
  add_ticket_schemas(schemas);
  add_clocks(schemas);
  add_report_schemas(schemas);
  add_directory(schemas);
  add_catalogue_schemas(schemas);
  add_commands(schemas);
  add_events(schemas);
  add_service(schemas);
  return schemas;
}

}  // namespace greffe
