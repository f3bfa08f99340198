// All read models behind one door. They live in `<dir>/views`, a RocksDB of their own that
// can be thrown away: the log replays what is missing. One thread (the projector) follows
// the log; every view is always at the same position, and each event counts exactly once.
//
// A Snapshot answers any number of queries from one position. Any thread may take one. A
// query throws ViewsUnreadable if the disk fails or holds damaged bytes (view_failure.h).
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "events/record.h"
#include "projections/catalogue_rows.h"
#include "projections/clocks/sla.h"
#include "projections/clocks/work_time.h"
#include "projections/directory_rows.h"
#include "projections/lists/list_index.h"
#include "projections/lists/query.h"
#include "projections/ticket_parts.h"
#include "projections/ticket_row.h"
#include "projections/timeline.h"
#include "projections/view_failure.h"
#include "storage/log.h"

namespace greffe {

// Where a reader stands: the last event the views had seen, and when it was recorded.
struct Seen {
  Position position;
  Instant recorded_at;
};

template <class Row>
struct Page {
  std::vector<Row> rows;
  std::string next_cursor;  // empty = this is the last page
};

// A view that met an event it could not digest; it stands still, the others go on.
struct ParkedView {
  std::string view;
  Position position;
  std::string cause;
};

// A report and what it may be asked: projections/reports/report.h.
struct ReportQuery;
struct ReportAnswer;
enum class ReportTooLarge : std::uint8_t;

struct ViewsStatus {
  Seen seen;
  Position log_tail;
  std::vector<ParkedView> parked;
  bool rebuilding = false;
  Position rebuild_position;  // how far the new views are
};

// Stays as it is while the views go on, also past a rebuild; it keeps their rows on the disk,
// so hold it for one answer, not for long. Must not outlive the log.
class Snapshot {
 public:
  virtual ~Snapshot() = default;
  virtual Seen seen() const = 0;

  // Absent if there is no such ticket at this position.
  virtual std::optional<TicketRow> ticket(TicketId id) const = 0;
  virtual std::optional<TicketRow> ticket(std::string_view number) const = 0;

  // The ticket of that number, whatever became of it; absent if there is none.
  virtual std::optional<TicketId> numbered(std::string_view number) const = 0;
  // What the ticket's detail shows beside its row; empty if there is no such ticket.
  virtual TicketParts parts(TicketId id) const = 0;
  // The ticket itself and all it absorbed in merges, theirs included; empty if there is none.
  virtual std::vector<Origin> origins(TicketId id) const = 0;

  // What happened to the ticket and to all it absorbed, oldest first by when it happened, ties
  // in log order. A cursor stays valid while tickets are merged and unmerged: the next page goes
  // on behind the instant at which the last one ended.
  virtual Result<Page<TimelineEntry>, BadCursor> timeline(TicketId id, const TimelineQuery& query) const = 0;
  // The same, of the decisions about telling somebody (NotificationDecided) alone.
  virtual Result<Page<TimelineEntry>, BadCursor> notices(TicketId id, std::size_t limit,
                                                         std::string_view cursor) const = 0;

  // All tickets of a contact or organisation, newest opened first: open, closed and merged ones,
  // not the deleted.
  virtual Result<Page<TicketRow>, BadCursor> tickets_of(ContactId id, std::size_t limit,
                                                        std::string_view cursor) const = 0;
  virtual Result<Page<TicketRow>, BadCursor> tickets_of(OrganisationId id, std::size_t limit,
                                                        std::string_view cursor) const = 0;

  // The ticket's delays as facts; sla.h computes verdicts and remaining time for an instant.
  virtual SlaRow sla(TicketId id) const = 0;
  // The work sessions and totals of the ticket and of all it absorbed.
  virtual WorkTime work_time(TicketId id) const = 0;
  virtual Result<ReportAnswer, ReportTooLarge> report(const ReportQuery& query) const = 0;

  virtual std::optional<ContactRow> contact(ContactId id) const = 0;
  virtual std::optional<OrganisationRow> organisation(OrganisationId id) const = 0;
  virtual std::optional<AgentRow> agent(AgentId id) const = 0;
  virtual std::optional<TeamRow> team(TeamId id) const = 0;
  // By id, ascending.
  virtual Result<Page<ContactRow>, BadCursor> contacts(std::size_t limit, std::string_view cursor) const = 0;
  virtual Result<Page<OrganisationRow>, BadCursor> organisations(std::size_t limit, std::string_view cursor) const = 0;
  virtual Result<Page<AgentRow>, BadCursor> agents(std::size_t limit, std::string_view cursor) const = 0;
  virtual Result<Page<TeamRow>, BadCursor> teams(std::size_t limit, std::string_view cursor) const = 0;

  // The name to show for an entry; empty if it is unknown.
  virtual std::string display_name(StreamId entry) const = 0;

