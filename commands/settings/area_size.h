// A settings area is one event, however many entries it lists.
#pragma once

#include <optional>

#include "commands/rejection.h"
#include "events/codec.h"
#include "events/settings.h"

namespace greffe {

// What is left of a record beside its envelope. Enough for every list of an area at its bounds with
// labels in four languages, but for questionnaires.
inline constexpr std::size_t area_bytes_max = settings_record_bytes_max - 1024;

// Names the field that takes most of an area that is too long; absent if it is not.
std::optional<Rejection> area_size_fault(const SettingsEvent& wanted);

}  // namespace greffe
