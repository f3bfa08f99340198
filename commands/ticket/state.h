// State of a ticket as far as decisions need it.
#pragma once

#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "events/ticket.h"

namespace greffe {

// SHA-256 of a text that only has to be told from another one.
using TextDigest = std::array<unsigned char, 32>;
TextDigest digest_of(std::string_view text);
// Of several texts in their order; they hold no NUL, which no command takes.
TextDigest digest_of(std::initializer_list<std::string_view> texts);

struct Watcher {
  WatcherKind kind = WatcherKind::copy;
  Addressee who;
  static constexpr auto fields = std::make_tuple(field("kind", &Watcher::kind), field("who", &Watcher::who));
  bool operator==(const Watcher&) const = default;
};
struct TodoState {
  std::uint32_t todo = 0;
  bool done = false;
  static constexpr auto fields = std::make_tuple(field("todo", &TodoState::todo), field("done", &TodoState::done));
  bool operator==(const TodoState&) const = default;
};
struct ArticleState {
  std::uint32_t article = 0;
  TextDigest content{};  // of title and address
  static constexpr auto fields =
      std::make_tuple(field("article", &ArticleState::article), field("content", &ArticleState::content));
  bool operator==(const ArticleState&) const = default;
};
struct InterventionState {
  std::uint32_t intervention = 0;
  bool answered = false;
  TextDigest answer{};  // the newest one's
  static constexpr auto fields =
      std::make_tuple(field("intervention", &InterventionState::intervention),
                      field("answered", &InterventionState::answered), field("answer", &InterventionState::answer));
  bool operator==(const InterventionState&) const = default;
};
// One of this ticket's messages that was sent to a merged ticket.
struct MessageVia {
  std::uint32_t message = 0;
  TicketId via;
  static constexpr auto fields =
      std::make_tuple(field("message", &MessageVia::message), field("via", &MessageVia::via));
  bool operator==(const MessageVia&) const = default;
};
struct TicketLink {
  LinkType type = LinkType::relates_to;
  bool inverse = false;
  TicketId other;
  static constexpr auto fields = std::make_tuple(
      field("type", &TicketLink::type), field("inverse", &TicketLink::inverse), field("other", &TicketLink::other));
  bool operator==(const TicketLink&) const = default;
};

// How many things of a kind the ticket ever had: the next one's number is one more.
struct TicketCounts {
  std::uint32_t messages = 0, contexts = 0, todos = 0, documents = 0, articles = 0, interventions = 0;
  static constexpr auto fields =
      std::make_tuple(field("messages", &TicketCounts::messages), field("contexts", &TicketCounts::contexts),
                      field("todos", &TicketCounts::todos), field("documents", &TicketCounts::documents),
                      field("articles", &TicketCounts::articles), field("interventions", &TicketCounts::interventions));
  bool operator==(const TicketCounts&) const = default;
};

struct TicketState {
  Version version;  // 0 = does not exist
  std::string number;
  TicketKind kind = TicketKind::external;
  Channel channel = Channel::manual;
  std::string origin;
  std::string title;
  std::string description;
  StatusAt status;
  PriorityAt priority;
  Classification classification;
  Party party;
  Particulars particulars;
  std::optional<TeamId> team;
  std::optional<AgentId> assignee;
  std::uint32_t reopen_count = 0;
  std::string external_id;
  std::optional<Instant> due_at, estimated_resolution_at;
  bool notify_client = false, notify_assignee = false;
  bool read = false;
  bool needs_look = false;
  std::optional<Instant> last_closed_at;
  TicketCounts counts;
  std::vector<Watcher> watchers;
  std::vector<ContextAt> contexts;
  std::vector<TodoState> todos;          // in their order, without the dropped
  std::vector<std::uint32_t> documents;  // those still there, ascending
  std::vector<ArticleState> articles;    // the same
  std::vector<InterventionState> interventions;
  std::vector<TicketLink> links;

  std::optional<TicketId> parent;
  std::vector<TicketId> children;
  std::optional<TicketId> merged_into;
  std::vector<TicketId> absorbed;       // merged into this one, by its own merges only
  std::vector<TicketId> lent_children;  // went to the ticket that this one is merged into
  std::vector<TicketId> lent_by;        // whom merges took it from since anybody moved it, the first of them first
  // What a merge or a deletion took and an unmerge or a restoration gives back.
  StatusAt status_before;
  std::optional<AgentId> assignee_before;
  std::vector<MessageVia> messages_via;          // by message
  std::vector<std::uint32_t> internal_messages;  // ascending
  std::vector<TicketId> contacts_kept;           // absorbed with their contact, who watches this one for it
  Instant opened_at;                             // nothing of the ticket happened before
  static constexpr auto fields = std::make_tuple(
      field("version", &TicketState::version), field("number", &TicketState::number), field("kind", &TicketState::kind),
      field("channel", &TicketState::channel), field("origin", &TicketState::origin),
      field("title", &TicketState::title), field("description", &TicketState::description),
      field("status", &TicketState::status), field("priority", &TicketState::priority),
      field("classification", &TicketState::classification), field("party", &TicketState::party),
      field("particulars", &TicketState::particulars), field("team", &TicketState::team),
      field("assignee", &TicketState::assignee), field("reopen_count", &TicketState::reopen_count),
      field("external_id", &TicketState::external_id), field("due_at", &TicketState::due_at),
      field("estimated_resolution_at", &TicketState::estimated_resolution_at),
      field("notify_client", &TicketState::notify_client), field("notify_assignee", &TicketState::notify_assignee),
      field("read", &TicketState::read), field("needs_look", &TicketState::needs_look),
      field("last_closed_at", &TicketState::last_closed_at), field("counts", &TicketState::counts),
      field("watchers", &TicketState::watchers), field("contexts", &TicketState::contexts),
      field("todos", &TicketState::todos), field("documents", &TicketState::documents),
      field("articles", &TicketState::articles), field("interventions", &TicketState::interventions),
      field("links", &TicketState::links), field("parent", &TicketState::parent),
      field("children", &TicketState::children), field("merged_into", &TicketState::merged_into),
      field("absorbed", &TicketState::absorbed), field("lent_children", &TicketState::lent_children),
      field("lent_by", &TicketState::lent_by), field("status_before", &TicketState::status_before),
      field("assignee_before", &TicketState::assignee_before), field("messages_via", &TicketState::messages_via),
      field("internal_messages", &TicketState::internal_messages), field("contacts_kept", &TicketState::contacts_kept),
      field("opened_at", &TicketState::opened_at));
  bool operator==(const TicketState&) const = default;
};

// Folds one event in; never fails, since events are facts. Exhaustive: a new event does not
// compile until it is folded.
void evolve(TicketState& state, const TicketEvent& event, Instant occurred_at = {});

}  // namespace greffe
