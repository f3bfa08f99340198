// Tables of query parameters, in the same way as the tables of bodies (http/input.h): one
// list reads the query and describes it in /openapi.json. Unknown parameters are refused.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/front/request.h"
#include "http/input.h"
#include "projections/lists/query.h"

namespace greffe {

// One parameter of a query that is read into a T.
template <class T>
struct Parameter {
  std::string name;
  std::string description;
  Json schema;
  // Of a list, values are separated by commas or given by repeating the parameter, and `read`
  // gets them one by one. A comma after a backslash separates nothing: see unescaped(). Any other parameter occurs once
  // at most.
  bool is_list = false;
  std::function<std::optional<FieldCode>(std::string_view value, T& into)> read;
};

// Marks within the values of lists: a comma, a slash or a backslash after a backslash is meant as
// it is. Any other backslash stands for itself.
std::string unescaped(std::string_view value);
// The value as unescaped() reads it back; slashes too, where they would separate the nodes of a path.
std::string escaped(std::string_view value, bool slashes);
// The length of what comes before the first `separator` that is not escaped; all if there is none.
std::size_t unescaped_end(std::string_view text, char separator);

template <class T>
using Parameters = std::vector<Parameter<T>>;

// A parameter as the OpenAPI document shows it.
struct ParameterText {
  std::string name, description;
  Json schema;
  bool is_list = false;
};

// The untyped part of read_parameters: walks the query and calls `take` once a value; `take`
// says what is wrong with it. `is_list` is absent for a name that is not in the table.
void check_parameters(const NamedTexts& given, const std::function<std::optional<bool>(std::string_view)>& is_list,
                      const std::function<std::optional<FieldCode>(std::string_view, std::string_view)>& take,
                      Faults& faults);

template <class T>
void read_parameters(const Parameters<T>& table, const NamedTexts& given, T& into, Faults& faults) {
  const auto find = [&](std::string_view name) -> const Parameter<T>* {
    for (const auto& parameter : table) {
      if (parameter.name == name) return &parameter;
    }
    return nullptr;
  };
  check_parameters(
      given,
      [&](std::string_view name) {
        const auto* parameter = find(name);
        return parameter ? std::optional(parameter->is_list) : std::nullopt;
      },
      [&](std::string_view name, std::string_view value) { return find(name)->read(value, into); }, faults);
}

template <class T>
std::vector<ParameterText> texts_of(const Parameters<T>& table) {
  std::vector<ParameterText> texts;
  for (const auto& p : table) texts.push_back({p.name, p.description, p.schema, p.is_list});
  return texts;
}

// What queries are asked with. Instants and positions are absent unless given.
struct TicketListAsked {
  ListQuery query;
  // By these the filters of the query are completed (http/list_call.h).
  std::vector<std::string> parent_numbers, merged_into_numbers;
  std::vector<FacetColumn> facets;
  std::optional<Position> min_position;
  bool as_of = false;
};
struct PageAsked {
  std::size_t limit = 50;
  std::string cursor;
  std::optional<Position> min_position;
};
struct TimelineAsked {
  PageAsked page;
  bool with_children = false;
};
struct DocumentAsked {
  std::optional<Position> min_position;
};
struct TicketAsked {
  std::optional<Position> min_position;
  std::optional<Instant> as_of;
};
struct FeedAsked {
  Position from{1};
  std::size_t limit = 100;
  std::optional<StreamId> stream;
  std::vector<std::string> types;
};
inline constexpr std::size_t feed_limit_max = 1000;

// The tables; made once, any thread.
const Parameters<TicketListAsked>& ticket_list_parameters();
const Parameters<TicketListAsked>& ticket_facet_parameters();  // filters, view, columns
const Parameters<PageAsked>& page_parameters();
const Parameters<TimelineAsked>& timeline_parameters();
const Parameters<DocumentAsked>& document_parameters();
const Parameters<TicketAsked>& ticket_parameters();
const Parameters<FeedAsked>& feed_parameters();

}  // namespace greffe
