// The settings in force: the fold of the four settings streams.
#pragma once

#include "events/settings.h"

namespace greffe {

struct Settings {
  TenantConfigured tenant;
  StatusesDefined statuses;
  PrioritiesDefined priorities;
  SlaTargetsDefined sla;
  // Versions of the four streams; 0 = never set, the default stands.
  Version tenant_version, statuses_version, priorities_version, sla_version;
};

// What an empty store starts with, in French and English: statuses new, open, pending,
// on_hold, resolved, closed; priorities low, normal, high, critical; day-and-night targets.
// The program appends them as events on an empty log, so that readers need no default.
Settings default_settings();

// The status or priority of that key; null if there is none. Points into `settings`.
const Status* find_status(const Settings& settings, std::string_view key);
const Priority* find_priority(const Settings& settings, std::string_view key);

}  // namespace greffe
