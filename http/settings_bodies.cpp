#include "http/settings_inputs.h"

namespace greffe {
namespace {

using namespace settings_inputs;

constexpr TextInput zone_input{64};
constexpr DurationInput delay_input{std::int64_t{3653} * 24 * 60 * 60 * 1000};  // ten years

CommandBody tenant() {
  using Area = TenantConfigured;
  return replacement<Area>(SettingsArea::tenant, {required("time_zone", &Area::time_zone, zone_input),
                                                  required("languages", &Area::languages,
                                                           ListInput<TextInput>{language, limits::languages_max})});
}

CommandBody statuses() {
  using Area = StatusesDefined;
  const ObjectInput<Status> status{{required("key", &Status::key, key), required("labels", &Status::labels, labels()),
                                    required("colour", &Status::colour, colour),
                                    required("category", &Status::category, NameInput<Category>()),
                                    optional("next", &Status::next, keys(limits::statuses_max)),
                                    optional("tracks_time", &Status::tracks_time, BooleanInput())}};
  return replacement<Area>(
      SettingsArea::statuses,
      {required("statuses", &Area::statuses, ListInput<ObjectInput<Status>>{status, limits::statuses_max}),
       required("on_open", &Area::on_open, key), required("on_close", &Area::on_close, key),
       required("on_reopen", &Area::on_reopen, key), optional("on_read", &Area::on_read, key),
       optional("on_assign", &Area::on_assign, key)});
}

CommandBody priorities() {
  using Area = PrioritiesDefined;
  const ObjectInput<Priority> priority{{required("key", &Priority::key, key),
                                        required("labels", &Priority::labels, labels()),
                                        required("colour", &Priority::colour, colour)}};
  return replacement<Area>(
      SettingsArea::priorities,
      {required("priorities", &Area::priorities, ListInput<ObjectInput<Priority>>{priority, limits::priorities_max}),
       required("on_open", &Area::on_open, key), optional("labels", &Area::labels, labels())});
}

CommandBody sla() {
  using Area = SlaTargetsDefined;
  const ObjectInput<SlaTarget> target{{
      required("priority", &SlaTarget::priority, key),
      optional("first_response_ms", &SlaTarget::first_response_ms, delay_input),
      optional("next_response_ms", &SlaTarget::next_response_ms, delay_input),
      optional("inactivity_ms", &SlaTarget::inactivity_ms, delay_input),
      optional("resolution_ms", &SlaTarget::resolution_ms, delay_input),
  }};
  // The choices came after the targets: programs that know of none set what held before.
  return replacement<Area>(
      SettingsArea::sla,
      {required("targets", &Area::targets, ListInput<ObjectInput<SlaTarget>>{target, limits::priorities_max}),
       optional("inactivity_counts", &Area::inactivity_counts, NameInput<InactivityCounts>()),
       optional("resolution_pause_on_hold", &Area::resolution_pause_on_hold, BooleanInput()),
       optional("close_counts_as_response", &Area::close_counts_as_response, BooleanInput()),
       optional("resolution_on_reopen", &Area::resolution_on_reopen, NameInput<ResolutionOnReopen>())});
}

}  // namespace

std::span<const CommandBody> settings_bodies() {
  static const std::vector<CommandBody> bodies = {
      tenant(),    statuses(),  priorities(),    sla(),    numbering(), taxonomy(), opening(),    handling(),
      reopening(), relations(), notifications(), intake(), points(),    contexts(), attachments()};
  return bodies;
}

}  // namespace greffe
