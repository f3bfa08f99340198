#include "commands/files/media_type.h"
#include "commands/settings/list_rules.h"
#include "commands/settings/rules.h"

namespace greffe {
namespace {

using namespace settings_rules;

// "image/png", or "image/*" for all of a kind.
void check_media_type(const std::string& field, std::string_view type, FieldFaults& faults) {
  if (type.empty()) return faults.add(field, FieldCode::required);
  if (type.size() > limits::media_type_bytes_max) return faults.add(field, FieldCode::too_long);
  if (!is_media_type_pattern(type)) faults.add(field, FieldCode::malformed);
}

void check_media_types(const std::string& field, const std::vector<std::string>& types, FieldFaults& faults) {
  check_each(field, types, area_limits::media_types_max, faults,
             [&](const std::string& type, const std::string& at, auto) { check_media_type(at, type, faults); });
  check_unique(field, types, faults);
}

}  // namespace

std::optional<Rejection> settings_fault(const Settings&, const HandlingDefined& wanted) {
  if (wanted.mine_assignee || wanted.mine_copy || wanted.mine_creator) return std::nullopt;
  return refuse(RejectionCode::last_entry, "Some tickets must count as one's own: assignee, copy or creator.").value();
}

std::optional<Rejection> settings_fault(const Settings&, const ReopeningDefined& wanted) {
  FieldFaults faults;
  check_range("within_days", wanted.within_days, 1U, area_limits::days_max, faults);
  check_range("finalize_after_days", wanted.finalize_after_days, 0U, area_limits::days_max, faults);
  return refusal(faults);
}

std::optional<Rejection> settings_fault(const Settings&, const RelationsDefined& wanted) {
  FieldFaults faults;
  check_range("depth_max", wanted.depth_max, 1U, area_limits::sub_ticket_depth_max, faults);
  check_range("children_max", wanted.children_max, 1U, area_limits::sub_tickets_max, faults);
  return refusal(faults);
}

std::optional<Rejection> settings_fault(const Settings& settings, const PointsDefined& wanted) {
  FieldFaults faults;
  check_range("points_per_ticket", wanted.points_per_ticket, 0U, limits::points_max, faults);
  check_each("rates", wanted.rates, area_limits::rates_max, faults,
             [&](const PointsRate& rate, const std::string& at, auto i) {
               check_root_category(at + ".category", rate.category, settings.taxonomy.category, faults);
               if (repeats(wanted.rates, i, [](const PointsRate& r) { return r.category; })) {
                 faults.add(at + ".category", FieldCode::duplicate);
               }
               check_range(at + ".points", rate.points, 0U, limits::points_max, faults);
             });
  return refusal(faults);
}

std::optional<Rejection> settings_fault(const Settings&, const AttachmentsDefined& wanted) {
  FieldFaults faults;
  check_range("size_bytes_max", wanted.size_bytes_max, std::uint64_t{1}, area_limits::attachment_bytes_max, faults);
  check_media_types("media_types_allowed", wanted.media_types_allowed, faults);
  check_media_types("media_types_refused", wanted.media_types_refused, faults);
  return refusal(faults);
}

}  // namespace greffe
