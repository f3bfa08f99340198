// What each settings area must satisfy; for decide.cpp. Absent = all is well.
#pragma once

#include <optional>

#include "commands/rejection.h"
#include "commands/settings/settings.h"

namespace greffe {

std::optional<Rejection> settings_fault(const Settings& settings, const TenantConfigured& wanted);
std::optional<Rejection> settings_fault(const Settings& settings, const StatusesDefined& wanted);
std::optional<Rejection> settings_fault(const Settings& settings, const PrioritiesDefined& wanted);
std::optional<Rejection> settings_fault(const Settings& settings, const SlaTargetsDefined& wanted);

}  // namespace greffe
