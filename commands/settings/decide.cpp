#include "commands/settings/decide.h"

#include "commands/settings/area_size.h"
#include "commands/settings/rules.h"

namespace greffe {
namespace {

// Calls f(the fold's place for the event's area, the event's own value).
template <class S, class F>
void at_area(S& settings, const SettingsEvent& event, F&& f) {
  for_each_area([&](SettingsArea area, auto member) {
    if (area != area_of(event)) return;
    using Area = std::remove_cvref_t<decltype(settings.*member)>;
    f(settings.*member, std::get<Area>(event));
  });
}

std::optional<Rejection> fault(const Settings& settings, const SettingsEvent& wanted, const Lookup& lookup) {
  return std::visit(overloaded{
                        [&](const NotificationsDefined& e) { return settings_fault(lookup, e); },
                        [&](const auto& e) { return settings_fault(settings, e); },
                    },
                    wanted);
}

// What stands is not looked at again: the other areas may have changed under it since.
bool stands_already(const Settings& settings, const SettingsEvent& wanted) {
  bool same = false;
  at_area(settings, wanted, [&](const auto& area, const auto& e) { same = same_fields(area, e); });
  return same && settings.version(area_of(wanted)) != Version{};
}

}  // namespace

void evolve(Settings& settings, const SettingsEvent& event) {
  at_area(settings, event, [](auto& area, const auto& e) { area = e; });
  Version& version = settings.versions.at(static_cast<std::size_t>(area_of(event)));
  version = next(version);
}

Decision<std::vector<SettingsEvent>> decide(const Settings& settings, const ReplaceSettings& command,
                                            const Lookup& lookup) {
  if (stands_already(settings, command.wanted)) return std::vector<SettingsEvent>{};
  if (auto refused = fault(settings, command.wanted, lookup)) return fail(std::move(*refused));
  if (auto refused = area_size_fault(command.wanted)) return fail(std::move(*refused));
  return std::vector<SettingsEvent>{command.wanted};
}

}  // namespace greffe
