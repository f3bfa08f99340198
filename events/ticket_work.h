// Events of the work on a ticket: dates, people who follow it, what it is about, to-dos,
// documents, and what others were told.
#pragma once

#include "events/ticket_values.h"

namespace greffe {

// Somebody who works on tickets has seen it; the first time may change its status as well.
struct TicketRead {
  static constexpr EventName name{14, "TicketRead"};
  static constexpr auto fields = std::make_tuple();
};

struct OriginChanged {
  std::string old_origin;
  std::string new_origin;
  static constexpr EventName name{15, "OriginChanged"};
  static constexpr auto fields =
      std::make_tuple(field("old_origin", &OriginChanged::old_origin), field("new_origin", &OriginChanged::new_origin));
};

struct DueDateChanged {
  std::optional<Instant> old_due_at;
  std::optional<Instant> new_due_at;
  static constexpr EventName name{16, "DueDateChanged"};
  static constexpr auto fields = std::make_tuple(field("old_due_at", &DueDateChanged::old_due_at),
                                                 field("new_due_at", &DueDateChanged::new_due_at));
};

struct EstimatedResolutionChanged {
  std::optional<Instant> old_estimated_resolution_at;
  std::optional<Instant> new_estimated_resolution_at;
  static constexpr EventName name{17, "EstimatedResolutionChanged"};
  static constexpr auto fields =
      std::make_tuple(field("old_estimated_resolution_at", &EstimatedResolutionChanged::old_estimated_resolution_at),
                      field("new_estimated_resolution_at", &EstimatedResolutionChanged::new_estimated_resolution_at));
};

struct WatcherAdded {
  WatcherKind kind = WatcherKind::copy;
  Addressee watcher;
  static constexpr EventName name{18, "WatcherAdded"};
  static constexpr auto fields =
      std::make_tuple(field("kind", &WatcherAdded::kind), field("watcher", &WatcherAdded::watcher));
};

struct WatcherRemoved {
  WatcherKind kind = WatcherKind::copy;
  Addressee watcher;
  static constexpr EventName name{19, "WatcherRemoved"};
  static constexpr auto fields =
      std::make_tuple(field("kind", &WatcherRemoved::kind), field("watcher", &WatcherRemoved::watcher));
};

struct ContextLinked {
  ContextAt context;
  static constexpr EventName name{20, "ContextLinked"};
  static constexpr auto fields = std::make_tuple(field("context", &ContextLinked::context));
};

struct ContextUnlinked {
  ContextAt context;
  static constexpr EventName name{21, "ContextUnlinked"};
  static constexpr auto fields = std::make_tuple(field("context", &ContextUnlinked::context));
};

struct TodoAdded {
  TodoAt todo;
  static constexpr EventName name{22, "TodoAdded"};
  static constexpr auto fields = std::make_tuple(field("todo", &TodoAdded::todo));
};

struct TodoCompleted {
  std::uint32_t todo = 0;
  static constexpr EventName name{23, "TodoCompleted"};
  static constexpr auto fields = std::make_tuple(field("todo", &TodoCompleted::todo));
};

struct TodoReopened {
  std::uint32_t todo = 0;
  static constexpr EventName name{24, "TodoReopened"};
  static constexpr auto fields = std::make_tuple(field("todo", &TodoReopened::todo));
};

struct TodoDropped {
  std::uint32_t todo = 0;
  static constexpr EventName name{25, "TodoDropped"};
  static constexpr auto fields = std::make_tuple(field("todo", &TodoDropped::todo));
};

struct TodosReordered {
  std::vector<std::uint32_t> todos;  // all that are not dropped, in their new order
  static constexpr EventName name{26, "TodosReordered"};
  static constexpr auto fields = std::make_tuple(field("todos", &TodosReordered::todos));
};

struct DocumentAttached {
  DocumentAt document;
  static constexpr EventName name{27, "DocumentAttached"};
  static constexpr auto fields = std::make_tuple(field("document", &DocumentAttached::document));
};

// The bytes stay for as long as any history names them; the ticket shows them no more.
struct DocumentRemoved {
  std::uint32_t document = 0;
  Personal reason;
  static constexpr EventName name{28, "DocumentRemoved"};
  static constexpr auto fields =
      std::make_tuple(field("document", &DocumentRemoved::document), field("reason", &DocumentRemoved::reason));
};

struct NotifyChoiceChanged {
  bool notify_client = false;
  bool notify_assignee = false;
  static constexpr EventName name{29, "NotifyChoiceChanged"};
  static constexpr auto fields = std::make_tuple(field("notify_client", &NotifyChoiceChanged::notify_client),
                                                 field("notify_assignee", &NotifyChoiceChanged::notify_assignee));
};

struct ArticleLinked {
  std::uint32_t article = 0;  // its number in this ticket, from 1
  std::string title;
  std::string url;
  static constexpr EventName name{30, "ArticleLinked"};
  static constexpr auto fields =
      std::make_tuple(field("article", &ArticleLinked::article), field("title", &ArticleLinked::title),
                      field("url", &ArticleLinked::url));
};

struct ArticleUnlinked {
  std::uint32_t article = 0;
  static constexpr EventName name{31, "ArticleUnlinked"};
  static constexpr auto fields = std::make_tuple(field("article", &ArticleUnlinked::article));
};

// Outbox: another system is asked to plan an intervention on what the ticket was then.
struct InterventionRequested {
  std::uint32_t intervention = 0;  // its number in this ticket, from 1
  Personal title;
  Personal details;
  Party party;
  std::vector<ContextAt> contexts;
  std::optional<Instant> wanted_at;
  std::string number;
  PriorityAt priority;
  Classification classification;
  std::optional<TeamId> team;
  std::optional<Instant> due_at;
  Personal description;  // empty where one record could not hold it beside the contexts
  Particulars particulars;
  std::optional<AgentId> assignee;
  static constexpr EventName name{32, "InterventionRequested"};
  static constexpr auto fields = std::make_tuple(
      field("intervention", &InterventionRequested::intervention), field("title", &InterventionRequested::title),
      field("details", &InterventionRequested::details), field("party", &InterventionRequested::party),
      field("contexts", &InterventionRequested::contexts), field("wanted_at", &InterventionRequested::wanted_at),
      field("number", &InterventionRequested::number), field("priority", &InterventionRequested::priority),
      field("classification", &InterventionRequested::classification), field("team", &InterventionRequested::team),
      field("due_at", &InterventionRequested::due_at), field("description", &InterventionRequested::description),
      field("particulars", &InterventionRequested::particulars), field("assignee", &InterventionRequested::assignee));
};

// That system's answer.
struct InterventionAnswered {
  std::uint32_t intervention = 0;
  std::string reference;
  std::string url;
  Personal note;
  static constexpr EventName name{33, "InterventionAnswered"};
  static constexpr auto fields = std::make_tuple(
      field("intervention", &InterventionAnswered::intervention), field("reference", &InterventionAnswered::reference),
      field("url", &InterventionAnswered::url), field("note", &InterventionAnswered::note));
};

struct LookRequested {
  LookReason reason = LookReason::message_after_close;
  static constexpr EventName name{34, "LookRequested"};
  static constexpr auto fields = std::make_tuple(field("reason", &LookRequested::reason));
};

struct LookDone {
  static constexpr EventName name{35, "LookDone"};
  static constexpr auto fields = std::make_tuple();
};

struct PointsSpent {
  ContractId contract;
  std::uint32_t points = 0;
  Personal reason;
  static constexpr EventName name{36, "PointsSpent"};
  static constexpr auto fields =
      std::make_tuple(field("contract", &PointsSpent::contract), field("points", &PointsSpent::points),
                      field("reason", &PointsSpent::reason));
};

// An internal message was also sent outside the house.
struct MessageDisclosed {
  std::uint32_t message = 0;
  std::vector<Addressee> to;
  static constexpr EventName name{37, "MessageDisclosed"};
  static constexpr auto fields =
      std::make_tuple(field("message", &MessageDisclosed::message), field("to", &MessageDisclosed::to));
};

// Who is told of the event before it in the same commit, by which version of the policy.
struct NotificationDecided {
  NotifyEvent event = NotifyEvent::opened;
  std::uint32_t policy_version = 0;
  std::vector<NoticeAt> notices;
  static constexpr EventName name{38, "NotificationDecided"};
  static constexpr auto fields = std::make_tuple(field("event", &NotificationDecided::event),
                                                 field("policy_version", &NotificationDecided::policy_version),
                                                 field("notices", &NotificationDecided::notices));
};

}  // namespace greffe
