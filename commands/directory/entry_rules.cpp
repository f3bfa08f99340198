#include "commands/directory/entry_rules.h"

#include <fmt/format.h>

namespace greffe::entry_rules {
namespace {

void check_value(const std::string& field, const ContactPoint& point, FieldFaults& faults) {
  const auto& value = point.value.text;
  switch (point.kind) {
    case ContactPointKind::email: check_email(field, value, faults); break;
    case ContactPointKind::phone:
    case ContactPointKind::mobile: check_text(field, value, {limits::phone_bytes_max}, faults); break;
    case ContactPointKind::address:
    case ContactPointKind::other:
      check_text(field, value, {limits::contact_point_bytes_max, false, true}, faults);
      break;
  }
  check_text(field, value, {limits::contact_point_bytes_max, true, true}, faults);
}

}  // namespace

void check_contact_points(const std::vector<ContactPoint>& points, FieldFaults& faults) {
  if (points.size() > limits::contact_points_max) return faults.add("contact_points", FieldCode::too_many);
  for (std::size_t i = 0; i < points.size(); ++i) {
    check_text(fmt::format("contact_points[{}].label", i), points[i].label, {limits::label_bytes_max}, faults);
    check_value(fmt::format("contact_points[{}].value", i), points[i], faults);
  }
}

std::optional<Rejection> check_unique(StreamKind kind, std::string_view external_id, std::string_view email,
                                      const Lookup& lookup) {
  if (!external_id.empty() && lookup.with_external_id(kind, external_id)) {
    return refuse(RejectionCode::external_id_taken, "An entry of this kind with this external id exists.").value();
  }
  if (!email.empty() && lookup.with_email(kind, folded_email(email))) {
    return refuse(RejectionCode::email_taken, "Another active entry of this kind has this address.").value();
  }
  return std::nullopt;
}

}  // namespace greffe::entry_rules
