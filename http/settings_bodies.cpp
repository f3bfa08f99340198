#include "commands/limits.h"
#include "http/command_bodies.h"

namespace greffe {
namespace {

constexpr TextInput key_input{limits::key_bytes_max};
constexpr TextInput zone_input{64};
constexpr TextInput language_input{8};
constexpr TextInput colour_input{7};
constexpr DurationInput delay_input{std::int64_t{3653} * 24 * 60 * 60 * 1000};  // ten years

ListInput<ObjectInput<Label>> labels_input() {
  return {{{required("language", &Label::language, language_input),
            required("text", &Label::text, TextInput{limits::label_bytes_max})}},
          limits::languages_max};
}

// PUT replaces the area by what it carries, so every part of it must be there.
template <class Area>
CommandBody replacement(SettingsArea area, const Inputs<Area>& fields) {
  return {std::string(name_of(area)), "Replace this area of the settings by the whole given.", schema_of(fields),
          [fields](const Json& body, Faults& faults) -> AnyCommand {
            Area wanted;
            read_object(fields, body, "", wanted, faults);
            return ReplaceSettings{std::move(wanted)};
          }};
}

CommandBody tenant() {
  using Area = TenantConfigured;
  return replacement<Area>(
      SettingsArea::tenant,
      {required("time_zone", &Area::time_zone, zone_input),
       required("languages", &Area::languages, ListInput<TextInput>{language_input, limits::languages_max})});
}

CommandBody statuses() {
  using Area = StatusesDefined;
  const ObjectInput<Status> status{{required("key", &Status::key, key_input),
                                    required("labels", &Status::labels, labels_input()),
                                    required("colour", &Status::colour, colour_input),
                                    required("category", &Status::category, NameInput<Category>())}};
  return replacement<Area>(
      SettingsArea::statuses,
      {required("statuses", &Area::statuses, ListInput<ObjectInput<Status>>{status, limits::statuses_max}),
       required("on_open", &Area::on_open, key_input), required("on_close", &Area::on_close, key_input),
       required("on_reopen", &Area::on_reopen, key_input)});
}

CommandBody priorities() {
  using Area = PrioritiesDefined;
  const ObjectInput<Priority> priority{{required("key", &Priority::key, key_input),
                                        required("labels", &Priority::labels, labels_input()),
                                        required("colour", &Priority::colour, colour_input)}};
  return replacement<Area>(
      SettingsArea::priorities,
      {required("priorities", &Area::priorities, ListInput<ObjectInput<Priority>>{priority, limits::priorities_max}),
       required("on_open", &Area::on_open, key_input)});
}

CommandBody sla() {
  using Area = SlaTargetsDefined;
  const ObjectInput<SlaTarget> target{{
      required("priority", &SlaTarget::priority, key_input),
      optional("first_response_ms", &SlaTarget::first_response_ms, delay_input),
      optional("next_response_ms", &SlaTarget::next_response_ms, delay_input),
      optional("inactivity_ms", &SlaTarget::inactivity_ms, delay_input),
      optional("resolution_ms", &SlaTarget::resolution_ms, delay_input),
  }};
  return replacement<Area>(
      SettingsArea::sla,
      {required("targets", &Area::targets, ListInput<ObjectInput<SlaTarget>>{target, limits::priorities_max})});
}

}  // namespace

std::span<const CommandBody> settings_bodies() {
  static const std::vector<CommandBody> bodies = {tenant(), statuses(), priorities(), sla()};
  return bodies;
}

}  // namespace greffe
