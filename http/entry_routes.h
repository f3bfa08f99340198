// Handlers and rows that the routes of directory and catalogue share; see directory_json.h and
// catalogue_json.h for the documents.
#pragma once

#include "http/catalogue_json.h"
#include "http/command_call.h"
#include "http/directory_json.h"
#include "http/query_call.h"
#include "http/reader.h"

namespace greffe {

// Create and change by the tables of `bodies`, which live as long as the program.
void add_entry_commands(Routes& routes, const AggregateBodies& bodies);

// Of the directory, clients see the entry of their own contact, and managers that of their
// organisation.
Handled check_may_see(const Call& call, const Snapshot& snapshot, StreamId entry);

// One entry as a document with its ETag.
template <class Row>
void answer_entry(const Call& call, const Snapshot& snapshot, const Row& row, HttpResponse& response) {
  JsonWriter json(response.body);
  json.begin_object();
  write_entry_members(json, row, snapshot);
  write_seen(json, call.services, snapshot.seen());
  json.end_object();
  response.headers.emplace_back("ETag", "\"" + std::to_string(row.version.value) + "\"");
}

// One entry, by the snapshot's method for its kind.
template <class IdType, auto find>
Handled get_entry(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, document_parameters());
  if (!wanted) return fail(wanted.error());
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  const auto id = id_in_path<IdType>(call);
  if (auto seen = check_may_see(call, **snapshot, stream_of(id.value_or(IdType{}))); !seen) return seen;
  const auto row = id ? ((**snapshot).*find)(*id) : std::nullopt;
  if (!row) return fail(problem_of(not_found(stream_of(IdType{}).kind)));
  answer_entry(call, **snapshot, *row, response);
  return {};
}

// `"items":[…]`, after the brace of a page's object.
template <class Row>
void write_items(JsonWriter& json, const std::vector<Row>& rows, const Snapshot& snapshot) {
  json.key("items").begin_array();
  for (const auto& row : rows) {
    json.begin_object();
    write_entry_members(json, row, snapshot);
    json.end_object();
  }
  json.end_array();
}

// A page of all entries of a kind.
template <auto page_of>
Handled list_entries(const Call& call, HttpResponse& response) {
  const auto wanted = asked(call, page_parameters());
  if (!wanted) return fail(wanted.error());
  const auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  const auto page = ((**snapshot).*page_of)(wanted->limit, wanted->cursor);
  if (!page) return fail(bad_cursor());
  JsonWriter json(response.body);
  json.begin_object();
  write_items(json, page->rows, **snapshot);
  end_page(json, call.services, (*snapshot)->seen(), page->next_cursor);
  return {};
}

// One row a query: path, summary, handler, its parameters, the answer's schema.
struct QueryRow {
  const char* path;
  const char* summary;
  Handled (*handle)(const Call&, HttpResponse&);
  std::vector<ParameterText> parameters;
  const char* answer;
  bool for_clients = false;
};
void add_queries(Routes& routes, std::vector<QueryRow> rows);

Routes catalogue_routes();

}  // namespace greffe
