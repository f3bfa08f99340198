#include "http/import/references.h"

namespace greffe {

std::optional<StreamKind> directory_kind(std::string_view word) {
  if (word == "contact") return StreamKind::contact;
  if (word == "organisation") return StreamKind::organisation;
  if (word == "agent") return StreamKind::agent;
  if (word == "team") return StreamKind::team;
  return std::nullopt;
}

std::optional<std::uint64_t> Importer::References::find(StreamKind kind, const std::string& external_id) {
  const std::string key = std::to_string(static_cast<int>(kind)) + "/" + external_id;
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  const auto found = writer_.find_external(kind, external_id);
  if (!found || !*found) return std::nullopt;
  known_.emplace(key, **found);
  return **found;
}

void Importer::References::translate_one(Json& value, StreamKind kind, const std::string& path, Faults& faults) {
  if (value.is_null()) return;
  if (!value.is_string()) return faults.add(path, FieldCode::wrong_type);
  if (const auto id = find(kind, value.get_ref<const std::string&>())) value = std::to_string(*id);
  else faults.add(path, FieldCode::not_found);
}

void Importer::References::translate(Json& body, Faults& faults) {
  constexpr std::pair<const char*, StreamKind> single[] = {{"contact", StreamKind::contact},
                                                           {"organisation", StreamKind::organisation},
                                                           {"team", StreamKind::team},
                                                           {"assignee", StreamKind::agent}};
  for (const auto& [name, kind] : single) {
    if (body.contains(name)) translate_one(body[name], kind, name, faults);
  }
  if (!body.contains("members") || !body["members"].is_array()) return;
  Json& members = body["members"];
  for (std::size_t i = 0; i < members.size(); ++i) {
    translate_one(members[i], StreamKind::agent, indexed("members", i), faults);
  }
}

std::optional<Actor> Importer::References::actor(const Json& value, Faults& faults) {
  if (!value.is_string()) {
    faults.add("actor", FieldCode::wrong_type);
    return std::nullopt;
  }
  const std::string text = value.get<std::string>();
  const std::size_t slash = text.find('/');
  const auto kind = directory_kind(std::string_view(text).substr(0, slash));
  if (slash == std::string::npos || (kind != StreamKind::agent && kind != StreamKind::contact)) {
    faults.add("actor", FieldCode::malformed);
    return std::nullopt;
  }
  const auto id = find(*kind, text.substr(slash + 1));
  if (!id) {
    faults.add("actor", FieldCode::not_found);
    return std::nullopt;
  }
  return Actor{*kind == StreamKind::agent ? ActorKind::agent : ActorKind::contact, *id};
}

}  // namespace greffe
