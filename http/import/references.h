// Foreign ids to ids of ours, for the fields of import lines that refer to something.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "commands/writer.h"
#include "events/json.h"
#include "http/import/importer.h"
#include "http/input.h"

namespace greffe {

class Importer::References {
 public:
  explicit References(Writer& writer) : writer_(writer) {}

  // The id of ours, absent if there is none. A failure of the log counts as absent and is
  // kept: the next command of the writer fails as well and says so.
  std::optional<std::uint64_t> find(StreamKind kind, const std::string& external_id);

  // Whether imported lines may write to what has that id: entries are shared with the desk, but a
  // ticket that was opened here is not the one that another system's history is about, whoever gave
  // it the id. True of what is not there.
  bool takes_history(StreamKind kind, const std::string& external_id);

  // Replaces the foreign ids in contact, organisation, team, assignee, contract and members, in
  // the addressees of copies, to and watcher, and in into, child, parent and other, where the
  // number of the ticket takes their place.
  void translate(Json& body, Faults& faults);

  // "agent/A-2" or "contact/C-7"; a fault on "actor" if it is neither or unknown.
  std::optional<Actor> actor(const Json& value, Faults& faults);

 private:
  void translate_one(Json& value, StreamKind kind, const std::string& path, Faults& faults);
  void translate_addressee(Json& value, const std::string& path, Faults& faults);
  void translate_ticket(Json& value, const std::string& path, Faults& faults);
  std::optional<std::string> number_of(const std::string& external_id);

  Writer& writer_;
  std::unordered_set<std::uint64_t> imported_;            // tickets; that they are never changes
  std::unordered_map<std::string, std::uint64_t> known_;  // "agent/A-2" -> id; entries never vanish
};

// "contact" -> StreamKind::contact; absent for any other word.
std::optional<StreamKind> directory_kind(std::string_view word);

}  // namespace greffe
