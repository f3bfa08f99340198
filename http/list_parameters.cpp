// The parameters of ticket lists, counts and facets.
#include "http/parameter_values.h"

namespace greffe {
namespace {

using namespace parameter_values;

template <class Value>
Fault add_value(Value value, std::vector<Value>& out) {
  if (out.size() >= list_values_max) return FieldCode::too_many;
  out.push_back(std::move(value));
  return std::nullopt;
}

Json or_empty(Json schema) { return {{"anyOf", Json::array({std::move(schema), {{"const", ""}}})}}; }

// Texts are whatever somebody called a status or a group.
template <class Value>
std::string described(const char* description) {
  return std::string(description) +
         (std::same_as<Value, std::string> ? " A comma after a backslash belongs to the value." : "");
}

template <class Value>
Parameter<TicketListAsked> filter(const char* name, std::vector<Value> ListFilters::*values, Json schema) {
  return {name, described<Value>("Any of these."), std::move(schema), true,
          [values](std::string_view text, TicketListAsked& into) {
            if constexpr (std::same_as<Value, std::string>)
              return read_key(unescaped(text), into.query.filters.*values);
            else return read_item(text, into.query.filters.*values);
          }};
}

// What most tickets have one of: an empty value finds those without.
template <class Value>
Parameter<TicketListAsked> filter_or_none(const char* name, std::vector<Value> ListFilters::*values, Json schema) {
  return {name, described<Value>("Any of these; an empty value means the tickets without one."),
          or_empty(std::move(schema)), true, [values](std::string_view text, TicketListAsked& into) {
            auto& out = into.query.filters.*values;
            if (text.empty()) return add_value(Value(), out);
            if constexpr (std::same_as<Value, std::string>) {
              return read_key(unescaped(text), out);
            } else {
              typename Value::value_type id;
              const auto fault = read_value(text, id);
              return fault ? fault : add_value(Value(id), out);
            }
          }};
}

Parameter<TicketListAsked> ticket_filter(const char* name, std::vector<std::string> TicketListAsked::*numbers) {
  return {name, "Any of these tickets, by number.", text_schema(), true,
          [numbers](std::string_view text, TicketListAsked& into) { return read_key(unescaped(text), into.*numbers); }};
}

// "Incident/Network" is a path; as names may have a slash in them, it is also one name. With the slash
// escaped it is the name alone. Each may thus be two.
Fault read_category(std::string_view text, std::vector<CategoryPath>& out) {
  if (text.empty()) return add_value(CategoryPath(), out);
  CategoryPath name, path;
  const auto not_a_name = read_key(unescaped(text), name);
  if (not_a_name && not_a_name != FieldCode::too_long) return not_a_name;
  Fault not_a_path;
  for (std::size_t begin = 0; !not_a_path && begin <= text.size();) {
    const auto node = text.substr(begin, unescaped_end(text.substr(begin), '/'));
    not_a_path = read_key(unescaped(node), path);
    begin += node.size() + 1;
  }
  const bool is_path = !not_a_path && path.size() > 1;
  if (not_a_name && !is_path) return not_a_name;
  if (out.size() >= 2 * list_values_max) return FieldCode::too_many;
  if (!not_a_name) out.push_back(std::move(name));
  if (is_path) out.push_back(std::move(path));
  return std::nullopt;
}

Parameter<TicketListAsked> bound(const char* name, const char* description,
                                 std::optional<Instant> ListFilters::*instant) {
  return {name, description, instant_schema(), false, [instant](std::string_view text, TicketListAsked& into) {
            return read_instant(text, into.query.filters.*instant);
          }};
}

Parameter<TicketListAsked> flag(const char* name, const char* description, std::optional<bool> ListFilters::*wanted) {
  return {name, description, BooleanInput().schema(), false, [wanted](std::string_view text, TicketListAsked& into) {
            return read_boolean(text, (into.query.filters.*wanted).emplace());
          }};
}

Json sort_schema() {
  Json columns = Json::array();
  for (const auto name : names_of(SortColumn{})) {
    columns.push_back(name);
    columns.push_back("-" + std::string(name));
  }
  return {{"type", "string"}, {"enum", columns}};
}

Fault read_sort(std::string_view text, TicketListAsked& into) {
  if (into.query.sort.size() == list_sort_keys_max) return FieldCode::too_many;
  const auto fault = read_item(text, into.query.sort);
  if (fault) return fault;
  const auto column = into.query.sort.back().column;
  const auto same = [column](const SortKey& key) { return key.column == column; };
  return std::count_if(into.query.sort.begin(), into.query.sort.end(), same) > 1 ? Fault(FieldCode::duplicate)
                                                                                 : Fault();
}

Parameters<TicketListAsked> ticket_filters() {
  using F = ListFilters;
  return {
      filter("status", &F::status, text_schema()),
      filter("priority", &F::priority, text_schema()),
      filter_or_none("assignee", &F::assignee, id_schema()),
      filter("copy", &F::copy, id_schema()),
      filter_or_none("creator", &F::creator, id_schema()),
      filter_or_none("team", &F::team, id_schema()),
      filter_or_none("contact", &F::contact, id_schema()),
      filter_or_none("organisation", &F::organisation, id_schema()),
      filter("kind", &F::kind, NameInput<TicketKind>().schema()),
      filter("channel", &F::channel, NameInput<Channel>().schema()),
      {"category",
       "Any of these categories: the nodes from the root, `/` between them. Each holds all below it; an "
       "empty value means the tickets without one. A comma or slash after a backslash belongs to the node.",
       text_schema(), true,
       [](std::string_view text, TicketListAsked& into) { return read_category(text, into.query.filters.category); }},
      filter_or_none("request_type", &F::request_type, text_schema()),
      filter_or_none("group", &F::group, text_schema()),
      filter_or_none("origin", &F::origin, text_schema()),
      filter("context_type", &F::context_type, text_schema()),
      ticket_filter("parent", &TicketListAsked::parent_numbers),
      ticket_filter("merged_into", &TicketListAsked::merged_into_numbers),
      flag("has_parent", "Whether it is a sub-ticket.", &F::has_parent),
      flag("needs_look", "Whether somebody should look at it once more.", &F::needs_look),
      bound("opened_from", "Opened at this instant or later.", &F::opened_from),
      bound("opened_before", "Opened before this instant.", &F::opened_before),
      bound("updated_from", "Updated at this instant or later.", &F::updated_from),
      bound("updated_before", "Updated before this instant.", &F::updated_before),
      bound("closed_from", "Closed, the last time, at this instant or later.", &F::closed_from),
      bound("closed_before", "Closed, the last time, before this instant.", &F::closed_before),
      bound("due_from", "Due at this instant or later.", &F::due_from),
      bound("due_before", "Due before this instant.", &F::due_before),
  };
}

Parameter<TicketListAsked> view_parameter() {
  return {"view", "Which tab; the mine views are the acting agent's.", NameInput<ListView>().schema(), false,
          [](std::string_view text, TicketListAsked& into) { return read_value(text, into.query.view); }};
}

}  // namespace

const Parameters<TicketListAsked>& ticket_list_parameters() {
  using T = TicketListAsked;
  static const Parameters<T> table = [] {
    Parameters<T> made = ticket_filters();
    made.push_back(view_parameter());
    made.push_back({"sort", "Columns, the first one first; `-` sorts descending.", sort_schema(), true, read_sort});
    made.push_back(
        {"limit", "How many at most.", number_schema(1, list_limit_max), false, [](std::string_view text, T& into) {
           std::uint64_t value = 0;
           const auto fault = read_number(text, 1, list_limit_max, value);
           if (!fault) into.query.limit = value;
           return fault;
         }});
    made.push_back({"cursor", cursor_text, cursor_schema(), false,
                    [](std::string_view text, T& into) { return read_cursor(text, into.query.cursor); }});
    made.push_back({"as_of", "Not supported by lists yet: refused with `as_of_not_supported`.", instant_schema(), false,
                    [](std::string_view text, T& into) {
                      std::optional<Instant> ignored;
                      into.as_of = true;
                      return read_instant(text, ignored);
                    }});
    made.push_back(min_position_parameter<T>());
    return made;
  }();
  return table;
}

const Parameters<TicketListAsked>& ticket_facet_parameters() {
  using T = TicketListAsked;
  static const Parameters<T> table = [] {
    Parameters<T> made = ticket_filters();
    made.push_back(view_parameter());
    made.push_back({"facet", "Columns to count by.", NameInput<FacetColumn>().schema(), true,
                    [](std::string_view text, T& into) { return read_item(text, into.facets); }});
    made.push_back(min_position_parameter<T>());
    return made;
  }();
  return table;
}

}  // namespace greffe
