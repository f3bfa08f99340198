// What each settings area must satisfy; for decide.cpp. Absent = all is well. The rules look
// at the other areas as they stand: an area that names statuses or categories comes after
// theirs.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "commands/context.h"
#include "commands/rejection.h"
#include "commands/settings/settings.h"

namespace greffe {

std::optional<Rejection> settings_fault(const Settings& settings, const TenantConfigured& wanted);
std::optional<Rejection> settings_fault(const Settings& settings, const StatusesDefined& wanted);
std::optional<Rejection> settings_fault(const Settings& settings, const PrioritiesDefined& wanted);
std::optional<Rejection> settings_fault(const Settings& settings, const SlaTargetsDefined& wanted);
std::optional<Rejection> settings_fault(const Settings& settings, const NumberingDefined& wanted);
std::optional<Rejection> settings_fault(const Settings& settings, const TaxonomyDefined& wanted);
std::optional<Rejection> settings_fault(const Settings& settings, const OpeningDefined& wanted);
std::optional<Rejection> settings_fault(const Settings& settings, const HandlingDefined& wanted);
std::optional<Rejection> settings_fault(const Settings& settings, const ReopeningDefined& wanted);
std::optional<Rejection> settings_fault(const Settings& settings, const RelationsDefined& wanted);
std::optional<Rejection> settings_fault(const Settings& settings, const IntakeDefined& wanted);
std::optional<Rejection> settings_fault(const Settings& settings, const PointsDefined& wanted);
std::optional<Rejection> settings_fault(const Settings& settings, const ContextTypesDefined& wanted);
std::optional<Rejection> settings_fault(const Settings& settings, const AttachmentsDefined& wanted);
// Templates that rules name are looked up.
std::optional<Rejection> settings_fault(const Lookup& lookup, const NotificationsDefined& wanted);

// What can be made mandatory at a ticket's opening; besides, "context.<type>" for a link of a
// type of context. commands/ticket/opening_rules.cpp says when each is given.
std::span<const std::string_view> mandatory_field_names();
inline constexpr std::string_view mandatory_context_prefix = "context.";

}  // namespace greffe
