// Full-text search over tickets: titles, descriptions, messages and what else is written on
// them, in French and English, accents and case aside. The index lives in `<dir>/search` and
// can be thrown away: the log rebuilds it. A thread of its own follows the log; what a command
// has answered can be found within a second.
//
// What may be written in SearchQuery::text:
//   imprimante réseau    both words, each in any form ("imprimantes"); the last one, if no space
//                        follows it and it has three letters, also as the beginning of a word
//   "mot de passe"       these words in this order, exactly
//   serv*                words that begin so (two letters at least)
//   -laser  -"à jeter"   without this
//   2502280001, INC-12   a ticket's number or external id, whole or its first three characters
// Nothing written there is an error of grammar: what makes no sense is read as words.
//
// Any thread may search at any time.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "events/result.h"
#include "events/ticket.h"
#include "projections/view_failure.h"
#include "projections/views.h"
#include "storage/log.h"

namespace greffe {

// Which texts of which tickets a search may look at and show. As made by default: none.
class SearchAudience {
 public:
  SearchAudience() = default;
  // Agents: every ticket, internal notes too.
  static SearchAudience everything();
  // Callers from outside: public texts of external tickets of these contacts or organisations.
  static SearchAudience public_texts_of(std::vector<ContactId> contacts, std::vector<OrganisationId> organisations);

  bool sees_everything() const { return everything_; }
  const std::vector<ContactId>& contacts() const { return contacts_; }
  const std::vector<OrganisationId>& organisations() const { return organisations_; }

 private:
  bool everything_ = false;
  std::vector<ContactId> contacts_;
  std::vector<OrganisationId> organisations_;
};

enum class SearchView : std::uint8_t { all, open, closed };
constexpr std::array<std::string_view, 3> names_of(SearchView) { return {"all", "open", "closed"}; }

// Values within one filter are alternatives; filters together all hold. Empty = no filter.
struct SearchFilters {
  SearchView view = SearchView::all;
  bool with_deleted = false;  // both count as neither open nor closed
  bool with_merged = false;
  std::vector<std::string> status, priority;
  std::vector<AgentId> assignee;
  std::vector<TeamId> team;
  std::vector<ContactId> contact;
  std::vector<OrganisationId> organisation;
  std::vector<TicketKind> kind;
  std::vector<Channel> channel;
  std::vector<std::vector<std::string>> category;     // from the root; a path holds all below it
  std::optional<Instant> opened_from, opened_before;  // half-open: from <= opened_at < before
  std::optional<Instant> updated_from, updated_before;
};

inline constexpr std::size_t search_text_bytes_max = 1024;
inline constexpr std::size_t search_limit_max = 50;
inline constexpr std::size_t search_hits_max = 1000;  // as far as pages go

struct SearchQuery {
  std::string text;
  SearchAudience audience;
  SearchFilters filters;
  std::size_t limit = 20;  // 1 … search_limit_max
  std::string cursor;      // from the page before; empty = first page
  // Around what was found, in snippets; written as they are, so they may be HTML.
  std::string mark_begin = "<mark>", mark_end = "</mark>";
};

// Where a text stands on its ticket.
enum class SearchField : std::uint8_t { title, description, message, resolution, reason };
constexpr std::array<std::string_view, 5> names_of(SearchField) {
  return {"title", "description", "message", "resolution", "reason"};
}

// A part of a text with what was found in it, as HTML: the text's own `<`, `&` … are escaped.
struct SearchSnippet {
  SearchField field = SearchField::title;
  std::string text;
};

struct SearchHit {
  TicketId id;
  double score = 0;                     // compares within one answer only
  std::vector<SearchSnippet> snippets;  // at most three; none if only a number was found
};

struct SearchPage {
  std::vector<SearchHit> hits;  // the best first; equally good ones by updated_at, newest first
  std::string suggestion;       // a text that would find something, if this one did not; or empty
  std::uint64_t total_estimate = 0;
  std::string next_cursor;  // empty = this is the last page
  Seen seen;                // everything up to here was looked at
};

struct SearchFault {
  enum class Kind : std::uint8_t {
    too_long,         // more than search_text_bytes_max, or more words than are worth looking for
    nothing_to_find,  // no word at all, or only exclusions
    bad_cursor,       // not a cursor that this very query gave
    unreadable,       // the index's disk failed or holds damaged bytes; the index is made anew
  };
  Kind kind = Kind::unreadable;
  std::string detail;
};
constexpr std::array<std::string_view, 4> names_of(SearchFault::Kind) {
  return {"too_long", "nothing_to_find", "bad_cursor", "unreadable"};
}

struct SearchStatus {
  Seen seen;
  Position log_tail;
  bool rebuilding = false;      // a first or a new index is on its way to the log's tail
  Position rebuild_position;    // how far it is
  std::uint64_t documents = 0;  // tickets that can be found
  // Why it moves no more; searches are answered from where it stands. Absent: it does.
  std::optional<ViewFailure> failure;
};

class SearchIndex {
 public:
  struct Options {
    // From one commit to the next at least: what an event waits for at most, and one commit more.
    std::chrono::milliseconds commit_interval{200};
    // While there is a long way to go: events a commit.
    std::size_t bulk_events_max = 30'000;
    // While it is shorter than that: what came first does not wait for what came last.
    std::size_t live_events_max = 2'000;
    // False: apply nothing by itself; catch_up() is called by hand (tools, tests).
    bool follow = true;
  };
  // Called once, from a thread of the index, when it moves no more; searches go on being
  // answered from where it stands. Must not call stop().
  using OnFailure = std::function<void(const ViewFailure&)>;
  using Progress = Views::Progress;

  // Opens the index in `<dir>/search`. One that is absent, damaged, of another version than
  // this program's or of another log is begun anew, and answers from as far as it has come.
  // `log` outlives the result. Fails with not_opened or log.
  static Result<std::unique_ptr<SearchIndex>, ViewFailure> open(const std::filesystem::path& dir, const Log& log,
                                                                Options options, OnFailure on_failure);
  virtual ~SearchIndex() = default;

  // Never throws on account of the query or the index.
  virtual Result<SearchPage, SearchFault> search(const SearchQuery& query) const = 0;

  // Blocks until what happened up to `position` can be found or `timeout` has passed. True if so.
  virtual bool wait_for(Position position, std::chrono::milliseconds timeout) const = 0;

  // Applies everything up to the log's tail of this moment, or waits until the thread has
  // (`follow`). Fails also if the index was stopped before.
  virtual Result<void, ViewFailure> catch_up(const Progress& progress) = 0;

  // Builds the index anew beside the one that serves, and swaps at an equal position. One at a
  // time: a second call waits. On failure the old index goes on.
  virtual Result<void, ViewFailure> rebuild(const Progress& progress) = 0;

  // SHA-256 over every document with its terms, values and texts, in order of ticket, and over the
  // words of the suggestions, hex; equal for equal histories. The index stands still meanwhile, and
  // it takes as long as a rebuild.
  struct Digest {
    Position position;
    std::string documents;
  };
  virtual Result<Digest, ViewFailure> digest() = 0;

  virtual SearchStatus status() const = 0;

  // Ends the thread; searches still work. Idempotent.
  virtual void stop() = 0;
};

}  // namespace greffe
