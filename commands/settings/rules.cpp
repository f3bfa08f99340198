#include "commands/settings/rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "commands/field_rules.h"
#include "commands/limits.h"
#include "commands/settings/time_zone.h"

namespace greffe {
namespace {

constexpr auto target_max = std::chrono::duration_cast<Milliseconds>(std::chrono::days(3653));  // ten years

std::optional<Rejection> refusal(FieldFaults& faults) {
  if (faults.empty()) return std::nullopt;
  return faults.refuse().value();
}

// Labels may be given ahead of a language that the tenant does not use yet.
void check_labels(const std::string& field, const std::vector<Label>& labels, const TenantConfigured& tenant,
                  FieldFaults& faults) {
  if (labels.size() > limits::languages_max) return faults.add(field, FieldCode::too_many);
  const auto has = [&](const std::string& language, std::size_t among) {
    return std::any_of(labels.begin(), labels.begin() + static_cast<std::ptrdiff_t>(among),
                       [&](const Label& l) { return l.language == language; });
  };
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto at = fmt::format("{}[{}]", field, i);
    check_language(at + ".language", labels[i].language, faults);
    if (has(labels[i].language, i)) faults.add(at + ".language", FieldCode::duplicate);
    check_text(at + ".text", labels[i].text, {limits::label_bytes_max, true}, faults);
  }
  for (const auto& language : tenant.languages) {
    if (!has(language, labels.size())) faults.add(field, FieldCode::required);
  }
}

// What statuses and priorities have in common: key, labels, colour.
template <class T>
void check_entries(const char* field, const std::vector<T>& entries, std::size_t entries_max,
                   const TenantConfigured& tenant, FieldFaults& faults) {
  if (entries.size() > entries_max) return faults.add(field, FieldCode::too_many);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto at = fmt::format("{}[{}]", field, i);
    check_key(at + ".key", entries[i].key, faults);
    const auto before = entries.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::any_of(entries.begin(), before, [&](const T& e) { return e.key == entries[i].key; })) {
      faults.add(at + ".key", FieldCode::duplicate);
    }
    check_labels(at + ".labels", entries[i].labels, tenant, faults);
    check_colour(at + ".colour", entries[i].colour, faults);
  }
}

bool starts_tickets(Category c) { return c == Category::fresh || c == Category::open; }
bool ends_tickets(Category c) { return c == Category::closed; }

// A default must be one of the statuses, and lead to the side that it is for.
void check_default(const char* field, const std::string& key, bool (*fits)(Category),
                   const std::vector<Status>& statuses, FieldFaults& faults) {
  const auto at = std::find_if(statuses.begin(), statuses.end(), [&](const Status& s) { return s.key == key; });
  if (at == statuses.end()) faults.add(field, FieldCode::unknown_status);
  else if (!fits(at->category)) faults.add(field, FieldCode::not_one_of);
}

void check_delay(const std::string& field, Milliseconds delay, FieldFaults& faults) {
  if (delay < Milliseconds(0) || delay > target_max) faults.add(field, FieldCode::out_of_range);
}

}  // namespace

std::optional<Rejection> settings_fault(const Settings&, const TenantConfigured& wanted) {
  FieldFaults faults;
  if (wanted.time_zone.empty()) faults.add("time_zone", FieldCode::required);
  else if (!time_zone_known(wanted.time_zone)) faults.add("time_zone", FieldCode::malformed);
  const auto& languages = wanted.languages;
  if (languages.empty()) faults.add("languages", FieldCode::required);
  if (languages.size() > limits::languages_max) faults.add("languages", FieldCode::too_many);
  else {
    for (std::size_t i = 0; i < languages.size(); ++i) {
      const auto field = fmt::format("languages[{}]", i);
      check_language(field, languages[i], faults);
      const auto here = languages.begin() + static_cast<std::ptrdiff_t>(i);
      if (std::find(languages.begin(), here, languages[i]) != here) faults.add(field, FieldCode::duplicate);
    }
  }
  return refusal(faults);
}

std::optional<Rejection> settings_fault(const Settings& settings, const StatusesDefined& wanted) {
  const auto some = [&](bool (*of)(Category)) {
    return std::any_of(wanted.statuses.begin(), wanted.statuses.end(), [&](const Status& s) { return of(s.category); });
  };
  if (!some(starts_tickets) || !some(ends_tickets)) {
    return refuse(RejectionCode::last_entry, "There must be a status of category new or open, and one of closed.")
        .value();
  }
  FieldFaults faults;
  check_entries("statuses", wanted.statuses, limits::statuses_max, settings.tenant, faults);
  check_default("on_open", wanted.on_open, starts_tickets, wanted.statuses, faults);
  check_default("on_close", wanted.on_close, ends_tickets, wanted.statuses, faults);
  check_default("on_reopen", wanted.on_reopen, is_open, wanted.statuses, faults);
  return refusal(faults);
}

std::optional<Rejection> settings_fault(const Settings& settings, const PrioritiesDefined& wanted) {
  if (wanted.priorities.empty()) {
    return refuse(RejectionCode::last_entry, "There must be a priority.").value();
  }
  FieldFaults faults;
  check_entries("priorities", wanted.priorities, limits::priorities_max, settings.tenant, faults);
  const auto named = [&](const Priority& p) { return p.key == wanted.on_open; };
  if (std::none_of(wanted.priorities.begin(), wanted.priorities.end(), named)) {
    faults.add("on_open", FieldCode::unknown_priority);
  }
  return refusal(faults);
}

std::optional<Rejection> settings_fault(const Settings& settings, const SlaTargetsDefined& wanted) {
  FieldFaults faults;
  const auto& targets = wanted.targets;
  if (targets.size() > limits::priorities_max) faults.add("targets", FieldCode::too_many);
  else {
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const auto at = fmt::format("targets[{}]", i);
      if (find_priority(settings, targets[i].priority) == nullptr) {
        faults.add(at + ".priority", FieldCode::unknown_priority);
      }
      const auto here = targets.begin() + static_cast<std::ptrdiff_t>(i);
      if (std::any_of(targets.begin(), here, [&](const SlaTarget& t) { return t.priority == targets[i].priority; })) {
        faults.add(at + ".priority", FieldCode::duplicate);
      }
      check_delay(at + ".first_response_ms", targets[i].first_response_ms, faults);
      check_delay(at + ".next_response_ms", targets[i].next_response_ms, faults);
      check_delay(at + ".inactivity_ms", targets[i].inactivity_ms, faults);
      check_delay(at + ".resolution_ms", targets[i].resolution_ms, faults);
    }
  }
  return refusal(faults);
}

}  // namespace greffe
