// Profiles: what a new store starts with. Each is a file of tools/profiles in the forms that
// the API takes: {"settings":{"statuses":{…},…},"templates":[…],"canned_replies":[…],
// "contexts":[…]}. They are laid down as events, which an administrator can then change.
#pragma once

#include <string>
#include <string_view>

#include "commands/writer.h"
#include "events/result.h"
#include "storage/log.h"

namespace greffe {

inline constexpr std::string_view default_profile = "default";

bool profile_known(std::string_view name);

// "call-log, default, …"
std::string profile_names();

// Lays the profile down on an empty log, with the tenant in `time_zone`; finishes what an
// earlier call began before it was stopped; changes nothing where the log holds anything else
// or all of it already. The error is a text for people: there is no such profile, or another
// one was begun, or the rules refuse it, or the log failed.
Result<void, std::string> lay_down_profile(Writer& writer, const Log& log, std::string_view name,
                                           const std::string& time_zone);

// The same for a profile's text; `name` is for messages.
Result<void, std::string> lay_down_profile_text(Writer& writer, const Log& log, std::string_view name,
                                                std::string_view text, const std::string& time_zone);

}  // namespace greffe
