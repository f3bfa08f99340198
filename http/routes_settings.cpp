#include "http/command_call.h"
#include "http/query_call.h"
#include "http/route.h"

namespace greffe {
namespace {

// Settings come from the writer, not from a view: what PUT acknowledged is what GET answers.
// The document has exactly the form that PUT takes, so that it can be edited and sent back.
template <auto area, auto version>
Handled get_area(const Call& call, HttpResponse& response) {
  // Any min_position that was ever answered is in force here already.
  if (const auto wanted = asked(call, document_parameters()); !wanted) return fail(wanted.error());
  const auto settings = call.services.writer.settings();
  JsonWriter(response.body).value((*settings).*area);
  response.headers.emplace_back("ETag", "\"" + std::to_string(((*settings).*version).value) + "\"");
  return {};
}

Handled (*getter_of(SettingsArea area))(const Call&, HttpResponse&) {
  switch (area) {
    case SettingsArea::tenant: return get_area<&Settings::tenant, &Settings::tenant_version>;
    case SettingsArea::statuses: return get_area<&Settings::statuses, &Settings::statuses_version>;
    case SettingsArea::priorities: return get_area<&Settings::priorities, &Settings::priorities_version>;
    case SettingsArea::sla: return get_area<&Settings::sla, &Settings::sla_version>;
    case SettingsArea::none: break;
  }
  return nullptr;
}

}  // namespace

Routes settings_routes() {
  Routes routes;
  for (const auto& body : settings_bodies()) {
    const auto area = *named<SettingsArea>(body.name);
    routes.push_back({.method = "GET",
                      .path = "/v1/settings/" + body.name,
                      .summary = "This area of the settings, in the form that PUT takes.",
                      .handle = getter_of(area),
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
