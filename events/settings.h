// Settings are events: each area is one stream whose latest event is the whole area as it
// stands (settings_values.h, settings_policies.h).
#pragma once

#include <variant>

#include "events/closed_set.h"
#include "events/settings_policies.h"
#include "events/settings_values.h"

namespace greffe {

using SettingsEvent =
    ClosedSet<TenantConfigured, StatusesDefined, PrioritiesDefined, SlaTargetsDefined, NumberingDefined,
              TaxonomyDefined, OpeningDefined, HandlingDefined, ReopeningDefined, RelationsDefined,
              NotificationsDefined, IntakeDefined, PointsDefined, ContextTypesDefined, AttachmentsDefined>;

// Each area has one event, in the order of the areas.
static_assert(std::variant_size_v<SettingsEvent> + 1 == names_of(SettingsArea{}).size());
inline SettingsArea area_of(const SettingsEvent& event) { return static_cast<SettingsArea>(event.index() + 1); }

}  // namespace greffe
