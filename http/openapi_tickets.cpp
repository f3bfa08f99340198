#include "commands/rights.h"
#include "events/record.h"
#include "http/openapi_parts.h"
#include "projections/lists/query.h"
#include "projections/search/search.h"

namespace greffe::openapi {
namespace {

std::vector<Member> row_members() {
  std::vector<Member> members = {
      {"id", id_schema()},
      {"number", text()},
      {"kind", name_schema<TicketKind>()},
      {"channel", name_schema<Channel>()},
      {"origin", text()},
      {"title", text()},
      {"status", ref("StatusShown")},
      {"priority", ref("PriorityShown")},
      {"category", list_of(text())},
      {"request_type", text()},
      {"group", text()},
      {"contact", or_null(ref("Entry"))},
      {"organisation", or_null(ref("Entry"))},
      {"team", or_null(ref("Entry"))},
      {"assignee", or_null(ref("Entry"))},
      {"copies", list_of(ref("Entry"))},
      {"external_id", text()},
      {"opened_at", instant()},
      {"updated_at", instant()},
      {"first_closed_at", or_null(instant())},
      {"last_closed_at", or_null(instant())},
      {"due_at", or_null(instant())},
      {"estimated_resolution_at", or_null(instant())},
      {"reopen_count", integer()},
      {"reassignment_count", integer()},
      {"message_count", or_null(integer())},
      {"document_count", or_null(integer())},
      {"todo_count", or_null(integer())},
      {"open_todo_count", or_null(integer())},
      {"child_count", or_null(integer())},
      {"context_types", list_of(text())},
      {"parent", or_null(text())},
      {"merged_into", or_null(text())},
      {"read", boolean()},
      {"needs_look", boolean()},
      {"version", integer()},
      {"imported", boolean()},
  };
  for_each_field<Particulars>([&](const auto& f, std::size_t) { members.emplace_back(f.name, text()); });
  return members;
}

void add_people(Json& schemas) {
  schemas["Entry"] = object({{"id", id_schema()}, {"name", text()}});
  schemas["Actor"] =
      object({{"kind", name_schema<ActorKind>()}, {"id", or_null(id_schema())}, {"name", or_null(text())}});
  schemas["Addressee"] =
      object({{"agent", or_null(ref("Entry"))}, {"contact", or_null(ref("Entry"))}, {"email", or_null(text())}});
  schemas["ContactPoint"] = object({{"kind", name_schema<ContactPointKind>()}, {"label", text()}, {"value", text()}});
  schemas["ClientContact"] = object({{"id", id_schema()},
                                     {"name", text()},
                                     {"email", text()},
                                     {"phone", text()},
                                     {"language", text()},
                                     {"organisation", or_null(ref("Entry"))},
                                     {"contact_points", list_of(ref("ContactPoint"))}});
  schemas["ClientOrganisation"] = object({{"id", id_schema()},
                                          {"name", text()},
                                          {"kind", name_schema<OrganisationKind>()},
                                          {"contact_points", list_of(ref("ContactPoint"))}});
  schemas["AssigneeContact"] = object(
      {{"id", id_schema()}, {"name", text()}, {"email", text()}, {"contact_points", list_of(ref("ContactPoint"))}});
  schemas["Me"] = object(joined({{"person", ref("Actor")},
                                 {"actor", ref("Actor")},
                                 {"role", name_schema<rights::Role>()},
                                 {"client", boolean()},
                                 {"assignable", boolean()},
                                 {"rights", list_of(text())}},
                                seen()));
}

void add_shown(Json& schemas) {
  schemas["StatusShown"] =
      object({{"key", text()}, {"category", name_schema<Category>()}, {"label", text()}, {"colour", text()}});
  schemas["PriorityShown"] = object({{"key", text()}, {"rank", integer()}, {"label", text()}, {"colour", text()}});
  schemas["TicketLine"] = object({{"number", text()}, {"title", text()}, {"status", ref("StatusShown")}});
}

// An item of a united list: with the number of the absorbed ticket that it is from.
Json item(const std::vector<Member>& members) { return object(joined({{"origin", or_null(text())}}, members)); }

void add_work_items(Json& schemas) {
  schemas["Watcher"] =
      item({{"kind", name_schema<WatcherKind>()}, {"watcher", ref("Addressee")}, {"added_at", instant()}});
  schemas["LinkedContext"] = item({{"link", integer()},
                                   {"type", text()},
                                   {"context", or_null(id_schema())},
                                   {"label", text()},
                                   {"url", text()},
                                   {"summary", list_of(object({{"name", text()}, {"text", text()}}))},
                                   {"live", or_null(ref("LiveContext"))}});
  schemas["LiveContext"] = object({{"label", text()},
                                   {"url", text()},
                                   {"summary", list_of(object({{"name", text()}, {"text", text()}}))},
                                   {"active", boolean()}});
  schemas["Todo"] = item({{"todo", integer()},
                          {"text", text()},
                          {"assignee", or_null(ref("Entry"))},
                          {"due_at", or_null(instant())},
                          {"done", boolean()},
                          {"done_at", or_null(instant())},
                          {"done_by", or_null(ref("Actor"))}});
  schemas["TicketDocument"] = item({{"document", integer()},
                                    {"file_name", text()},
                                    {"media_type", text()},
                                    {"size_bytes", integer()},
                                    {"sha256", text()},
                                    {"visibility", name_schema<Visibility>()},
                                    {"message", or_null(integer())},
                                    {"held_by", or_null(text())},
                                    {"attached_at", instant()},
                                    {"by", ref("Actor")},
                                    {"url", text()}});
  schemas["Article"] = item({{"article", integer()}, {"title", text()}, {"url", text()}});
  schemas["Intervention"] = item({{"intervention", integer()},
                                  {"title", text()},
                                  {"details", text()},
                                  {"wanted_at", or_null(instant())},
                                  {"requested_at", instant()},
                                  {"answered_at", or_null(instant())},
                                  {"reference", text()},
                                  {"url", text()},
                                  {"note", text()}});
  schemas["PointsSpentHere"] =
      item({{"contract", ref("Entry")}, {"points", integer()}, {"reason", text()}, {"spent_at", instant()}});
  schemas["AnswerGiven"] = item({{"question", text()}, {"label", text()}, {"answer", text()}});
  schemas["TicketLink"] = object({{"name", text()},
                                  {"type", name_schema<LinkType>()},
                                  {"inverse", boolean()},
                                  {"ticket", or_null(ref("TicketLine"))}});
}

std::vector<Member> detail_members() {
  return {
      {"shown_number", text()},
      {"description", text()},
      {"creator", ref("Actor")},
      {"notify_client", boolean()},
      {"notify_assignee", boolean()},
      {"client",
       object({{"contact", or_null(ref("ClientContact"))}, {"organisation", or_null(ref("ClientOrganisation"))}})},
      {"points_of_contact",
       object({{"assignee", or_null(ref("AssigneeContact"))}, {"contact", or_null(ref("ClientContact"))}})},
      {"watchers", list_of(ref("Watcher"))},
      {"contexts", list_of(ref("LinkedContext"))},
      {"todos", list_of(ref("Todo"))},
      {"documents", list_of(ref("TicketDocument"))},
      {"articles", list_of(ref("Article"))},
      {"interventions", list_of(ref("Intervention"))},
      {"points", list_of(ref("PointsSpentHere"))},
      {"answers", list_of(ref("AnswerGiven"))},
      {"links", list_of(ref("TicketLink"))},
      {"children", list_of(ref("TicketLine"))},
      {"parent_ticket", or_null(ref("TicketLine"))},
      {"merged_into_ticket", or_null(ref("TicketLine"))},
      {"absorbed", list_of(text())},
      {"split_from", or_null(text())},
      {"final", boolean()},
      {"allowed_actions", list_of(text())},
  };
}

void add_timeline(Json& schemas) {
  schemas["TimelineEntry"] = object({{"position", id_schema()},
                                     {"version", integer()},
                                     {"type", text()},
                                     {"origin", or_null(text())},
                                     {"held_by", or_null(text())},
                                     {"referenced", boolean()},
                                     {"occurred_at", instant()},
                                     {"recorded_at", instant()},
                                     {"by", ref("Actor")},
                                     {"actor", ref("Actor")},
                                     {"imported", boolean()},
                                     {"data", of_type("object")}});
  schemas["TimelinePage"] = page_of("TimelineEntry");
}

void add_lists(Json& schemas) {
  schemas["TicketPage"] = page_of("TicketRow");
  std::vector<Member> by_view;
  for (const auto view : names_of(ListView{})) by_view.emplace_back(view.data(), integer());
  const Json saved = object({{"id", id_schema()}, {"title", text()}, {"count", integer()}});
  schemas["TicketCounts"] =
      object(joined({{"selected", integer()}, {"by_view", object(by_view)}, {"saved_views", list_of(saved)}}, seen()));
  const Json value = object({{"value", text()}, {"count", integer()}});
  const Json facet = object({{"column", name_schema<FacetColumn>()},
                             {"values", list_of(value)},
                             {"distinct", integer()},
                             {"absent", integer()}});
  schemas["TicketFacets"] = object(joined({{"facets", list_of(facet)}}, seen()));
  const Json snippet = object({{"field", name_schema<SearchField>()}, {"text", text()}});
  schemas["SearchHit"] = object(joined(row_members(), {{"snippets", list_of(snippet)}, {"score", integer()}}));
  schemas["SearchPage"] = object(joined({{"items", list_of(ref("SearchHit"))},
                                         {"suggestion", or_null(text())},
                                         {"total_estimate", integer()},
                                         {"next_cursor", or_null(text())}},
                                        seen()));
}

void add_uploads(Json& schemas) {
  const std::vector<Member> file = {
      {"sha256", text()}, {"size_bytes", integer()}, {"media_type", text()}, {"file_name", text()}};
  schemas["BlobsStored"] = object({{"blobs", list_of(object(file))}});
  const Json document = object(joined(joined({{"document", integer()}}, file), {{"url", text()}}));
  schemas["DocumentsAttached"] =
      object({{"number", text()}, {"documents", list_of(document)}, {"version", integer()}, {"position", id_schema()}});
}

void add_batches(Json& schemas) {
  const Json appended = list_of(object({{"type", text()}, {"position", id_schema()}}));
  // Of a dry run, the events that would be appended, as in DryRun.
  const Json events = {{"anyOf", Json::array({appended, list_of(of_type("object"))})}};
  schemas["BatchResult"] = object({{"number", text()},
                                   {"status", integer()},
                                   {"version", or_null(integer())},
                                   {"position", or_null(id_schema())},
                                   {"events", events},
                                   {"left_open", left_open()},
                                   {"repeated", boolean()},
                                   {"problem", or_null(ref("Problem"))}});
  schemas["BatchAnswer"] = object({{"batch_id", text()}, {"results", list_of(ref("BatchResult"))}});
}

}  // namespace

void add_ticket_schemas(Json& schemas) {
  add_people(schemas);
  add_shown(schemas);
  add_work_items(schemas);
  schemas["TicketRow"] = object(row_members());
  add_lists(schemas);
  schemas["TicketDetail"] = object(joined(joined(row_members(), detail_members()), seen()));
  add_timeline(schemas);
  add_batches(schemas);
  add_uploads(schemas);
}

}  // namespace greffe::openapi
