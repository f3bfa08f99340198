#include "http/batch/bulk_bodies.h"

#include <algorithm>

#include "http/command_bodies.h"

namespace greffe {
namespace {

// Numbers, none twice and at least one.
struct NumbersInput {
  using Value = std::vector<std::string>;
  std::size_t count_max;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const {
    auto numbers = ListInput<TextInput>{ticket_inputs::ticket_number, count_max}.read(json, path, faults);
    if (!numbers) return std::nullopt;
    if (numbers->empty()) faults.add(path, FieldCode::required);
    for (std::size_t i = 0; i < numbers->size(); ++i) {
      const auto here = numbers->begin() + static_cast<std::ptrdiff_t>(i);
      if (std::find(numbers->begin(), here, *here) != here) faults.add(indexed(path, i), FieldCode::duplicate);
    }
    return numbers;
  }
  Json schema() const {
    auto schema = ListInput<TextInput>{ticket_inputs::ticket_number, count_max}.schema();
    schema["minItems"] = 1;
    schema["uniqueItems"] = true;
    return schema;
  }
};

// The name of a command that changes a ticket, as in its path.
struct CommandNameInput {
  using Value = std::string;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const {
    auto name = ticket_inputs::key.read(json, path, faults);
    if (!name) return std::nullopt;
    const auto& changes = ticket_bodies().changes;
    const bool known =
        std::any_of(changes.begin(), changes.end(), [&](const auto& body) { return body.name == *name; });
    if (known) return name;
    faults.add(path, FieldCode::not_one_of);
    return std::nullopt;
  }
  Json schema() const {
    Json names = Json::array();
    for (const auto& body : ticket_bodies().changes) names.push_back(body.name);
    return {{"type", "string"}, {"enum", names}};
  }
};

// Read later, by the table of the command that it is for.
struct BodyInput {
  using Value = Json;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const {
    if (json.is_object()) return json;
    faults.add(path, FieldCode::wrong_type);
    return std::nullopt;
  }
  Json schema() const { return {{"type", "object"}, {"description", "As for the command's own path."}}; }
};

// {"2502280001":3}
struct VersionsInput {
  using Value = std::map<std::string, Version>;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const {
    if (!json.is_object()) faults.add(path, FieldCode::wrong_type);
    else if (json.size() > bulk_tickets_max) faults.add(path, FieldCode::too_many);
    if (!json.is_object() || json.size() > bulk_tickets_max) return std::nullopt;
    Value versions;
    for (const auto& [number, value] : json.items()) {
      if (const auto version = VersionInput().read(value, joined(path, number), faults)) versions[number] = *version;
    }
    return versions;
  }
  Json schema() const {
    return {{"type", "object"}, {"maxProperties", bulk_tickets_max}, {"additionalProperties", VersionInput().schema()}};
  }
};

}  // namespace

const Inputs<BulkAsked>& bulk_inputs() {
  static const Inputs<BulkAsked> fields = {
      required("tickets", &BulkAsked::tickets, NumbersInput{bulk_tickets_max}),
      required("command", &BulkAsked::command, CommandNameInput()),
      optional("body", &BulkAsked::body, BodyInput()),
      optional("if_versions", &BulkAsked::if_versions, VersionsInput()),
  };
  return fields;
}

const Inputs<AbsorbAsked>& absorb_inputs() {
  static const Inputs<AbsorbAsked> fields = [] {
    const Inputs<MergeTickets> merge = {
        optional("reason", &MergeTickets::reason, ticket_inputs::reason),
        optional("follow", &MergeTickets::follow, BooleanInput()),
        optional("confirm_contact_mismatch", &MergeTickets::confirm_contact_mismatch, BooleanInput()),
        optional("allow_disclosure", &MergeTickets::allow_disclosure, BooleanInput()),
        optional("keep_contact_as_watcher", &MergeTickets::keep_contact_as_watcher, BooleanInput()),
    };
    const Inputs<AbsorbAsked> own = {required("sources", &AbsorbAsked::sources, NumbersInput{absorbed_at_once_max})};
    return combined(own, flattened(&AbsorbAsked::merge, merge));
  }();
  return fields;
}

}  // namespace greffe
