#include "commands/settings/decide.h"

#include <fmt/format.h>

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

std::string fields_of(const Rejection& rejection) {
  std::string fields;
  for (const FieldFault& fault : rejection.fields) fields += (fields.empty() ? "" : ", ") + fault.field;
  return fields;
}

// Labels are in the tenant's languages, which thus come first or last: they take nothing away.
// Areas that are at odds already are no reason to refuse a change that does not mend them.
std::optional<Rejection> use_elsewhere(const Settings& settings, const SettingsEvent& wanted, const Lookup& lookup) {
  std::optional<Rejection> refused;
  if (area_of(wanted) == SettingsArea::tenant) return refused;
  Settings after = settings;
  at_area(after, wanted, [](auto& area, const auto& e) { area = e; });
  for_each_area([&](SettingsArea area, auto member) {
    if (refused || area == area_of(wanted) || settings.version(area) == Version{}) return;
    const SettingsEvent other = settings.*member;
    const auto broken = fault(after, other, lookup);
    if (!broken || fault(settings, other, lookup)) return;
    constexpr auto text = "The settings \"{}\" name what this takes away ({}): change them first.";
    refused = refuse(RejectionCode::in_use, fmt::format(text, name_of(area), fields_of(*broken))).value();
  });
  return refused;
}

}  // namespace

void evolve(Settings& settings, const SettingsEvent& event) {
  at_area(settings, event, [](auto& area, const auto& e) { area = e; });
  Version& version = settings.versions.at(static_cast<std::size_t>(area_of(event)));
  version = next(version);
}

Decision<std::vector<SettingsEvent>> decide(const Settings& settings, const ReplaceSettings& command,
                                            const Lookup& lookup) {
  if (auto refused = fault(settings, command.wanted, lookup)) return fail(std::move(*refused));
  if (auto refused = area_size_fault(command.wanted)) return fail(std::move(*refused));
  if (auto refused = use_elsewhere(settings, command.wanted, lookup)) return fail(std::move(*refused));
  bool same = false;
  if (settings.version(area_of(command.wanted)) != Version{}) {
    at_area(settings, command.wanted, [&](const auto& area, const auto& e) { same = same_fields(area, e); });
  }
  std::vector<SettingsEvent> events;
  if (!same) events.push_back(command.wanted);
  return events;
}

}  // namespace greffe
