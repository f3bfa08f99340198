#include "commands/settings/rules.h"

#include "commands/settings/list_rules.h"
#include "commands/settings/time_zone.h"

namespace greffe {
namespace {

using namespace settings_rules;

constexpr auto target_max = std::chrono::duration_cast<Milliseconds>(std::chrono::days(3653));  // ten years

// What statuses and priorities have in common: key, labels, colour.
template <class T>
void check_entry(const T& entry, const std::vector<T>& all, std::size_t i, const std::string& at,
                 const TenantConfigured& tenant, FieldFaults& faults) {
  check_key(at + ".key", entry.key, faults);
  if (repeats(all, i, [](const T& e) { return e.key; })) faults.add(at + ".key", FieldCode::duplicate);
  check_labels(at + ".labels", entry.labels, tenant, faults);
  check_colour(at + ".colour", entry.colour, faults);
}

bool starts_tickets(Category c) { return c == Category::fresh || c == Category::open; }
bool ends_tickets(Category c) { return c == Category::closed; }
bool has_own_command(Category c) { return c == Category::merged || c == Category::deleted; }

const Status* find(const std::vector<Status>& statuses, const std::string& key) {
  const auto at = std::find_if(statuses.begin(), statuses.end(), [&](const Status& s) { return s.key == key; });
  return at == statuses.end() ? nullptr : &*at;
}

// A default must be one of the statuses, and lead to the side that it is for.
void check_default(const char* field, const std::string& key, bool (*fits)(Category),
                   const std::vector<Status>& statuses, FieldFaults& faults) {
  const Status* status = find(statuses, key);
  if (status == nullptr) faults.add(field, FieldCode::unknown_status);
  else if (!fits(status->category)) faults.add(field, FieldCode::not_one_of);
}

// What a status leads to: known statuses that can be set, each once.
void check_next(const std::string& at, const Status& status, const std::vector<Status>& statuses, FieldFaults& faults) {
  check_each(at + ".next", status.next, limits::statuses_max, faults,
             [&](const std::string& key, const auto& field, auto) {
               const Status* follower = find(statuses, key);
               if (follower == nullptr) faults.add(field, FieldCode::unknown_status);
               else if (has_own_command(follower->category)) faults.add(field, FieldCode::status_not_settable);
             });
  check_unique(at + ".next", status.next, faults);
}

void check_delay(const std::string& field, Milliseconds delay, FieldFaults& faults) {
  check_range(field, delay, Milliseconds(0), target_max, faults);
}

}  // namespace

std::optional<Rejection> settings_fault(const Settings&, const TenantConfigured& wanted) {
  FieldFaults faults;
  if (wanted.time_zone.empty()) faults.add("time_zone", FieldCode::required);
  else if (!is_iana_zone(wanted.time_zone)) faults.add("time_zone", FieldCode::malformed);
  if (wanted.languages.empty()) faults.add("languages", FieldCode::required);
  check_each("languages", wanted.languages, limits::languages_max, faults,
             [&](const std::string& language, const std::string& at, auto) { check_language(at, language, faults); });
  check_unique("languages", wanted.languages, faults);
  return refusal(faults);
}

std::optional<Rejection> settings_fault(const Settings& settings, const StatusesDefined& wanted) {
  const auto& statuses = wanted.statuses;
  const auto some = [&](bool (*of)(Category)) {
    return std::any_of(statuses.begin(), statuses.end(), [&](const Status& s) { return of(s.category); });
  };
  if (!some(starts_tickets) || !some(ends_tickets)) {
    return refuse(RejectionCode::last_entry, "There must be a status of category new or open, and one of closed.")
        .value();
  }
  FieldFaults faults;
  check_each("statuses", statuses, limits::statuses_max, faults, [&](const Status& s, const std::string& at, auto i) {
    check_entry(s, statuses, i, at, settings.tenant, faults);
    check_next(at, s, statuses, faults);
  });
  check_default("on_open", wanted.on_open, starts_tickets, statuses, faults);
  check_default("on_close", wanted.on_close, ends_tickets, statuses, faults);
  check_default("on_reopen", wanted.on_reopen, is_open, statuses, faults);
  if (!wanted.on_read.empty()) check_default("on_read", wanted.on_read, is_open, statuses, faults);
  if (!wanted.on_assign.empty()) check_default("on_assign", wanted.on_assign, is_open, statuses, faults);
  return refusal(faults);
}

std::optional<Rejection> settings_fault(const Settings& settings, const PrioritiesDefined& wanted) {
  const auto& priorities = wanted.priorities;
  if (priorities.empty()) return refuse(RejectionCode::last_entry, "There must be a priority.").value();
  FieldFaults faults;
  check_each("priorities", priorities, limits::priorities_max, faults,
             [&](const Priority& priority, const std::string& at, auto i) {
               check_entry(priority, priorities, i, at, settings.tenant, faults);
             });
  const auto named = [&](const Priority& p) { return p.key == wanted.on_open; };
  if (std::none_of(priorities.begin(), priorities.end(), named)) faults.add("on_open", FieldCode::unknown_priority);
  check_optional_labels("labels", wanted.labels, settings.tenant, faults);
  return refusal(faults);
}

std::optional<Rejection> settings_fault(const Settings& settings, const SlaTargetsDefined& wanted) {
  FieldFaults faults;
  const auto& targets = wanted.targets;
  check_each("targets", targets, limits::priorities_max, faults,
             [&](const SlaTarget& target, const std::string& at, auto i) {
               if (find_priority(settings, target.priority) == nullptr) {
                 faults.add(at + ".priority", FieldCode::unknown_priority);
               }
               if (repeats(targets, i, [](const SlaTarget& t) { return t.priority; })) {
                 faults.add(at + ".priority", FieldCode::duplicate);
               }
               check_delay(at + ".first_response_ms", target.first_response_ms, faults);
               check_delay(at + ".next_response_ms", target.next_response_ms, faults);
               check_delay(at + ".inactivity_ms", target.inactivity_ms, faults);
               check_delay(at + ".resolution_ms", target.resolution_ms, faults);
             });
  return refusal(faults);
}

}  // namespace greffe
