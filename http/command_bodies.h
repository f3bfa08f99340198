// Every command that requests can name, with the table that reads its body. Routes, the
// OpenAPI document, the import and the tests all walk these lists.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "commands/command.h"
#include "events/json.h"
#include "http/input.h"

namespace greffe {

struct CommandBody {
  std::string name;     // as in the path: "post-message"
  std::string summary;  // one line for the OpenAPI document
  Json schema;
  // The command as far as it could be read; use it only if `faults` stayed empty.
  std::function<AnyCommand(const Json& body, Faults& faults)> read;
};

// The ways to create an entry and to change one, for one kind of aggregate.
struct AggregateBodies {
  StreamKind kind;
  std::string plural;  // "contacts": the path's first segment
  CommandBody create;
  std::vector<CommandBody> changes;
};

// The lists are made once and live as long as the program. Any thread.
const AggregateBodies& ticket_bodies();
std::span<const AggregateBodies> directory_bodies();

// The settings area's replacement, by the area's name: "statuses".
std::span<const CommandBody> settings_bodies();
// "statuses" -> the area's schema in the OpenAPI document.
inline std::string settings_schema_name(const std::string& area) { return "Settings_" + area; }

// "contact" -> "contact_not_found", as a rejection for an id that names nothing.
Rejection not_found(StreamKind kind);

// What the three lists are made with: reads a `Command`, hands it over as a `Family` variant.
template <class Family, class Command>
CommandBody command_body(std::string name, std::string summary, Inputs<Command> fields) {
  auto schema = schema_of(fields);
  return {std::move(name), std::move(summary), std::move(schema),
          [fields = std::move(fields)](const Json& body, Faults& faults) -> AnyCommand {
            Command command{};
            read_object(fields, body, "", command, faults);
            return Family{std::move(command)};
          }};
}

}  // namespace greffe
