#include "commands/ticket/taxonomy.h"
#include "http/command_call.h"
#include "http/query_call.h"
#include "http/reader.h"
#include "http/route.h"

namespace greffe {
namespace {

void write_area(JsonWriter& json, const Settings& settings, SettingsArea area) {
  for_each_area([&](SettingsArea at, auto member) {
    if (at == area) json.value(settings.*member);
  });
}

// What a client's own pages need: how tickets look and what is asked at their opening.
bool is_for_clients(SettingsArea area) {
  switch (area) {
    case SettingsArea::tenant:
    case SettingsArea::statuses:
    case SettingsArea::priorities:
    case SettingsArea::taxonomy:
    case SettingsArea::opening:
    case SettingsArea::intake:
    case SettingsArea::contexts:
    case SettingsArea::attachments: return true;
    default: return false;
  }
}

// Clients are shown the categories that they may choose.
void write_taxonomy(JsonWriter& json, const Call& call, TaxonomyDefined taxonomy) {
  const Reader reader(call.principal, *call.services.views.snapshot());
  if (reader.is_client()) {
    const auto role = reader.role() == rights::Role::manager ? rights::Role::manager : rights::Role::subscriber;
    taxonomy.category = subjects::offered_to(role, std::move(taxonomy.category));
  }
  json.value(taxonomy);
}

// Settings come from the writer, not from a view: what PUT acknowledged is what GET answers.
// The document has exactly the form that PUT takes, so that it can be edited and sent back.
Handled get_area(const Call& call, SettingsArea area, HttpResponse& response) {
  // Any min_position that was ever answered is in force here already.
  if (const auto wanted = asked(call, document_parameters()); !wanted) return fail(wanted.error());
  const auto settings = call.services.writer.settings();
  JsonWriter json(response.body);
  if (area == SettingsArea::taxonomy) write_taxonomy(json, call, settings->taxonomy);
  else write_area(json, *settings, area);
  response.headers.emplace_back("ETag", "\"" + std::to_string(settings->version(area).value) + "\"");
  return {};
}

// All areas as of one moment; "settings" has the form of a profile's.
Handled get_all(const Call& call, HttpResponse& response) {
  if (const auto wanted = asked(call, document_parameters()); !wanted) return fail(wanted.error());
  const auto settings = call.services.writer.settings();
  JsonWriter json(response.body);
  json.begin_object().key("settings").begin_object();
  for_each_area([&](SettingsArea area, auto member) { json.key(name_of(area)).value((*settings).*member); });
  json.end_object().key("versions").begin_object();
  for_each_area([&](SettingsArea area, auto) { json.key(name_of(area)).value(settings->version(area)); });
  json.end_object().end_object();
  return {};
}

}  // namespace

Routes settings_routes() {
  Routes routes;
  routes.push_back({.method = "GET",
                    .path = "/v1/settings",
                    .summary = "All areas of the settings and their versions.",
                    .handle = get_all,
                    .parameters = texts_of(document_parameters()),
                    .answer = "Settings"});
  for (const auto& body : settings_bodies()) {
    const auto area = *named<SettingsArea>(body.name);
    routes.push_back(
        {.method = "GET",
         .path = "/v1/settings/" + body.name,
         .summary = "This area of the settings, in the form that PUT takes.",
         .handle = [area](const Call& call, HttpResponse& response) { return get_area(call, area, response); },
         .for_clients = is_for_clients(area),
         .parameters = texts_of(document_parameters()),
         .answer = settings_schema_name(body.name)});
    routes.push_back({.method = "PUT",
                      .path = "/v1/settings/" + body.name,
                      .summary = body.summary,
                      .handle =
                          [&body](const Call& call, HttpResponse& response) {
                            return handle_command(call, body, 0, {StreamKind::settings, "settings", false}, response);
                          },
                      .body = &body,
                      .answer = "SettingsCommandAnswer"});
  }
  return routes;
}

}  // namespace greffe
