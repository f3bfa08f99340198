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
#include "projections/clocks/sla.h"
#include "projections/clocks/work_time.h"
#include "projections/directory_rows.h"
#include "projections/lists/query.h"
#include "projections/ticket_row.h"
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

  // The ticket's events as its timeline shows them, oldest first by when they happened.
  // `cursor` as Page gives it; limit 1 … list_limit_max.
  virtual Result<Page<Record>, BadCursor> timeline(TicketId id, std::size_t limit, std::string_view cursor) const = 0;

  // All tickets of a contact or organisation, open and closed, newest opened first.
  virtual Result<Page<TicketRow>, BadCursor> tickets_of(ContactId id, std::size_t limit,
                                                        std::string_view cursor) const = 0;
  virtual Result<Page<TicketRow>, BadCursor> tickets_of(OrganisationId id, std::size_t limit,
                                                        std::string_view cursor) const = 0;

  // The ticket's delays as facts; sla.h computes verdicts and remaining time for an instant.
  virtual SlaRow sla(TicketId id) const = 0;
  // The ticket's work sessions and totals.
  virtual WorkTime work_time(TicketId id) const = 0;

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
};

struct ListPage {
  Page<TicketRow> page;
  std::shared_ptr<const Snapshot> snapshot;  // the same position as the page, for joins
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
