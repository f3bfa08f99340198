// A command as it reaches the writer: what is asked, of which aggregate, by whom.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "commands/catalogue/commands.h"
#include "commands/directory/commands.h"
#include "commands/rejection.h"
#include "commands/ticket/commands.h"
#include "events/closed_set.h"
#include "events/record.h"

namespace greffe {

// Replaces one settings area by the whole it carries.
struct ReplaceSettings {
  SettingsEvent wanted;
};

using AnyCommand =
    ClosedSet<TicketCommand, ContactCommand, OrganisationCommand, AgentCommand, TeamCommand, ReplaceSettings,
              CannedReplyCommand, TextTemplateCommand, ContextCommand, SavedViewCommand, ContractCommand>;

// SHA-256 of the request, to tell a repeat from a reuse of its command id.
using RequestDigest = std::array<unsigned char, 32>;

struct CommandRequest {
  AnyCommand command;
  // The aggregate's id; 0 for the commands that create one (and for settings).
  std::uint64_t target = 0;
  Actor actor;
  std::optional<Actor> on_behalf_of;
  std::string command_id;  // empty = the caller takes the risk of a repeat
  RequestDigest digest{};  // needed where command_id is given
  std::optional<Version> if_version;
  bool dry_run = false;  // decide and answer the events, append nothing
  // History of another system: keeps its own times, may edit closed tickets, starts no clock.
  bool imported = false;
  std::optional<Instant> occurred_at;  // only with `imported`; else the writer's "now"
  std::string correlation_id;
  Position causation;
};

struct AppendedEvent {
  std::string_view type;  // static text
  Position position;
};

// The answer to an accepted command, given when its events are durable.
struct Accepted {
  StreamId stream;                    // the aggregate, new or old
  std::string number;                 // tickets only
  Version version;                    // the stream's version after the command
  Position position;                  // a view at this position has seen the command's effect
  std::vector<AppendedEvent> events;  // empty if nothing changed
  // Numbers of the sub-tickets that stay open although the command closed the ticket above them.
  std::vector<std::string> left_open = {};
  bool repeated = false;        // the first answer to this command id, given again
  std::vector<Record> dry_run;  // with dry_run: what would be appended
};

}  // namespace greffe
