// What tests of the settings' rules share: an area wanted, and what came of it.
#pragma once

#include <catch2/catch.hpp>

#include "commands/settings/decide.h"
#include "tests/spec.h"

namespace greffe::spec {

inline Outcome<SettingsEvent> replace(SettingsEvent wanted, const Settings& before = default_settings(),
                                      const World& world = World()) {
  return Outcome<SettingsEvent>(decide(before, ReplaceSettings{std::move(wanted)}, world));
}

template <class Area, class Change>
Area changed(Area area, Change change) {
  change(area);
  return area;
}

inline const Settings standard = default_settings();

inline std::vector<Label> labels(const std::string& text) { return {{"fr", text}, {"en", text}}; }

// One change of an area that its rules refuse, or accept where there are no faults.
template <class Area>
struct Row {
  const char* what;
  void (*change)(Area&);
  std::vector<FieldFault> faults;
};

template <class Area>
void check_rows(const Area& sound, const std::vector<Row<Area>>& rows, const Settings& before = default_settings()) {
  replace(sound, before).then(sound);
  for (const auto& row : rows) {
    INFO(row.what);
    const auto wanted = changed(sound, row.change);
    if (row.faults.empty()) replace(wanted, before).then(wanted);
    else replace(wanted, before).refused(row.faults);
  }
}

}  // namespace greffe::spec
