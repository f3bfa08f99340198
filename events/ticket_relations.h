// Events that tie tickets together. Each end has an event of its own in the same commit, so
// that either stream tells its whole story.
#pragma once

#include "events/ticket_values.h"

namespace greffe {

// On the source. Its messages and documents stay where they are: the target's readers see both.
struct TicketMergedInto {
  TicketId target;
  std::string target_number;
  StatusAt old_status;
  StatusAt new_status;
  std::optional<AgentId> old_assignee;
  Personal reason;
  static constexpr EventName name{64, "TicketMergedInto"};
  static constexpr auto fields = std::make_tuple(
      field("target", &TicketMergedInto::target), field("target_number", &TicketMergedInto::target_number),
      field("old_status", &TicketMergedInto::old_status), field("new_status", &TicketMergedInto::new_status),
      field("old_assignee", &TicketMergedInto::old_assignee), field("reason", &TicketMergedInto::reason));
};

// On the target, in the same commit.
struct TicketAbsorbed {
  TicketId source;
  std::string source_number;
  std::uint32_t source_version = 0;  // before the merge
  bool keeps_contact = false;        // the source's contact watches from the next event on
  static constexpr EventName name{65, "TicketAbsorbed"};
  static constexpr auto fields = std::make_tuple(
      field("source", &TicketAbsorbed::source), field("source_number", &TicketAbsorbed::source_number),
      field("source_version", &TicketAbsorbed::source_version), field("keeps_contact", &TicketAbsorbed::keeps_contact));
};

struct TicketUnmerged {
  TicketId target;
  std::string target_number;
  StatusAt old_status;
  StatusAt new_status;
  std::optional<AgentId> new_assignee;
  Personal reason;
  static constexpr EventName name{66, "TicketUnmerged"};
  static constexpr auto fields = std::make_tuple(
      field("target", &TicketUnmerged::target), field("target_number", &TicketUnmerged::target_number),
      field("old_status", &TicketUnmerged::old_status), field("new_status", &TicketUnmerged::new_status),
      field("new_assignee", &TicketUnmerged::new_assignee), field("reason", &TicketUnmerged::reason));
};

struct TicketReleased {
  TicketId source;
  std::string source_number;
  static constexpr EventName name{67, "TicketReleased"};
  static constexpr auto fields =
      std::make_tuple(field("source", &TicketReleased::source), field("source_number", &TicketReleased::source_number));
};

// On the child; the parents' own streams have SubTicketAdded and SubTicketRemoved.
struct ParentChanged {
  std::optional<TicketId> old_parent;
  std::string old_number;
  std::optional<TicketId> new_parent;
  std::string new_number;
  ParentCause cause = ParentCause::opened;
  static constexpr EventName name{68, "ParentChanged"};
  static constexpr auto fields =
      std::make_tuple(field("old_parent", &ParentChanged::old_parent), field("old_number", &ParentChanged::old_number),
                      field("new_parent", &ParentChanged::new_parent), field("new_number", &ParentChanged::new_number),
                      field("cause", &ParentChanged::cause));
};

struct SubTicketAdded {
  TicketId child;
  std::string child_number;
  ParentCause cause = ParentCause::opened;
  static constexpr EventName name{69, "SubTicketAdded"};
  static constexpr auto fields =
      std::make_tuple(field("child", &SubTicketAdded::child), field("child_number", &SubTicketAdded::child_number),
                      field("cause", &SubTicketAdded::cause));
};

struct SubTicketRemoved {
  TicketId child;
  std::string child_number;
  ParentCause cause = ParentCause::opened;
  static constexpr EventName name{70, "SubTicketRemoved"};
  static constexpr auto fields =
      std::make_tuple(field("child", &SubTicketRemoved::child), field("child_number", &SubTicketRemoved::child_number),
                      field("cause", &SubTicketRemoved::cause));
};

// On both tickets. `inverse`: this ticket is the other end, e.g. the one depended on.
struct TicketsLinked {
  LinkType type = LinkType::relates_to;
  bool inverse = false;
  TicketId other;
  std::string other_number;
  static constexpr EventName name{71, "TicketsLinked"};
  static constexpr auto fields =
      std::make_tuple(field("type", &TicketsLinked::type), field("inverse", &TicketsLinked::inverse),
                      field("other", &TicketsLinked::other), field("other_number", &TicketsLinked::other_number));
};

struct TicketsUnlinked {
  LinkType type = LinkType::relates_to;
  bool inverse = false;
  TicketId other;
  std::string other_number;
  static constexpr EventName name{72, "TicketsUnlinked"};
  static constexpr auto fields =
      std::make_tuple(field("type", &TicketsUnlinked::type), field("inverse", &TicketsUnlinked::inverse),
                      field("other", &TicketsUnlinked::other), field("other_number", &TicketsUnlinked::other_number));
};

// The message started a ticket of its own; it is shown in both.
struct MessageSplitOff {
  std::uint32_t message = 0;
  TicketId into;
  std::string into_number;
  static constexpr EventName name{73, "MessageSplitOff"};
  static constexpr auto fields =
      std::make_tuple(field("message", &MessageSplitOff::message), field("into", &MessageSplitOff::into),
                      field("into_number", &MessageSplitOff::into_number));
};

// On that new ticket, which is for the client of the ticket that the message was sent to: `via`, the
// merged one by whose number it came, else `from`.
struct MessageReferenced {
  TicketId from;
  std::string from_number;
  std::uint32_t message = 0;
  std::optional<TicketId> via;
  static constexpr EventName name{74, "MessageReferenced"};
  static constexpr auto fields =
      std::make_tuple(field("from", &MessageReferenced::from), field("from_number", &MessageReferenced::from_number),
                      field("message", &MessageReferenced::message), field("via", &MessageReferenced::via));
};

// Out of all lists; nothing is ever removed from the log.
struct TicketDeleted {
  StatusAt old_status;
  StatusAt new_status;
  Personal reason;
  static constexpr EventName name{75, "TicketDeleted"};
  static constexpr auto fields =
      std::make_tuple(field("old_status", &TicketDeleted::old_status), field("new_status", &TicketDeleted::new_status),
                      field("reason", &TicketDeleted::reason));
};

struct TicketRestored {
  StatusAt old_status;
  StatusAt new_status;
  Personal reason;
  static constexpr EventName name{76, "TicketRestored"};
  static constexpr auto fields =
      std::make_tuple(field("old_status", &TicketRestored::old_status),
                      field("new_status", &TicketRestored::new_status), field("reason", &TicketRestored::reason));
};

}  // namespace greffe
