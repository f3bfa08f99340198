// What can be asked of a ticket. Bounds are those of commands/limits.h; texts are UTF-8.
// Other tickets are named by their numbers.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "events/closed_set.h"
#include "events/ticket.h"

namespace greffe {

// A context to link: an entry of the catalogue, or a type with a label and a link.
struct WantedContext {
  std::optional<ContextId> context;
  std::string type;
  std::string label;
  std::string url;
  std::vector<Detail> summary;
};

struct OpenTicket {
  TicketKind kind = TicketKind::external;
  Channel channel = Channel::manual;
  std::string origin;
  std::string title;
  std::string description;
  std::optional<std::string> priority;  // key; absent = the setting's on_open
  Classification classification;
  Party party;
  Particulars particulars;
  std::optional<TeamId> team;
  std::optional<AgentId> assignee;
  std::string external_id;
  std::optional<Instant> due_at, estimated_resolution_at;
  std::optional<bool> notify_client, notify_assignee;  // absent = as the settings say
  bool notify_managers = false;
  std::string comment;  // the first internal note
  std::vector<Addressee> copies;
  std::vector<std::string> watcher_emails;
  std::vector<WantedContext> contexts;
  std::vector<Answer> answers;  // `label` is not read: it is the settings' own
};

// Fields.
struct RenameTicket {
  std::string title;
};
struct EditDescription {
  std::string description;
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
struct ChangeOrigin {
  std::string origin;
};
// Replaces the whole party; an empty one unlinks.
struct LinkContact {
  Party party;
  bool as_told = false;  // otherwise a person comes with their organisation
};
// The named ones are set; an empty text clears one.
struct ChangeParticulars {
  Particulars wanted;
  std::vector<std::string> named;  // fields of Particulars
};
struct SetDueDate {
  std::optional<Instant> due_at;
};
struct SetEstimatedResolution {
  std::optional<Instant> estimated_resolution_at;
};
struct SetNotifications {
  std::optional<bool> notify_client, notify_assignee;
};

// Assignment.
struct ClaimTicket {};     // assign to the acting agent; refused if somebody else has it
struct TakeOverTicket {};  // the same, even if somebody else has it
struct AssignTicket {
  AgentId assignee;
};
struct UnassignTicket {};
struct MoveTicketToTeam {
  std::optional<TeamId> team;  // absent = out of its team
};

// Status. To a status of category closed ChangeStatus is a close, from one to an open
// category a reopening.
struct MarkRead {};
struct ChangeStatus {
  std::string status;
};
struct CloseTicket {
  std::optional<std::string> status;
  std::string resolution;
  NotifyChoice notify = NotifyChoice::as_set;
  bool force = false;  // although sub-tickets or what it depends on are open; needs a reason
  std::string reason;
};
struct ReopenTicket {
  std::optional<std::string> status;
  std::string reason;
};
struct DeleteTicket {
  std::string reason;
};
struct RestoreTicket {
  std::string reason;
};

// Exchange.
struct PostMessage {
  Visibility visibility = Visibility::everyone;
  std::string body;
  std::vector<Addressee> to;  // chosen recipients of an internal message
  std::optional<CannedReplyId> canned_reply;
  bool automatic = false;  // an auto-reply or bounce
};
struct AddWatcher {
  WatcherKind kind = WatcherKind::copy;
  Addressee watcher;
};
struct RemoveWatcher {
  WatcherKind kind = WatcherKind::copy;
  Addressee watcher;
  std::string part;  // number of one of what is one ticket now; empty = wherever they watch it
};
struct DismissLook {};  // somebody looked

// What the ticket is about and what is to be done.
//
// `part`: what a ticket absorbed keeps its number there, so it is named with the number of the
// absorbed ticket that has it; empty = the ticket's own.
struct LinkTicketContext {
  WantedContext context;
  std::uint32_t link = 0;  // the number that it had before, where that is free; otherwise a new one
};
struct UnlinkTicketContext {
  std::uint32_t link = 0;
  std::string part;
};
struct AddTodo {
  std::string text;
  std::optional<AgentId> assignee;
  std::optional<Instant> due_at;
};
struct CompleteTodo {
  std::uint32_t todo = 0;
  std::string part;
};
struct ReopenTodo {
  std::uint32_t todo = 0;
  std::string part;
};
struct DropTodo {
  std::uint32_t todo = 0;
  std::string part;
};
struct ReorderTodos {
  std::vector<std::uint32_t> todos;
};
// The bytes are stored and synced before the command is asked. Their type and name are as they were
// given; the event has them as commands/files makes them.
struct AttachDocument {
  std::string sha256;
  std::uint64_t size_bytes = 0;
  std::string media_type;
  std::string file_name;
  std::optional<Visibility> visibility;  // none = as the message that it comes with, else everyone
  std::uint32_t message = 0;
  std::string held_by;  // number of the ticket that numbers the message; empty = this one
  // The request brought the bytes themselves, and did not only name them: a digest is no right.
  bool uploaded = false;
};
struct RemoveDocument {
  std::uint32_t document = 0;
  std::string reason;
  std::string part;
};
struct LinkArticle {
  std::string title, url;
};
struct UnlinkArticle {
  std::uint32_t article = 0;
  std::string part;
};
struct RequestIntervention {
  std::string details;
  std::optional<Instant> wanted_at;
};
struct AnswerIntervention {
  std::uint32_t intervention = 0;
  std::string reference, url, note;
  std::string part;
};
struct SpendPoints {
  ContractId contract;
  std::optional<std::uint32_t> points;  // absent = by the settings' rates
  std::string reason;
};

// Other tickets (spec: relations).
struct MergeTickets {
  std::string into;
  std::string reason;
  std::optional<Version> into_version;    // refused with stale_version if the target has another
  bool follow = false;                    // a merged target stands for its root
  bool confirm_contact_mismatch = false;  // the tickets may be of different clients
  bool allow_disclosure = false;          // an internal ticket may go into an external one
  bool keep_contact_as_watcher = false;
};
struct UnmergeTicket {
  std::string reason;
};
struct SplitMessage {
  std::uint32_t message = 0;
  std::string title;
  std::string held_by;  // number of the ticket that numbers the message; empty = this one
};
struct OpenSubTicket {
  OpenTicket ticket;  // contact, team and contexts that are absent are copied from the parent
};
struct AttachSubTicket {
  std::string child;
};
struct DetachSubTicket {
  std::string child;
};
struct MoveSubTicket {  // asked of the child
  std::string parent;
};
struct LinkTickets {
  LinkType type = LinkType::relates_to;
  std::string other;
};
struct UnlinkTickets {
  LinkType type = LinkType::relates_to;
  bool inverse = false;
  std::string other;
};

// Commands about a thing that an absorbed ticket may have.
template <class Command>
concept NamesPart = requires(const Command& command) {
  command.part;
};

using TicketCommand =
    ClosedSet<OpenTicket, RenameTicket, EditDescription, ChangePriority, ClassifyTicket, ChangeOrigin, LinkContact,
              ChangeParticulars, SetDueDate, SetEstimatedResolution, SetNotifications, ClaimTicket, TakeOverTicket,
              AssignTicket, UnassignTicket, MoveTicketToTeam, MarkRead, ChangeStatus, CloseTicket, ReopenTicket,
              DeleteTicket, RestoreTicket, PostMessage, AddWatcher, RemoveWatcher, DismissLook, LinkTicketContext,
              UnlinkTicketContext, AddTodo, CompleteTodo, ReopenTodo, DropTodo, ReorderTodos, AttachDocument,
              RemoveDocument, LinkArticle, UnlinkArticle, RequestIntervention, AnswerIntervention, SpendPoints,
              MergeTickets, UnmergeTicket, SplitMessage, OpenSubTicket, AttachSubTicket, DetachSubTicket, MoveSubTicket,
              LinkTickets, UnlinkTickets>;

}  // namespace greffe
