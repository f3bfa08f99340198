// The settings in force: the fold of the settings streams.
#pragma once

#include <array>

#include "events/settings.h"

namespace greffe {

struct Settings {
  TenantConfigured tenant;
  StatusesDefined statuses;
  PrioritiesDefined priorities;
  SlaTargetsDefined sla;
  NumberingDefined numbering;
  TaxonomyDefined taxonomy;
  OpeningDefined opening;
  HandlingDefined handling;
  ReopeningDefined reopening;
  RelationsDefined relations;
  NotificationsDefined notifications;
  IntakeDefined intake;
  PointsDefined points;
  ContextTypesDefined contexts;
  AttachmentsDefined attachments;
  // Versions of the streams, by area; 0 = never set, the default stands.
  std::array<Version, names_of(SettingsArea{}).size()> versions{};

  Version version(SettingsArea area) const { return versions.at(static_cast<std::size_t>(area)); }
};

// The members in the order of SettingsEvent's alternatives and of the areas.
inline constexpr auto settings_members = std::make_tuple(
    &Settings::tenant, &Settings::statuses, &Settings::priorities, &Settings::sla, &Settings::numbering,
    &Settings::taxonomy, &Settings::opening, &Settings::handling, &Settings::reopening, &Settings::relations,
    &Settings::notifications, &Settings::intake, &Settings::points, &Settings::contexts, &Settings::attachments);

// Calls f(area, pointer to member) for every area.
template <class F>
constexpr void for_each_area(F&& f) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (f(static_cast<SettingsArea>(I + 1), std::get<I>(settings_members)), ...);
  }
  (std::make_index_sequence<std::variant_size_v<SettingsEvent>>{});
}

// The area's part of the settings as its event.
SettingsEvent area_event(const Settings& settings, SettingsArea area);

// What an empty store starts with, in French and English: statuses new, open, pending,
// on_hold, resolved, closed; priorities low, normal, high, critical; day-and-night targets;
// numbers as "2502280001"; everything else open and silent. The program appends them (or a
// profile's) as events on an empty log, so that readers need no default.
Settings default_settings();

// The status or priority of that key; null if there is none. Points into `settings`.
const Status* find_status(const Settings& settings, std::string_view key);
const Priority* find_priority(const Settings& settings, std::string_view key);

// Whether the one status may follow the other. One that the settings dropped leads anywhere: a
// ticket must get out of it.
bool leads_to(const Settings& settings, std::string_view from, std::string_view to);

}  // namespace greffe
