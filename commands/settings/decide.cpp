#include "commands/settings/decide.h"

#include "commands/settings/rules.h"
#include "events/check.h"

namespace greffe {
namespace {

// The fold's place for an area's event, and its version.
template <class S, class F>
auto at_area(S& settings, const SettingsEvent& event, F&& f) {
  return std::visit(
      overloaded{
          [&](const TenantConfigured& e) { return f(settings.tenant, settings.tenant_version, e); },
          [&](const StatusesDefined& e) { return f(settings.statuses, settings.statuses_version, e); },
          [&](const PrioritiesDefined& e) { return f(settings.priorities, settings.priorities_version, e); },
          [&](const SlaTargetsDefined& e) { return f(settings.sla, settings.sla_version, e); },
      },
      event);
}

}  // namespace

SettingsArea area_of(const SettingsEvent& event) {
  return std::visit(overloaded{
                        [](const TenantConfigured&) { return SettingsArea::tenant; },
                        [](const StatusesDefined&) { return SettingsArea::statuses; },
                        [](const PrioritiesDefined&) { return SettingsArea::priorities; },
                        [](const SlaTargetsDefined&) { return SettingsArea::sla; },
                    },
                    event);
}

Version version_of(const Settings& settings, SettingsArea area) {
  switch (area) {
    case SettingsArea::tenant: return settings.tenant_version;
    case SettingsArea::statuses: return settings.statuses_version;
    case SettingsArea::priorities: return settings.priorities_version;
    case SettingsArea::sla: return settings.sla_version;
    case SettingsArea::none: break;
  }
  GREFFE_CHECK(false, "every settings event belongs to an area");
  return {};
}

void evolve(Settings& settings, const SettingsEvent& event) {
  at_area(settings, event, [](auto& area, Version& version, const auto& e) {
    area = e;
    version = next(version);
  });
}

Decision<std::vector<SettingsEvent>> decide(const Settings& settings, const ReplaceSettings& command) {
  if (auto refused = std::visit([&](const auto& e) { return settings_fault(settings, e); }, command.wanted)) {
    return fail(std::move(*refused));
  }
  const bool same = at_area(settings, command.wanted, [](const auto& area, const Version& version, const auto& e) {
    return version != Version{} && same_fields(area, e);
  });
  std::vector<SettingsEvent> events;
  if (!same) events.push_back(command.wanted);
  return events;
}

}  // namespace greffe
