// Imports: one JSON object a line, each a command of another system's history.
//
//   {"command":"create-contact","contact":"C-7","display_name":"Jeanne Martin"}
//   {"at":"2016-02-29T01:16:00Z","actor":"contact/C-7","command":"open","ticket":"EXT-1","title":"…"}
//   {"at":"2016-02-29T08:53:00Z","actor":"agent/A-2","command":"close","ticket":"EXT-1"}
//
// Commands are those of the HTTP interface: "open" and its changes for tickets, and "create-",
// "change-", "deactivate-", "reactivate-" with contact, organisation, agent or team. Beside
// the command's own fields, "ticket" (or "contact", … in directory commands) names the target,
// "at" says when it happened (not in the future, and not before the opening of any ticket that
// the line changes; otherwise in any order) and "actor" who did it. Every reference is the other system's
// id, kept as external_id: also those to other tickets ("into", "child", "parent", "other") and
// to people ("copies", "to", "watcher", as {"agent":"A-2"}). A sub-ticket's own id is its
// "external_id". Original times are kept, nobody is notified, no clock starts.
// A line about a ticket that was opened here, by no import, is bad, whatever external id it has.
//
// Each line has a command id, so that importing it again changes nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "commands/writer.h"

namespace greffe {

inline constexpr std::size_t import_line_bytes_max = 1024 * 1024;

enum class LineOutcome : std::uint8_t { appended, unchanged, failed };
constexpr std::array<std::string_view, 3> names_of(LineOutcome) { return {"appended", "unchanged", "failed"}; }

struct LineAnswer {
  LineOutcome outcome = LineOutcome::unchanged;
  std::size_t events = 0;  // appended by this line
  std::string why;         // failed: a stable code and what it means, no personal data
  std::vector<FieldFault> fields;
  bool store_failed = false;  // the writer stops or failed: no later line can succeed
};

// The size of the stored blob of that digest; absent if there is none.
using BlobSize = std::function<std::optional<std::uint64_t>(const std::string& sha256)>;

// One thread at a time. The writer outlives it.
class Importer {
 public:
  // Without `blob_size`, no documents are attached. `by` is the agent who imports, if it is one: the
  // events' actor is importer/<by>, and who did what the lines tell is whom they name.
  explicit Importer(Writer& writer, BlobSize blob_size = {}, std::optional<AgentId> by = {});
  ~Importer();

  // Applies one line. `command_id` must name this line and no other, in this and any later import.
  LineAnswer apply(std::string_view json_line, std::string command_id);

 private:
  class References;
  Writer& writer_;
  BlobSize blob_size_;
  Actor actor_;
  std::unique_ptr<References> references_;
};

struct ImportReport {
  std::uint64_t lines = 0, appended = 0, unchanged = 0, failed = 0;
  std::uint64_t events = 0;
  bool stopped = false;  // before the end: strict and a bad line, or the store failed
};

struct ImportOptions {
  bool strict = false;  // stop at the first bad line
};

// Applies a whole stream of lines; blank ones are skipped. Command ids are made from a line's
// text and, for equal lines, their ordinal. `on_line` sees each line's number (from 1) and
// answer, in order.
ImportReport import_lines(Importer& importer, std::istream& lines, const ImportOptions& options,
                          const std::function<void(std::uint64_t, const LineAnswer&)>& on_line);

}  // namespace greffe
