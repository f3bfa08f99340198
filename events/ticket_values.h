// The values that a ticket's events are made of. Each is kept as it was understood when the
// event was written, so that later settings change no older event's meaning.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/fields.h"
#include "events/ids.h"
#include "events/names.h"
#include "events/settings_values.h"
#include "events/time.h"

namespace greffe {

// internal: a mission with no third party; external: an exchange with one. Fixed for life.
enum class TicketKind : std::uint8_t { internal, external };
constexpr std::array<std::string_view, 2> names_of(TicketKind) { return {"internal", "external"}; }

// The technical way in; `origin` is what people say the communication was (call, letter, …).
enum class Channel : std::uint8_t { manual, email, portal, api, imported };
constexpr std::array<std::string_view, 5> names_of(Channel) { return {"manual", "email", "portal", "api", "imported"}; }

// everyone: whoever may read the ticket; internal: those who work on it.
enum class Visibility : std::uint8_t { everyone, internal };
constexpr std::array<std::string_view, 2> names_of(Visibility) { return {"public", "internal"}; }

enum class AssignCause : std::uint8_t { assigned, claimed, taken_over, opened, creator, unmerged };
constexpr std::array<std::string_view, 6> names_of(AssignCause) {
  return {"assigned", "claimed", "taken_over", "opened", "creator", "unmerged"};
}

// inactive: who had the ticket could not have it back when it was reopened.
enum class UnassignCause : std::uint8_t { unassigned, inactive, merged };
constexpr std::array<std::string_view, 3> names_of(UnassignCause) { return {"unassigned", "inactive", "merged"}; }

// followed: by the settings, because something else happened (read, assigned).
enum class StatusCause : std::uint8_t { changed, followed };
constexpr std::array<std::string_view, 2> names_of(StatusCause) { return {"changed", "followed"}; }

enum class CloseCause : std::uint8_t { closed, status_changed, parent_closed, children_closed };
constexpr std::array<std::string_view, 4> names_of(CloseCause) {
  return {"closed", "status_changed", "parent_closed", "children_closed"};
}

enum class ReopenCause : std::uint8_t { reopened, status_changed, message, child_reopened, merged };
constexpr std::array<std::string_view, 5> names_of(ReopenCause) {
  return {"reopened", "status_changed", "message", "child_reopened", "merged"};
}

// Whether those concerned are told of one act: as the policy and the ticket say, or by choice.
enum class NotifyChoice : std::uint8_t { as_set, yes, no };
constexpr std::array<std::string_view, 3> names_of(NotifyChoice) { return {"as_set", "yes", "no"}; }

// copy: a person in copy, for whom the ticket counts as theirs; email: an address to notify.
enum class WatcherKind : std::uint8_t { copy, email };
constexpr std::array<std::string_view, 2> names_of(WatcherKind) { return {"copy", "email"}; }

enum class ParentCause : std::uint8_t { opened, attached, moved, detached, merged, unmerged, deleted };
constexpr std::array<std::string_view, 7> names_of(ParentCause) {
  return {"opened", "attached", "moved", "detached", "merged", "unmerged", "deleted"};
}

// What one ticket is to another; the other side has the inverse name (inverse_name_of).
enum class LinkType : std::uint8_t { relates_to, duplicates, depends_on, causes, follow_up_of, split_from };
constexpr std::array<std::string_view, 6> names_of(LinkType) {
  return {"relates_to", "duplicates", "depends_on", "causes", "follow_up_of", "split_from"};
}

// Why somebody should look at the ticket once more.
enum class LookReason : std::uint8_t {
  message_after_close,
  automatic_message,
  child_reopened,
  children_closed,
  reply_without_claim,
  open_todos,
  open_children
};
constexpr std::array<std::string_view, 7> names_of(LookReason) {
  return {"message_after_close", "automatic_message", "child_reopened", "children_closed",
          "reply_without_claim", "open_todos",        "open_children"};
}

// desk: the address that the settings name for openings; recipients: those that a message names.
enum class Audience : std::uint8_t { client, assignee, watchers, managers, desk, recipients };
constexpr std::array<std::string_view, 6> names_of(Audience) {
  return {"client", "assignee", "watchers", "managers", "desk", "recipients"};
}

// What was decided about telling somebody, and why.
enum class NoticeReason : std::uint8_t {
  always,
  chosen,
  not_chosen,
  never,
  no_address,
  own_act,
  internal_ticket,
  not_requested
};
constexpr std::array<std::string_view, 8> names_of(NoticeReason) {
  return {"always", "chosen", "not_chosen", "never", "no_address", "own_act", "internal_ticket", "not_requested"};
}

// What people can be told of.
enum class NotifyEvent : std::uint8_t {
  opened,
  replied,
  closed,
  reopened,
  status_changed,
  priority_changed,
  classified,
  estimate_changed,
  assigned,
  merged,
  private_message  // an internal message with chosen recipients
};
constexpr std::array<std::string_view, 11> names_of(NotifyEvent) {
  return {"opened",     "replied",          "closed",   "reopened", "status_changed", "priority_changed",
          "classified", "estimate_changed", "assigned", "merged",   "private_message"};
}

// A status as it was understood when the event was written.
struct StatusAt {
  std::string key;
  Category category = Category::fresh;
  static constexpr auto fields = std::make_tuple(field("key", &StatusAt::key), field("category", &StatusAt::category));
  bool operator==(const StatusAt& o) const { return same_fields(*this, o); }
};

// A priority as it was understood when the event was written: its place, lowest = 0.
struct PriorityAt {
  std::string key;
  std::uint32_t rank = 0;
  static constexpr auto fields = std::make_tuple(field("key", &PriorityAt::key), field("rank", &PriorityAt::rank));
  bool operator==(const PriorityAt& o) const { return same_fields(*this, o); }
};

// The three axes by which tickets are classed; each may be empty.
struct Classification {
  std::vector<std::string> category;  // path in the tree, root first: {"Incident", "Network"}
  std::string request_type;
  std::string group;
  static constexpr auto fields =
      std::make_tuple(field("category", &Classification::category),
                      field("request_type", &Classification::request_type), field("group", &Classification::group));
  bool operator==(const Classification& o) const { return same_fields(*this, o); }
};

// Who the ticket is for: a person, an organisation, both or nobody.
struct Party {
  std::optional<ContactId> contact;
  std::optional<OrganisationId> organisation;
  static constexpr auto fields =
      std::make_tuple(field("contact", &Party::contact), field("organisation", &Party::organisation));
  bool operator==(const Party& o) const { return same_fields(*this, o); }
};

// Short texts about a ticket by which nothing is decided. Command, event, row, JSON, bounds and
// the API's description follow this list: one more is a line here and one in values.fbs.
struct Particulars {
  Personal client_reference;  // what the client calls it: "order 4711"
  Personal site;              // where it is: an address, a room, a machine
  static constexpr auto fields =
      std::make_tuple(field("client_reference", &Particulars::client_reference), field("site", &Particulars::site));
  bool operator==(const Particulars& o) const { return same_fields(*this, o); }
};

// Somebody who can be told something: one of the three.
struct Addressee {
  std::optional<AgentId> agent;
  std::optional<ContactId> contact;
  Personal email;
  static constexpr auto fields = std::make_tuple(
      field("agent", &Addressee::agent), field("contact", &Addressee::contact), field("email", &Addressee::email));
  bool operator==(const Addressee& o) const { return same_fields(*this, o); }
};

// One line of a summary: {"amount", "120,00 €"}.
struct Detail {
  std::string name;
  Personal text;
  static constexpr auto fields = std::make_tuple(field("name", &Detail::name), field("text", &Detail::text));
  bool operator==(const Detail& o) const { return same_fields(*this, o); }
};

// Something outside that the ticket is about, as it was when it was linked.
struct ContextAt {
  std::uint32_t link = 0;            // its number in this ticket, from 1
  std::string type;                  // key of a context type: "vehicle", "invoice"
  std::optional<ContextId> context;  // the entry it was chosen from
  Personal label;                    // "AB-123-CD"
  std::string url;
  std::vector<Detail> summary;
  static constexpr auto fields = std::make_tuple(
      field("link", &ContextAt::link), field("type", &ContextAt::type), field("context", &ContextAt::context),
      field("label", &ContextAt::label), field("url", &ContextAt::url), field("summary", &ContextAt::summary));
  bool operator==(const ContextAt& o) const { return same_fields(*this, o); }
};

struct TodoAt {
  std::uint32_t todo = 0;  // its number in this ticket, from 1
  Personal text;
  std::optional<AgentId> assignee;
  std::optional<Instant> due_at;
  static constexpr auto fields =
      std::make_tuple(field("todo", &TodoAt::todo), field("text", &TodoAt::text), field("assignee", &TodoAt::assignee),
                      field("due_at", &TodoAt::due_at));
  bool operator==(const TodoAt& o) const { return same_fields(*this, o); }
};

// A file: its bytes are a blob, stored before the event.
struct DocumentAt {
  std::uint32_t document = 0;  // its number in this ticket, from 1
  std::string sha256;          // of the bytes, 64 hex digits
  std::uint64_t size_bytes = 0;
  std::string media_type;
  Personal file_name;
  Visibility visibility = Visibility::everyone;
  std::uint32_t message = 0;        // the message that it came with, 0 = none
  std::optional<TicketId> held_by;  // the ticket that numbers that message; absent = this one
  static constexpr auto fields =
      std::make_tuple(field("document", &DocumentAt::document), field("sha256", &DocumentAt::sha256),
                      field("size_bytes", &DocumentAt::size_bytes), field("media_type", &DocumentAt::media_type),
                      field("file_name", &DocumentAt::file_name), field("visibility", &DocumentAt::visibility),
                      field("message", &DocumentAt::message), field("held_by", &DocumentAt::held_by));
  bool operator==(const DocumentAt& o) const { return same_fields(*this, o); }
};

// An answer to the questionnaire, with the question as it was asked.
struct Answer {
  std::string question;  // its key
  std::string label;
  Personal answer;
  static constexpr auto fields = std::make_tuple(field("question", &Answer::question), field("label", &Answer::label),
                                                 field("answer", &Answer::answer));
  bool operator==(const Answer& o) const { return same_fields(*this, o); }
};

// One audience of one notification: told or not, and why.
struct NoticeAt {
  Audience audience = Audience::client;
  bool sent = false;
  NoticeReason reason = NoticeReason::always;
  std::vector<Addressee> recipients;
  std::optional<TemplateId> text_template;  // absent = the receiving program's own text
  std::uint32_t template_version = 0;
  static constexpr auto fields = std::make_tuple(
      field("audience", &NoticeAt::audience), field("sent", &NoticeAt::sent), field("reason", &NoticeAt::reason),
      field("recipients", &NoticeAt::recipients), field("text_template", &NoticeAt::text_template),
      field("template_version", &NoticeAt::template_version));
  bool operator==(const NoticeAt& o) const { return same_fields(*this, o); }
};

// What the ticket at the other end is called: depends_on and required_by.
constexpr std::string_view inverse_name_of(LinkType type) {
  constexpr std::array<std::string_view, 6> names = {"relates_to", "duplicated_by",  "required_by",
                                                     "caused_by",  "followed_up_by", "split_into"};
  return names.at(static_cast<std::size_t>(type));
}

}  // namespace greffe
