#include "http/lookup.h"

#include "commands/limits.h"
#include "projections/lookup/name_index.h"

namespace greffe {
namespace {

using P = Parameters<LookupAsked>;

constexpr std::size_t prefix_bytes_max = limits::display_name_bytes_max;

Json text_schema() { return {{"type", "string"}}; }

// The rows of a page, read into the page's part.
P page_rows() {
  P rows;
  for (const auto& row : page_parameters()) {
    rows.push_back({row.name, row.description, row.schema, row.is_list,
                    [read = row.read](std::string_view text, LookupAsked& into) { return read(text, into); }});
  }
  rows.push_back({"prefix", "The beginning of a word of the name, three characters or more; several words all count.",
                  Json{{"type", "string"}, {"maxLength", prefix_bytes_max}}, false,
                  [](std::string_view text, LookupAsked& into) -> std::optional<FieldCode> {
                    if (text.size() > prefix_bytes_max) return FieldCode::too_long;
                    into.prefix = text;
                    return std::nullopt;
                  }});
  return rows;
}

// What the four have in common: parameters, the letters typed, the snapshot.
struct Lookup {
  LookupAsked asked;
  std::shared_ptr<const Snapshot> snapshot;
};
Result<Lookup, Problem> begin(const Call& call, const P& table) {
  auto wanted = asked(call, table);
  if (!wanted) return fail(wanted.error());
  // The dropdown of an assignment shows everybody before anything is typed.
  if (wanted->prefix && !wanted->assignable) {
    if (auto typed = check_typed(*wanted->prefix); !typed) return fail(typed.error());
  }
  auto snapshot = snapshot_at(call.services, wanted->min_position);
  if (!snapshot) return fail(snapshot.error());
  return Lookup{std::move(*wanted), std::move(*snapshot)};
}

// Who of the other side may look up, of what is not looked up by the desk alone.
Handled check_looks_up(const Reader& reader) {
  if (!reader.is_client() || reader.role() == rights::Role::manager) return {};
  return fail(problem_of(refuse(RejectionCode::forbidden, "Of clients, managers alone look up.").value()));
}

// The matches of one organisation. There is no index of its own for them: more of all matches are
// read until there are enough.
Matches<ContactRow> people_of(const Snapshot& snapshot, std::string_view typed,
                              std::optional<OrganisationId> organisation) {
  Matches<ContactRow> found;
  if (!organisation) return found;
  for (auto scanned = people_limit_max; scanned <= people_scanned_max; scanned *= 10) {
    found = snapshot.contacts_named(typed, scanned);
    std::erase_if(found.rows, [&](const ContactRow& row) { return row.details.organisation != organisation; });
    if (found.rows.size() >= people_limit_max || !found.more) break;
  }
  if (found.rows.size() <= people_limit_max) return found;
  found.rows.erase(found.rows.begin() + people_limit_max, found.rows.end());
  found.more = true;
  return found;
}

// What a manager chooses from: the rest of the entries is for the desk.
void write_labels(JsonWriter& json, const std::vector<ContextRow>& rows) {
  json.key("items").begin_array();
  for (const auto& row : rows) {
    json.begin_object().key("id").value(row.id).key("type").text(row.details.type);
    json.key("label").value(row.details.label).end_object();
  }
  json.end_array();
}

// A look-up has no second page, and so no cursor.
template <class Row>
Handled answer_page(const Call& call, const Lookup& lookup, const Matches<Row>& matches, HttpResponse& response) {
  if (!lookup.asked.cursor.empty()) return fail(bad_cursor());
  JsonWriter json(response.body);
  json.begin_object();
  write_items(json, matches.rows, *lookup.snapshot);
  json.key("more").boolean(matches.more);
  end_page(json, call.services, lookup.snapshot->seen(), {});
  return {};
}

}  // namespace

const P& named_parameters() {
  static const P table = page_rows();
  return table;
}

const P& agent_parameters() {
  static const P table = [] {
    P rows = page_rows();
    rows.push_back({"assignable", "Only agents who can be given tickets, by name; `prefix` may have any length.",
                    Json{{"type", "boolean"}}, false,
                    [](std::string_view text, LookupAsked& into) -> std::optional<FieldCode> {
                      if (text != "true" && text != "false") return FieldCode::not_one_of;
                      into.assignable = text == "true";
                      return std::nullopt;
                    }});
    return rows;
  }();
  return table;
}

const P& context_parameters() {
  static const P table = [] {
    P rows = page_rows();
    rows.push_back({"type", "Only contexts of this type, by label; needed with `prefix`.", text_schema(), false,
                    [](std::string_view text, LookupAsked& into) -> std::optional<FieldCode> {
                      if (text.empty()) return FieldCode::too_short;
                      if (text.size() > limits::key_bytes_max) return FieldCode::too_long;
                      into.type = text;
                      return std::nullopt;
                    }});
    return rows;
  }();
  return table;
}

const P& people_parameters() {
  static const P table = [] {
    P rows;
    for (const auto& row : page_rows()) {
      if (row.name == "prefix" || row.name == "min_position") rows.push_back(row);
    }
    return rows;
  }();
  return table;
}

Handled check_typed(std::string_view typed) {
  if (typed_characters(typed) < lookup_characters_min) return fail(invalid_fields({{"prefix", FieldCode::too_short}}));
  if (too_many_words(typed)) return fail(invalid_fields({{"prefix", FieldCode::too_many}}));
  return {};
}

Handled look_up_people(const Call& call, HttpResponse& response) {
  const auto lookup = begin(call, people_parameters());
  if (!lookup) return fail(lookup.error());
  if (!lookup->asked.prefix) return fail(invalid_fields({{"prefix", FieldCode::required}}));
  const auto& snapshot = *lookup->snapshot;
  const Reader reader(call.principal, snapshot);
  if (auto checked = check_looks_up(reader); !checked) return checked;
  const auto& typed = *lookup->asked.prefix;
  const auto matches = reader.is_client() ? people_of(snapshot, typed, reader.organisation())
                                          : snapshot.contacts_named(typed, people_limit_max);
  JsonWriter json(response.body);
  json.begin_object();
  write_items(json, matches.rows, snapshot);
  json.key("more").boolean(matches.more);
  write_seen(json, call.services, snapshot.seen());
  json.end_object();
  return {};
}

Handled look_up_organisations(const Call& call, HttpResponse& response) {
  const auto lookup = begin(call, named_parameters());
  if (!lookup) return fail(lookup.error());
  const auto& wanted = lookup->asked;
  const auto matches = lookup->snapshot->organisations_named(wanted.prefix.value_or(""), wanted.limit);
  return answer_page(call, *lookup, matches, response);
}

Handled look_up_agents(const Call& call, HttpResponse& response) {
  const auto lookup = begin(call, agent_parameters());
  if (!lookup) return fail(lookup.error());
  const auto& wanted = lookup->asked;
  const auto typed = wanted.prefix.value_or("");
  const auto matches = wanted.assignable ? lookup->snapshot->assignable_agents(typed, wanted.limit)
                                         : lookup->snapshot->agents_named(typed, wanted.limit);
  return answer_page(call, *lookup, matches, response);
}

Handled look_up_contexts(const Call& call, HttpResponse& response) {
  const auto lookup = begin(call, context_parameters());
  if (!lookup) return fail(lookup.error());
  const auto& wanted = lookup->asked;
  if (!wanted.type) return fail(invalid_fields({{"type", FieldCode::required}}));
  const Reader reader(call.principal, *lookup->snapshot);
  if (auto checked = check_looks_up(reader); !checked) return checked;
  if (reader.is_client() && !wanted.prefix) return fail(invalid_fields({{"prefix", FieldCode::required}}));
  const auto matches = lookup->snapshot->contexts_labelled(*wanted.type, wanted.prefix.value_or(""), wanted.limit);
  if (!reader.is_client()) return answer_page(call, *lookup, matches, response);
  if (!wanted.cursor.empty()) return fail(bad_cursor());
  JsonWriter json(response.body);
  json.begin_object();
  write_labels(json, matches.rows);
  json.key("more").boolean(matches.more);
  end_page(json, call.services, lookup->snapshot->seen(), {});
  return {};
}

}  // namespace greffe
