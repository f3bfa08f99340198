#include "commands/settings/settings.h"

#include <algorithm>

namespace greffe {
namespace {

using std::chrono::days;
using std::chrono::hours;

std::vector<Label> french_english(const char* french, const char* english) { return {{"fr", french}, {"en", english}}; }

StatusesDefined default_statuses() {
  return {{{"new", french_english("Nouveau", "New"), "#2f6fed", Category::fresh},
           {"open", french_english("En cours", "Open"), "#e08a00", Category::open},
           {"pending", french_english("En attente de retour", "Pending"), "#8a63d2", Category::pending},
           {"on_hold", french_english("En attente d'un tiers", "On hold"), "#6b7785", Category::on_hold},
           {"resolved", french_english("Résolu", "Resolved"), "#2e9e5b", Category::closed},
           {"closed", french_english("Fermé", "Closed"), "#4a4f57", Category::closed}},
          "new",
          "closed",
          "open",
          {},
          {}};
}

PrioritiesDefined default_priorities() {
  return {{{"low", french_english("Basse", "Low"), "#7a8794"},
           {"normal", french_english("Normale", "Normal"), "#2f6fed"},
           {"high", french_english("Haute", "High"), "#e08a00"},
           {"critical", french_english("Critique", "Critical"), "#d43f3a"}},
          "normal",
          {}};
}

// First response, next response, inactivity, resolution.
SlaTargetsDefined default_targets() {
  return {{{"low", hours(24), hours(48), hours(72), days(10)},
           {"normal", hours(8), hours(16), hours(48), days(5)},
           {"high", hours(4), hours(8), hours(24), days(2)},
           {"critical", hours(1), hours(2), hours(4), hours(8)}}};
}

template <class T>
const T* find_key(const std::vector<T>& entries, std::string_view key) {
  const auto at = std::find_if(entries.begin(), entries.end(), [&](const T& entry) { return entry.key == key; });
  return at == entries.end() ? nullptr : &*at;
}

}  // namespace

SettingsEvent area_event(const Settings& settings, SettingsArea area) {
  SettingsEvent event;
  for_each_area([&](SettingsArea at, auto member) {
    if (at == area) event = settings.*member;
  });
  return event;
}

Settings default_settings() {
  Settings settings;
  settings.tenant = {"Europe/Paris", {"fr", "en"}};
  settings.statuses = default_statuses();
  settings.priorities = default_priorities();
  settings.sla = default_targets();
  settings.numbering = {{{{}, "{yy}{mm}{dd}{seq:4}"}}};
  settings.opening.due_channels = {Channel::manual};
  settings.handling.claim_before_reply = Strictness::off;
  return settings;
}

const Status* find_status(const Settings& settings, std::string_view key) {
  return find_key(settings.statuses.statuses, key);
}

bool leads_to(const Settings& settings, std::string_view from, std::string_view to) {
  const Status* present = find_status(settings, from);
  if (present == nullptr || present->next.empty()) return true;
  return std::find(present->next.begin(), present->next.end(), to) != present->next.end();
}

const Priority* find_priority(const Settings& settings, std::string_view key) {
  return find_key(settings.priorities.priorities, key);
}

}  // namespace greffe
