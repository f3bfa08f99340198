// What a ticket's detail shows beside its row: lists of what was added to it and of the tickets
// it is tied to. A fold of the same stream as the row (projections/ticket_row.h); what a ticket
// absorbed in merges stays in the absorbed ones' own parts (Snapshot::origins).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/record.h"

namespace greffe {

struct WatcherRow {
  WatcherKind kind = WatcherKind::copy;
  Addressee who;
  Instant added_at;
  static constexpr auto fields = std::make_tuple(field("kind", &WatcherRow::kind), field("who", &WatcherRow::who),
                                                 field("added_at", &WatcherRow::added_at));
  bool operator==(const WatcherRow& o) const { return same_fields(*this, o); }
};

struct TodoRow {
  TodoAt todo;
  bool done = false;
  std::optional<Instant> done_at;
  Actor done_by;  // of no meaning while it is not done
  static constexpr auto fields =
      std::make_tuple(field("todo", &TodoRow::todo), field("done", &TodoRow::done), field("done_at", &TodoRow::done_at),
                      field("done_by", &TodoRow::done_by));
  bool operator==(const TodoRow& o) const { return same_fields(*this, o); }
};

struct DocumentRow {
  DocumentAt document;
  Instant attached_at;
  Actor by;
  static constexpr auto fields =
      std::make_tuple(field("document", &DocumentRow::document), field("attached_at", &DocumentRow::attached_at),
                      field("by", &DocumentRow::by));
  bool operator==(const DocumentRow& o) const { return same_fields(*this, o); }
};

struct ArticleRow {
  std::uint32_t article = 0;
  std::string title;
  std::string url;
  static constexpr auto fields = std::make_tuple(field("article", &ArticleRow::article),
                                                 field("title", &ArticleRow::title), field("url", &ArticleRow::url));
  bool operator==(const ArticleRow& o) const { return same_fields(*this, o); }
};

// What another system was asked to plan, and its newest answer.
struct InterventionRow {
  std::uint32_t intervention = 0;
  Personal title;
  Instant requested_at;
  std::optional<Instant> answered_at;
  std::string reference;
  std::string url;
  Personal note;
  Personal details;  // what was asked for besides the ticket itself
  std::optional<Instant> wanted_at;
  static constexpr auto fields = std::make_tuple(
      field("intervention", &InterventionRow::intervention), field("title", &InterventionRow::title),
      field("requested_at", &InterventionRow::requested_at), field("answered_at", &InterventionRow::answered_at),
      field("reference", &InterventionRow::reference), field("url", &InterventionRow::url),
      field("note", &InterventionRow::note), field("details", &InterventionRow::details),
      field("wanted_at", &InterventionRow::wanted_at));
  bool operator==(const InterventionRow& o) const { return same_fields(*this, o); }
};

// `inverse`: this ticket is the other end, see inverse_name_of.
struct LinkRow {
  LinkType type = LinkType::relates_to;
  bool inverse = false;
  TicketId other;
  std::string other_number;
  static constexpr auto fields =
      std::make_tuple(field("type", &LinkRow::type), field("inverse", &LinkRow::inverse),
                      field("other", &LinkRow::other), field("other_number", &LinkRow::other_number));
  bool operator==(const LinkRow& o) const { return same_fields(*this, o); }
};

struct TicketRef {
  TicketId ticket;
  std::string number;
  static constexpr auto fields =
      std::make_tuple(field("ticket", &TicketRef::ticket), field("number", &TicketRef::number));
  bool operator==(const TicketRef& o) const { return same_fields(*this, o); }
};

struct PointsRow {
  ContractId contract;
  std::uint32_t points = 0;
  Personal reason;
  Instant at;
  static constexpr auto fields =
      std::make_tuple(field("contract", &PointsRow::contract), field("points", &PointsRow::points),
                      field("reason", &PointsRow::reason), field("at", &PointsRow::at));
  bool operator==(const PointsRow& o) const { return same_fields(*this, o); }
};

// In the order in which things were added, unless said otherwise.
struct TicketParts {
  std::vector<WatcherRow> watchers;
  std::vector<ContextAt> contexts;
  std::vector<TodoRow> todos;          // in the order people gave them, without the dropped
  std::vector<DocumentRow> documents;  // without the removed
  std::vector<ArticleRow> articles;
  std::vector<InterventionRow> interventions;
  std::vector<LinkRow> links;
  std::vector<TicketRef> children;
  std::vector<TicketRef> absorbed;  // merged into this one, by its own merges only
  std::vector<TicketRef> lent;      // children that went with this one's merge
  std::optional<TicketRef> parent;
  std::optional<TicketRef> merged_into;
  std::optional<TicketRef> split_from;
  std::vector<Answer> answers;
  std::vector<PointsRow> points;

  static constexpr auto fields =
      std::make_tuple(field("watchers", &TicketParts::watchers), field("contexts", &TicketParts::contexts),
                      field("todos", &TicketParts::todos), field("documents", &TicketParts::documents),
                      field("articles", &TicketParts::articles), field("interventions", &TicketParts::interventions),
                      field("links", &TicketParts::links), field("children", &TicketParts::children),
                      field("absorbed", &TicketParts::absorbed), field("lent", &TicketParts::lent),
                      field("parent", &TicketParts::parent), field("merged_into", &TicketParts::merged_into),
                      field("split_from", &TicketParts::split_from), field("answers", &TicketParts::answers),
                      field("points", &TicketParts::points));
  bool operator==(const TicketParts& o) const { return same_fields(*this, o); }
};

// Folds one event of the ticket's own stream into its parts. Never fails: events are facts.
void fold_parts(TicketParts& parts, const Envelope& envelope, const TicketEvent& event);

// False if folding the event would leave any parts as they are, so that nobody need read them.
bool changes_parts(const TicketEvent& event);

}  // namespace greffe
