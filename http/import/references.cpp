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

bool Importer::References::takes_history(StreamKind kind, const std::string& external_id) {
  const auto id = kind == StreamKind::ticket ? find(kind, external_id) : std::nullopt;
  if (!id || imported_.contains(*id)) return true;
  const auto imported = writer_.is_imported({*id});
  // A failure of the log is the next command's to tell.
  if (!imported) return true;
  if (*imported) imported_.insert(*id);
  return *imported;
}

void Importer::References::translate_one(Json& value, StreamKind kind, const std::string& path, Faults& faults) {
  if (value.is_null()) return;
  if (!value.is_string()) return faults.add(path, FieldCode::wrong_type);
  if (const auto id = find(kind, value.get_ref<const std::string&>())) value = std::to_string(*id);
  else faults.add(path, FieldCode::not_found);
}

void Importer::References::translate_addressee(Json& value, const std::string& path, Faults& faults) {
  if (!value.is_object()) return;  // the table of the command says what is wrong with it
  if (value.contains("agent")) translate_one(value["agent"], StreamKind::agent, joined(path, "agent"), faults);
  if (value.contains("contact")) translate_one(value["contact"], StreamKind::contact, joined(path, "contact"), faults);
}

// Commands name other tickets by number, which only a decision knows of a ticket's id: one that
// changes nothing is asked for. Of a merged ticket it tells the one that stands for it.
std::optional<std::string> Importer::References::number_of(const std::string& external_id) {
  CommandRequest request;
  const auto id = find(StreamKind::ticket, external_id);
  if (!id) return std::nullopt;
  request.command = TicketCommand{MarkRead{}};
  request.target = *id;
  request.actor = {ActorKind::importer, 0};
  request.imported = true;
  request.dry_run = true;
  const auto answer = writer_.submit(std::move(request));
  if (answer) return answer->number;
  if (answer.error().root.empty()) return std::nullopt;
  return answer.error().root;
}

void Importer::References::translate_ticket(Json& value, const std::string& path, Faults& faults) {
  if (!value.is_string()) return faults.add(path, FieldCode::wrong_type);
  if (auto number = number_of(value.get_ref<const std::string&>())) value = std::move(*number);
  else faults.add(path, FieldCode::not_found);
}

void Importer::References::translate(Json& body, Faults& faults) {
  constexpr std::pair<const char*, StreamKind> single[] = {{"contact", StreamKind::contact},
                                                           {"organisation", StreamKind::organisation},
                                                           {"team", StreamKind::team},
                                                           {"assignee", StreamKind::agent},
                                                           {"contract", StreamKind::contract}};
  for (const auto& [name, kind] : single) {
    if (body.contains(name)) translate_one(body[name], kind, name, faults);
  }
  for (const char* name : {"into", "child", "parent", "other"}) {
    if (body.contains(name)) translate_ticket(body[name], name, faults);
  }
  if (body.contains("watcher")) translate_addressee(body["watcher"], "watcher", faults);
  for (const std::string name : {"copies", "to", "members"}) {
    if (!body.contains(name) || !body[name].is_array()) continue;
    Json& people = body[name];
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (name == "members") translate_one(people[i], StreamKind::agent, indexed(name, i), faults);
      else translate_addressee(people[i], indexed(name, i), faults);
    }
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
