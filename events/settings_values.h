// Settings are events: each area is one stream whose latest event is the whole area as
// it stands. Older events keep what they meant, because whatever depends on a setting
// (a status's category, a number) is written into the ticket's own event.
#pragma once

#include <string>
#include <vector>

#include "events/fields.h"
#include "events/ids.h"
#include "events/names.h"
#include "events/time.h"

namespace greffe {

// Stored as the stream's id: never reuse or reorder the numbers.
enum class SettingsArea : std::uint8_t {
  none,
  tenant,
  statuses,
  priorities,
  sla,
  numbering,
  taxonomy,
  opening,
  handling,
  reopening,
  relations,
  notifications,
  intake,
  points,
  contexts,
  attachments
};
constexpr std::array<std::string_view, 16> names_of(SettingsArea) {
  return {"none",     "tenant",    "statuses",  "priorities",    "sla",    "numbering", "taxonomy", "opening",
          "handling", "reopening", "relations", "notifications", "intake", "points",    "contexts", "attachments"};
}

constexpr StreamId stream_of(SettingsArea area) { return {StreamKind::settings, static_cast<std::uint64_t>(area)}; }

// What a status means to every rule, list and clock. The set is fixed; statuses are data.
enum class Category : std::uint8_t { fresh, open, pending, on_hold, closed, merged, deleted };

// "new" is a word of the language, hence `fresh`; outside, the category is called "new".
constexpr std::array<std::string_view, 7> names_of(Category) {
  return {"new", "open", "pending", "on_hold", "closed", "merged", "deleted"};
}

// True for the categories of work that is not over (the "open" tab).
constexpr bool is_open(Category c) { return c <= Category::on_hold; }

// A text in one language, e.g. {"fr", "En cours"}.
struct Label {
  std::string language;
  std::string text;
  static constexpr auto fields = std::make_tuple(field("language", &Label::language), field("text", &Label::text));
  bool operator==(const Label& o) const { return same_fields(*this, o); }
};

struct Status {
  std::string key;
  std::vector<Label> labels;
  std::string colour;  // "#rrggbb"
  Category category = Category::open;
  std::vector<std::string> next;  // keys of the statuses that may follow; empty = any
  bool tracks_time = true;        // whether work on a ticket in this status counts as time spent
  static constexpr auto fields = std::make_tuple(
      field("key", &Status::key), field("labels", &Status::labels), field("colour", &Status::colour),
      field("category", &Status::category), field("next", &Status::next), field("tracks_time", &Status::tracks_time));
  bool operator==(const Status& o) const { return same_fields(*this, o); }
};

struct Priority {
  std::string key;
  std::vector<Label> labels;
  std::string colour;
  static constexpr auto fields = std::make_tuple(field("key", &Priority::key), field("labels", &Priority::labels),
                                                 field("colour", &Priority::colour));
  bool operator==(const Priority& o) const { return same_fields(*this, o); }
};

// Delays allowed to tickets of one priority, on a clock that runs day and night. 0 = no target.
struct SlaTarget {
  std::string priority;
  Milliseconds first_response_ms{0};
  Milliseconds next_response_ms{0};
  Milliseconds inactivity_ms{0};
  Milliseconds resolution_ms{0};
  static constexpr auto fields = std::make_tuple(
      field("priority", &SlaTarget::priority), field("first_response_ms", &SlaTarget::first_response_ms),
      field("next_response_ms", &SlaTarget::next_response_ms), field("inactivity_ms", &SlaTarget::inactivity_ms),
      field("resolution_ms", &SlaTarget::resolution_ms));
  bool operator==(const SlaTarget& o) const { return same_fields(*this, o); }
};

struct TenantConfigured {
  std::string time_zone;               // IANA name; decides on which day a ticket is numbered
  std::vector<std::string> languages;  // preferred first, e.g. {"fr", "en"}
  static constexpr EventName name{60, "TenantConfigured"};
  static constexpr auto fields = std::make_tuple(field("time_zone", &TenantConfigured::time_zone),
                                                 field("languages", &TenantConfigured::languages));
};

struct StatusesDefined {
  std::vector<Status> statuses;  // in display order
  std::string on_open;           // key of the status a new ticket gets
  std::string on_close;          // … a ticket gets when closed without naming one
  std::string on_reopen;         // … a reopened ticket gets
  std::string on_read;           // … a ticket in `on_open` gets when it is read; empty = keeps its own
  std::string on_assign;         // … a ticket in `on_open` or `on_read` gets when assigned; empty = keeps its own
  static constexpr EventName name{61, "StatusesDefined"};
  static constexpr auto fields =
      std::make_tuple(field("statuses", &StatusesDefined::statuses), field("on_open", &StatusesDefined::on_open),
                      field("on_close", &StatusesDefined::on_close), field("on_reopen", &StatusesDefined::on_reopen),
                      field("on_read", &StatusesDefined::on_read), field("on_assign", &StatusesDefined::on_assign));
};

struct PrioritiesDefined {
  std::vector<Priority> priorities;  // lowest first: the index is the rank
  std::string on_open;               // key of the priority a new ticket gets when none is named
  std::vector<Label> labels;         // what people call it, where not "priority": "Sévérité"
  static constexpr EventName name{62, "PrioritiesDefined"};
  static constexpr auto fields =
      std::make_tuple(field("priorities", &PrioritiesDefined::priorities),
                      field("on_open", &PrioritiesDefined::on_open), field("labels", &PrioritiesDefined::labels));
};

// Which acts of agents restart the inactivity clock.
enum class InactivityCounts : std::uint8_t { any, public_message };
constexpr std::array<std::string_view, 2> names_of(InactivityCounts) { return {"any", "public_message"}; }

// What becomes of a resolution that ended when its ticket is reopened: it goes on without the closed
// time, a new one starts, or nothing is measured any more. "continue" is a word of the language.
enum class ResolutionOnReopen : std::uint8_t { resume, restart, ignore };
constexpr std::array<std::string_view, 3> names_of(ResolutionOnReopen) { return {"continue", "restart", "ignore"}; }

// How delays are measured; the default of each choice is what held before it could be made.
struct SlaTargetsDefined {
  std::vector<SlaTarget> targets;  // at most one a priority; a priority without one has no delays
  InactivityCounts inactivity_counts = InactivityCounts::any;
  bool resolution_pause_on_hold = false;
  bool close_counts_as_response = true;  // whether closing in time meets the wait for an answer
  ResolutionOnReopen resolution_on_reopen = ResolutionOnReopen::resume;
  static constexpr EventName name{63, "SlaTargetsDefined"};
  static constexpr auto fields = std::make_tuple(
      field("targets", &SlaTargetsDefined::targets), field("inactivity_counts", &SlaTargetsDefined::inactivity_counts),
      field("resolution_pause_on_hold", &SlaTargetsDefined::resolution_pause_on_hold),
      on_by_default("close_counts_as_response", &SlaTargetsDefined::close_counts_as_response),
      field("resolution_on_reopen", &SlaTargetsDefined::resolution_on_reopen));
};

}  // namespace greffe