  // Active entries by the beginning of their name as it is typed (projections/lookup/name_index.h).
  virtual Matches<ContactRow> contacts_named(std::string_view typed, std::size_t limit) const = 0;
  virtual Matches<OrganisationRow> organisations_named(std::string_view typed, std::size_t limit) const = 0;
  virtual Matches<AgentRow> agents_named(std::string_view typed, std::size_t limit) const = 0;
  // The agents who can be given tickets; all if nothing is typed.
  virtual Matches<AgentRow> assignable_agents(std::string_view typed, std::size_t limit) const = 0;
  // Contexts of a type by their plate or number; the first of all if nothing is typed.
  virtual Matches<ContextRow> contexts_labelled(std::string_view type, std::string_view typed,
                                                std::size_t limit) const = 0;

  // Catalogue entries; lists by id, ascending.
  virtual std::optional<CannedReplyRow> canned_reply(CannedReplyId id) const = 0;
  virtual std::optional<TextTemplateRow> text_template(TemplateId id) const = 0;
  virtual std::optional<ContextRow> context(ContextId id) const = 0;
  virtual std::optional<SavedViewRow> saved_view(SavedViewId id) const = 0;
  virtual std::optional<ContractRow> contract(ContractId id) const = 0;
  virtual Result<Page<CannedReplyRow>, BadCursor> canned_replies(std::size_t limit, std::string_view cursor) const = 0;
  virtual Result<Page<TextTemplateRow>, BadCursor> text_templates(std::size_t limit, std::string_view cursor) const = 0;
  virtual Result<Page<ContextRow>, BadCursor> contexts(std::size_t limit, std::string_view cursor) const = 0;
  virtual Result<Page<SavedViewRow>, BadCursor> saved_views(std::size_t limit, std::string_view cursor) const = 0;
  virtual Result<Page<ContractRow>, BadCursor> contracts(std::size_t limit, std::string_view cursor) const = 0;
  // The context of that type with that id in another system, active or not.
  virtual std::optional<ContextId> context_with_external_id(std::string_view type,
                                                            std::string_view external_id) const = 0;
  // The agent's own active views, then everybody's, each by id: the first `limit` of either.
  virtual std::vector<SavedViewRow> saved_views_of(AgentId agent, std::size_t limit) const = 0;
  // A contract's account, newest first.
  virtual Result<Page<BookingRow>, BadCursor> bookings(ContractId id, std::size_t limit,
                                                       std::string_view cursor) const = 0;
};

struct ListPage {
  Page<TicketRow> page;
  std::shared_ptr<const Snapshot> snapshot;  // the same position as the page, for joins
};

struct Counted {
  std::uint64_t selected = 0;
  ListCounts by_view;
  std::shared_ptr<const Snapshot> snapshot;
};
struct Faceted {
  std::vector<Facet> facets;
  std::shared_ptr<const Snapshot> snapshot;
};

// SHA-256 over every row of every view in key order, hex; equal for equal histories.
struct ViewsDigest {
  Position position;
  std::string all;
  std::vector<std::pair<std::string, std::string>> by_view;
};

class Views {
 public:
  struct Options {
    std::size_t batch_events_max = 4096;
    // False: apply nothing by itself; catch_up() is called by hand (tools, tests).
    bool follow = true;
  };
  // Called once, from a thread of the views, when the log or the views' disk failed: the views
  // go on answering from where they stand and move no more. Must not call stop().
  using OnFailure = std::function<void(const ViewFailure&)>;
  // done = events applied so far, total = events to apply.
  using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

  // Opens the views in `<dir>/views`, making them if absent. Views of another version than
  // this program's go on serving while new ones are built beside them, if they can be read,
  // and are built at once otherwise. `log` outlives the result.
  static Result<std::unique_ptr<Views>, ViewFailure> open(const std::filesystem::path& dir, const Log& log,
                                                          Options options, OnFailure on_failure);
  virtual ~Views() = default;

  virtual std::shared_ptr<const Snapshot> snapshot() const = 0;

  // One page of a ticket list and the snapshot it was read from. See lists/query.h.
  virtual Result<ListPage, BadCursor> list(const ListQuery& query) const = 0;

  // How many tickets the query selects, in its own view and in each; sort, limit and cursor
  // do not count.
  virtual Counted counted(const ListQuery& query) const = 0;

  // The same, value by value of each column, the column's own filter left out.
  virtual Faceted faceted(const ListQuery& query, std::span<const FacetColumn> columns) const = 0;

  // Blocks until the views have seen `position` or `timeout` has passed. True if they have.
  virtual bool wait_for(Position position, std::chrono::milliseconds timeout) const = 0;

  // Applies everything up to the log's tail of this moment, or waits until the projector has
  // (`follow`). Outdated views are built anew. Fails also if the views were stopped before.
  virtual Result<void, ViewFailure> catch_up(const Progress& progress) = 0;

  // Builds all views anew from position 1 beside the live ones, which go on serving, and
  // swaps at an equal position. Returns the digests before and after, taken at one position.
  // One at a time: a second call waits. On failure the live views go on as they were; it
  // fails with poison if a new view could not digest an event.
  struct Rebuilt {
    ViewsDigest before, after;
  };
  virtual Result<Rebuilt, ViewFailure> rebuild(const Progress& progress) = 0;

  virtual ViewsDigest digest() const = 0;
  virtual ViewsStatus status() const = 0;

  // Ends the projector's thread; queries still work. Idempotent.
  virtual void stop() = 0;
};

}  // namespace greffe
