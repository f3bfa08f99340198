// The areas that say how tickets are handled, closed, told of and paid for.
#include "http/settings_inputs.h"

namespace greffe::settings_inputs {
namespace {

struct SizeInput {
  using Value = std::uint64_t;
  std::uint64_t max;
  std::optional<Value> read(const Json& json, const std::string& path, Faults& faults) const {
    // Integers beyond 64 bits reach us as floating point; they are numbers, only too large.
    const bool huge = json.is_number_float() && (json.get<double>() >= 0x1p63 || json.get<double>() <= -0x1p63);
    if (!json.is_number_integer() && !huge) faults.add(path, FieldCode::wrong_type);
    else if (huge || !json.is_number_unsigned() || json.get<Value>() < 1 || json.get<Value>() > max) {
      faults.add(path, FieldCode::out_of_range);
    } else return json.get<Value>();
    return std::nullopt;
  }
  Json schema() const { return {{"type", "integer"}, {"minimum", 1}, {"maximum", max}}; }
};

constexpr TextInput email{limits::email_bytes_max};
constexpr TextInput edge{area_limits::notification_edge_bytes_max};
constexpr NumberInput ticket_points{0, limits::points_max};

}  // namespace

CommandBody handling() {
  using Area = HandlingDefined;
  return replacement<Area>(SettingsArea::handling,
                           {required("claim_before_reply", &Area::claim_before_reply, NameInput<Strictness>()),
                            required("due_edit", &Area::due_edit, NameInput<DueEdit>()),
                            required("deletion", &Area::deletion, NameInput<Deletion>()),
                            required("closed_edit", &Area::closed_edit, NameInput<ClosedEdit>()),
                            required("close_scope", &Area::close_scope, NameInput<CloseScope>()),
                            required("mine_assignee", &Area::mine_assignee, BooleanInput()),
                            required("mine_copy", &Area::mine_copy, BooleanInput()),
                            required("mine_creator", &Area::mine_creator, BooleanInput())});
}

CommandBody reopening() {
  using Area = ReopeningDefined;
  return replacement<Area>(
      SettingsArea::reopening,
      {required("followup", &Area::followup, NameInput<Followup>()),
       required("within_days", &Area::within_days, NumberInput{1, area_limits::days_max}),
       required("keep_assignee", &Area::keep_assignee, BooleanInput()),
       required("by", &Area::by, NameInput<ReopenBy>()),
       required("finalize_after_days", &Area::finalize_after_days, NumberInput{0, area_limits::days_max})});
}

CommandBody relations() {
  using Area = RelationsDefined;
  return replacement<Area>(
      SettingsArea::relations,
      {required("closed_target", &Area::closed_target, NameInput<ClosedTarget>()),
       required("close_parent", &Area::close_parent, NameInput<CloseParent>()),
       required("children_closed", &Area::children_closed, NameInput<ChildrenClosed>()),
       required("child_reopened", &Area::child_reopened, NameInput<ChildReopened>()),
       required("depth_max", &Area::depth_max, NumberInput{1, area_limits::sub_ticket_depth_max}),
       required("children_max", &Area::children_max, NumberInput{1, area_limits::sub_tickets_max})});
}

CommandBody notifications() {
  using Area = NotificationsDefined;
  const ObjectInput<NotificationRule> rule{
      {required("event", &NotificationRule::event, NameInput<NotifyEvent>()),
       required("audience", &NotificationRule::audience, NameInput<Audience>{Audience::desk}),
       required("mode", &NotificationRule::mode, NameInput<NotifyMode>()),
       nullable("text_template", &NotificationRule::text_template, IdInput<TemplateId>())}};
  return replacement<Area>(
      SettingsArea::notifications,
      {required("rules", &Area::rules,
                ListInput<ObjectInput<NotificationRule>>{rule, area_limits::notification_rules_max}),
       optional("sender", &Area::sender, email), optional("on_open_to", &Area::on_open_to, email),
       optional("managers", &Area::managers, ListInput<TextInput>{email, area_limits::managers_max}),
       optional("header", &Area::header, edge), optional("footer", &Area::footer, edge)});
}

CommandBody points() {
  using Area = PointsDefined;
  const ObjectInput<PointsRate> rate{
      {required("category", &PointsRate::category, key), required("points", &PointsRate::points, ticket_points)}};
  return replacement<Area>(
      SettingsArea::points,
      {required("enabled", &Area::enabled, BooleanInput()), required("overdraft", &Area::overdraft, BooleanInput()),
       required("points_per_ticket", &Area::points_per_ticket, ticket_points),
       optional("rates", &Area::rates, ListInput<ObjectInput<PointsRate>>{rate, area_limits::rates_max})});
}

CommandBody attachments() {
  using Area = AttachmentsDefined;
  const ListInput<TextInput> media_types{{limits::media_type_bytes_max}, area_limits::media_types_max};
  return replacement<Area>(
      SettingsArea::attachments,
      {required("size_bytes_max", &Area::size_bytes_max, SizeInput{area_limits::attachment_bytes_max}),
       optional("media_types_allowed", &Area::media_types_allowed, media_types),
       optional("media_types_refused", &Area::media_types_refused, media_types)});
}

}  // namespace greffe::settings_inputs
