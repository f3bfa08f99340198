// What can be asked of a ticket. Bounds are those of commands/limits.h; texts are UTF-8.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "events/ticket.h"

namespace greffe {

struct OpenTicket {
  TicketKind kind = TicketKind::external;
  Channel channel = Channel::manual;
  std::string origin;
  std::string title;
  std::string description;
  std::optional<std::string> priority;  // key; absent = the setting's on_open
  Classification classification;
  Party party;
  std::optional<TeamId> team;
  std::optional<AgentId> assignee;
  std::string external_id;
};
struct RenameTicket {
  std::string title;
};
struct EditDescription {
  std::string description;
};
struct ClaimTicket {};     // assign to the acting agent; refused if somebody else has it
struct TakeOverTicket {};  // the same, even if somebody else has it
struct AssignTicket {
  AgentId assignee;
};
struct UnassignTicket {};
struct MoveTicketToTeam {
  std::optional<TeamId> team;  // absent = out of its team
};
// To a status of category closed this is a close, from one to an open category a reopening.
struct ChangeStatus {
  std::string status;
};
struct ChangePriority {
  std::string priority;
};
// Axes that are absent stay as they are; an empty value clears one.
struct ClassifyTicket {
  std::optional<std::vector<std::string>> category;
  std::optional<std::string> request_type;
  std::optional<std::string> group;
};
struct LinkContact {
  Party party;
};  // replaces the whole party; an empty one unlinks
struct PostMessage {
  Visibility visibility = Visibility::everyone;
  std::string body;
};
struct CloseTicket {
  std::optional<std::string> status;
  std::string resolution;
};
struct ReopenTicket {
  std::optional<std::string> status;
  std::string reason;
};

using TicketCommand = std::variant<OpenTicket, RenameTicket, EditDescription, ClaimTicket, TakeOverTicket, AssignTicket,
                                   UnassignTicket, MoveTicketToTeam, ChangeStatus, ChangePriority, ClassifyTicket,
                                   LinkContact, PostMessage, CloseTicket, ReopenTicket>;

}  // namespace greffe
