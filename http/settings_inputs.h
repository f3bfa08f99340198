// Kinds of input and rows that several settings areas share.
#pragma once

#include <cstdint>

#include "commands/limits.h"
#include "commands/settings/area_limits.h"
#include "http/command_bodies.h"

namespace greffe::settings_inputs {

inline constexpr TextInput key{limits::key_bytes_max};
inline constexpr TextInput label_text{limits::label_bytes_max};
inline constexpr TextInput language{8};
inline constexpr TextInput colour{7};

inline ListInput<ObjectInput<Label>> labels() {
  return {{{required("language", &Label::language, language), required("text", &Label::text, label_text)}},
          limits::languages_max};
}

// Any of an enumeration's names.
template <NamedEnum E>
ListInput<NameInput<E>> names() {
  return {{}, names_of(E{}).size()};
}

inline ListInput<TextInput> keys(std::size_t count_max) { return {key, count_max}; }

// PUT replaces the area by what it carries. What may be left out is what is then empty; whoever
// leaves out a choice must not find it set back to a default.
template <class Area>
CommandBody replacement(SettingsArea area, const Inputs<Area>& fields) {
  return {std::string(name_of(area)), "Replace this area of the settings by the whole given.", schema_of(fields),
          [fields](const Json& body, Faults& faults) -> AnyCommand {
            Area wanted;
            read_object(fields, body, "", wanted, faults);
            return ReplaceSettings{std::move(wanted)};
          }};
}

// In the files settings_bodies_<subject>.cpp.
CommandBody numbering();
CommandBody taxonomy();
CommandBody opening();
CommandBody intake();
CommandBody contexts();
CommandBody handling();
CommandBody reopening();
CommandBody relations();
CommandBody notifications();
CommandBody points();
CommandBody attachments();

}  // namespace greffe::settings_inputs
