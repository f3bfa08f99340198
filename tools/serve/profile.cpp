#include "tools/serve/profile.h"

#include <fmt/format.h>

#include <algorithm>

#include "http/catalogue_bodies.h"
#include "http/digest.h"
#include "http/json_input.h"
#include "tools/serve/profile_texts.h"

namespace greffe {
namespace {

// One part of the profile, in the order in which it is laid down.
struct Part {
  std::string place;  // "settings.statuses", "templates[1]"
  AnyCommand command;
  RequestDigest digest;  // of place and content
};
using Parts = std::vector<Part>;

const ProfileText* find_profile(std::string_view name) {
  const auto texts = profile_texts();
  const auto at = std::find_if(texts.begin(), texts.end(), [&](const ProfileText& t) { return t.name == name; });
  return at == texts.end() ? nullptr : &*at;
}

std::string described(const std::vector<FieldFault>& faults) {
  std::string text;
  for (const FieldFault& fault : faults) text += fmt::format(" {} {}", fault.field, name_of(fault.code));
  return text;
}

Result<void, std::string> add_part(const CommandBody& body, std::string place, const Json& json, Parts& parts) {
  Faults faults;
  AnyCommand command = body.read(json, faults);
  if (!faults.empty()) return fail(fmt::format("{}:{}", place, described(faults.take())));
  const auto digest = sha256_of({place, json.dump()});
  parts.push_back({std::move(place), std::move(command), digest});
  return {};
}

// The entries of one kind, each by its create body; named as in the profile.
Result<void, std::string> add_entries(StreamKind kind, const std::string& name, const Json& profile, Parts& parts) {
  const auto bodies = catalogue_bodies();
  const auto of_kind = std::find_if(bodies.begin(), bodies.end(), [&](const auto& b) { return b.kind == kind; });
  if (of_kind == bodies.end()) return fail(fmt::format("{}: there is nothing of this kind", name));
  if (!profile.contains(name)) return {};
  const Json& entries = profile[name];
  if (!entries.is_array()) return fail(fmt::format("{}: must be a list", name));
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (auto added = add_part(of_kind->create, fmt::format("{}[{}]", name, i), entries[i], parts); !added) return added;
  }
  return {};
}

// Every area comes after those that it names things of.
constexpr SettingsArea laying_order[] = {SettingsArea::tenant,    SettingsArea::statuses,  SettingsArea::priorities,
                                         SettingsArea::sla,       SettingsArea::numbering, SettingsArea::taxonomy,
                                         SettingsArea::contexts,  SettingsArea::opening,   SettingsArea::handling,
                                         SettingsArea::reopening, SettingsArea::relations, SettingsArea::notifications,
                                         SettingsArea::intake,    SettingsArea::points,    SettingsArea::attachments};
static_assert(std::size(laying_order) == std::variant_size_v<SettingsEvent>);

Result<void, std::string> add_areas(Json& profile, const std::string& time_zone, Parts& parts) {
  if (!profile.contains("settings") || !profile["settings"].is_object()) return fail("settings: must be an object");
  Json& settings = profile["settings"];
  for (const SettingsArea area : laying_order) {
    const std::string name(name_of(area));
    if (!settings.contains(name)) return fail(fmt::format("settings.{}: is missing", name));
    if (area == SettingsArea::tenant && settings[name].is_object()) settings[name]["time_zone"] = time_zone;
    const auto bodies = settings_bodies();
    const auto body = std::find_if(bodies.begin(), bodies.end(), [&](const CommandBody& b) { return b.name == name; });
    if (auto added = add_part(*body, "settings." + name, settings[name], parts); !added) return added;
  }
  return {};
}

// Templates come first: rules of notification name them, by ids that then are 1, 2, 3 …
Result<Parts, std::string> parts_of(std::string_view text, const std::string& time_zone) {
  auto json = parse_json(text);
  if (!json) return fail(json.error().detail);
  if (!json->is_object()) return fail("must be an object");
  for (const auto& [name, value] : json->items()) {
    if (name != "settings" && name != "templates" && name != "canned_replies" && name != "contexts") {
      return fail(fmt::format("{}: is not known", name));
    }
  }
  Parts parts;
  auto added = add_entries(StreamKind::text_template, "templates", *json, parts);
  if (added) added = add_areas(*json, time_zone, parts);
  if (added) added = add_entries(StreamKind::canned_reply, "canned_replies", *json, parts);
  if (added) added = add_entries(StreamKind::context, "contexts", *json, parts);
  if (!added) return fail(added.error());
  return parts;
}

// The command ids by which a start knows how far an earlier one came. The settings' parts
// keep every profile at two and more.
std::string command_id(std::size_t part, std::size_t count) {
  if (part == 0) return "profile-begun";
  return part + 1 == count ? "profile-laid-down" : fmt::format("profile-part-{}", part);
}

Result<bool, std::string> has_receipt(const Log& log, const std::string& id) {
  const auto found = log.lookup(IndexSpace::command_receipt, id);
  if (!found) return fail(fmt::format("the log cannot be read: {}", found.error().detail));
  return found->has_value();
}

// Only on an empty log, or where an earlier start was stopped in between.
Result<bool, std::string> must_lay_down(const Log& log) {
  if (log.tail() == Position{0}) return true;
  const auto begun = has_receipt(log, command_id(0, 2));
  if (!begun || !*begun) return begun;
  const auto done = has_receipt(log, command_id(1, 2));
  if (!done) return done;
  return !*done;
}

std::string refusal_text(std::string_view name, const Part& part, const Rejection& rejection) {
  if (rejection.code == RejectionCode::command_id_reused) {
    return fmt::format("this store was begun with another profile than {} and never finished: remove it", name);
  }
  return fmt::format("the profile {} was refused: {} {}{}", name, part.place, name_of(rejection.code),
                     described(rejection.fields));
}

}  // namespace

bool profile_known(std::string_view name) { return find_profile(name) != nullptr; }

std::string profile_names() {
  std::string names;
  for (const ProfileText& text : profile_texts()) {
    if (!names.empty()) names += ", ";
    names += text.name;
  }
  return names;
}

Result<void, std::string> lay_down_profile(Writer& writer, const Log& log, std::string_view name,
                                           const std::string& time_zone) {
  const ProfileText* profile = find_profile(name);
  if (profile == nullptr) return fail(fmt::format("there is no profile '{}', only {}", name, profile_names()));
  return lay_down_profile_text(writer, log, name, profile->json, time_zone);
}

Result<void, std::string> lay_down_profile_text(Writer& writer, const Log& log, std::string_view name,
                                                std::string_view text, const std::string& time_zone) {
  const auto wanted = must_lay_down(log);
  if (!wanted) return fail(wanted.error());
  if (!*wanted) return {};
  auto parts = parts_of(text, time_zone);
  if (!parts) return fail(fmt::format("the profile {} cannot be read: {}", name, parts.error()));
  for (std::size_t i = 0; i < parts->size(); ++i) {
    Part& part = (*parts)[i];
    CommandRequest request;
    request.command = std::move(part.command);
    request.command_id = command_id(i, parts->size());
    request.digest = part.digest;
    const auto answer = writer.submit(std::move(request));
    if (!answer) return fail(refusal_text(name, part, answer.error()));
  }
  return {};
}

}  // namespace greffe
