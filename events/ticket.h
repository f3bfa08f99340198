// Events of a ticket. Each carries what it changed, old and new, so that a reader needs
// neither the settings of the day nor the events before it to understand it.
#pragma once

#include <variant>

#include "events/closed_set.h"
#include "events/ticket_relations.h"
#include "events/ticket_values.h"
#include "events/ticket_work.h"

namespace greffe {

struct TicketOpened {
  std::string number;  // without '#'
  TicketKind kind = TicketKind::external;
  Channel channel = Channel::manual;
  std::string origin;
  Personal title;
  Personal description;
  StatusAt status;
  PriorityAt priority;
  Classification classification;
  Party party;
  std::optional<TeamId> team;
  std::string external_id;
  std::optional<Instant> due_at;
  std::optional<Instant> estimated_resolution_at;
  bool notify_client = false;
  bool notify_assignee = false;
  bool notify_managers = false;
  std::vector<Answer> answers;
  std::string series;          // what the number counts in: "250228"
  std::uint64_t sequence = 0;  // its place there, from 1
  static constexpr EventName name{1, "TicketOpened"};
  static constexpr auto fields = std::make_tuple(
      field("number", &TicketOpened::number), field("kind", &TicketOpened::kind),
      field("channel", &TicketOpened::channel), field("origin", &TicketOpened::origin),
      field("title", &TicketOpened::title), field("description", &TicketOpened::description),
      field("status", &TicketOpened::status), field("priority", &TicketOpened::priority),
      field("classification", &TicketOpened::classification), field("party", &TicketOpened::party),
      field("team", &TicketOpened::team), field("external_id", &TicketOpened::external_id),
      field("due_at", &TicketOpened::due_at), field("estimated_resolution_at", &TicketOpened::estimated_resolution_at),
      field("notify_client", &TicketOpened::notify_client), field("notify_assignee", &TicketOpened::notify_assignee),
      field("notify_managers", &TicketOpened::notify_managers), field("answers", &TicketOpened::answers),
      field("series", &TicketOpened::series), field("sequence", &TicketOpened::sequence));
};

struct TitleChanged {
  Personal old_title;
  Personal new_title;
  static constexpr EventName name{2, "TitleChanged"};
  static constexpr auto fields =
      std::make_tuple(field("old_title", &TitleChanged::old_title), field("new_title", &TitleChanged::new_title));
};

struct DescriptionChanged {
  Personal new_description;  // the old text is in the event before, it may be long
  static constexpr EventName name{3, "DescriptionChanged"};
  static constexpr auto fields = std::make_tuple(field("new_description", &DescriptionChanged::new_description));
};

struct TicketAssigned {
  std::optional<AgentId> old_assignee;
  AgentId new_assignee;
  AssignCause cause = AssignCause::assigned;
  static constexpr EventName name{4, "TicketAssigned"};
  static constexpr auto fields =
      std::make_tuple(field("old_assignee", &TicketAssigned::old_assignee),
                      field("new_assignee", &TicketAssigned::new_assignee), field("cause", &TicketAssigned::cause));
};

struct TicketUnassigned {
  AgentId old_assignee;
  UnassignCause cause = UnassignCause::unassigned;
  static constexpr EventName name{5, "TicketUnassigned"};
  static constexpr auto fields =
      std::make_tuple(field("old_assignee", &TicketUnassigned::old_assignee), field("cause", &TicketUnassigned::cause));
};

struct TicketMovedToTeam {
  std::optional<TeamId> old_team;
  std::optional<TeamId> new_team;  // absent = in no team any more
  static constexpr EventName name{6, "TicketMovedToTeam"};
  static constexpr auto fields =
      std::make_tuple(field("old_team", &TicketMovedToTeam::old_team), field("new_team", &TicketMovedToTeam::new_team));
};

// Between two open categories, or between two statuses of category closed. Crossing that
// border is TicketClosed or TicketReopened instead, whichever command caused it.
struct StatusChanged {
  StatusAt old_status;
  StatusAt new_status;
  StatusCause cause = StatusCause::changed;
  static constexpr EventName name{7, "StatusChanged"};
  static constexpr auto fields =
      std::make_tuple(field("old_status", &StatusChanged::old_status), field("new_status", &StatusChanged::new_status),
                      field("cause", &StatusChanged::cause));
};

struct PriorityChanged {
  PriorityAt old_priority;
  PriorityAt new_priority;
  static constexpr EventName name{8, "PriorityChanged"};
  static constexpr auto fields = std::make_tuple(field("old_priority", &PriorityChanged::old_priority),
                                                 field("new_priority", &PriorityChanged::new_priority));
};

struct TicketClassified {
  Classification old_classification;
  Classification new_classification;
  static constexpr EventName name{9, "TicketClassified"};
  static constexpr auto fields = std::make_tuple(field("old_classification", &TicketClassified::old_classification),
                                                 field("new_classification", &TicketClassified::new_classification));
};

struct ContactLinked {
  Party old_party;
  Party new_party;
  static constexpr EventName name{10, "ContactLinked"};
  static constexpr auto fields =
      std::make_tuple(field("old_party", &ContactLinked::old_party), field("new_party", &ContactLinked::new_party));
};

// Those given at the opening too: in the same commit, after TicketOpened.
struct ParticularsChanged {
  Particulars old_particulars;
  Particulars new_particulars;
  static constexpr EventName name{39, "ParticularsChanged"};
  static constexpr auto fields = std::make_tuple(field("old_particulars", &ParticularsChanged::old_particulars),
                                                 field("new_particulars", &ParticularsChanged::new_particulars));
};

// The author is the record's actor. `via` is the merged ticket that it was sent to.
struct MessagePosted {
  Visibility visibility = Visibility::everyone;
  Personal body;
  std::uint32_t message = 0;  // its number in this ticket, from 1
  std::vector<Addressee> to;  // chosen recipients of an internal message
  std::optional<CannedReplyId> canned_reply;
  std::optional<TicketId> via;
  bool automatic = false;  // an auto-reply or bounce: reopens nothing
  static constexpr EventName name{11, "MessagePosted"};
  static constexpr auto fields =
      std::make_tuple(field("visibility", &MessagePosted::visibility), field("body", &MessagePosted::body),
                      field("message", &MessagePosted::message), field("to", &MessagePosted::to),
                      field("canned_reply", &MessagePosted::canned_reply), field("via", &MessagePosted::via),
                      field("automatic", &MessagePosted::automatic));
};

struct TicketClosed {
  StatusAt old_status;
  StatusAt new_status;
  Personal resolution;
  CloseCause cause = CloseCause::closed;
  Personal forced;  // why although something stood in the way, empty = nothing did
  NotifyChoice notify = NotifyChoice::as_set;
  static constexpr EventName name{12, "TicketClosed"};
  static constexpr auto fields =
      std::make_tuple(field("old_status", &TicketClosed::old_status), field("new_status", &TicketClosed::new_status),
                      field("resolution", &TicketClosed::resolution), field("cause", &TicketClosed::cause),
                      field("forced", &TicketClosed::forced), field("notify", &TicketClosed::notify));
};

struct TicketReopened {
  StatusAt old_status;
  StatusAt new_status;
  ReopenCause cause = ReopenCause::reopened;
  Personal reason;
  std::uint32_t reopen_count = 1;  // this one included
  static constexpr EventName name{13, "TicketReopened"};
  static constexpr auto fields =
      std::make_tuple(field("old_status", &TicketReopened::old_status),
                      field("new_status", &TicketReopened::new_status), field("cause", &TicketReopened::cause),
                      field("reason", &TicketReopened::reason), field("reopen_count", &TicketReopened::reopen_count));
};

using TicketEvent =
    ClosedSet<TicketOpened, TitleChanged, DescriptionChanged, TicketAssigned, TicketUnassigned, TicketMovedToTeam,
              StatusChanged, PriorityChanged, TicketClassified, ContactLinked, MessagePosted, TicketClosed,
              TicketReopened, TicketRead, OriginChanged, DueDateChanged, EstimatedResolutionChanged, WatcherAdded,
              WatcherRemoved, ContextLinked, ContextUnlinked, TodoAdded, TodoCompleted, TodoReopened, TodoDropped,
              TodosReordered, DocumentAttached, DocumentRemoved, NotifyChoiceChanged, ArticleLinked, ArticleUnlinked,
              InterventionRequested, InterventionAnswered, LookRequested, LookDone, PointsSpent, MessageDisclosed,
              NotificationDecided, ParticularsChanged, TicketMergedInto, TicketAbsorbed, TicketUnmerged, TicketReleased,
              ParentChanged, SubTicketAdded, SubTicketRemoved, TicketsLinked, TicketsUnlinked, MessageSplitOff,
              MessageReferenced, TicketDeleted, TicketRestored>;

}  // namespace greffe
