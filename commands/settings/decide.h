// The fold of the settings streams, and decisions about them. Pure.
#pragma once

#include <vector>

#include "commands/command.h"
#include "commands/context.h"
#include "commands/rejection.h"
#include "commands/settings/settings.h"

namespace greffe {

// Folds one event in; never fails.
void evolve(Settings& settings, const SettingsEvent& event);

// One event, or none if the area stands as wanted already. An area that was never set is
// always written, defaults too, so that the log says what is in force.
//
// Dropping a status or priority that tickets have is allowed: their events keep its key and
// meaning. An area that names it stands as it is, and names it no more at its next change.
Decision<std::vector<SettingsEvent>> decide(const Settings& settings, const ReplaceSettings& command,
                                            const Lookup& lookup);

}  // namespace greffe
