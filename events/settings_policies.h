// The settings that say how tickets are numbered, opened, handled, closed and told of.
#pragma once

#include "events/settings_values.h"
#include "events/ticket_values.h"

namespace greffe {

enum class Strictness : std::uint8_t { off, warn, refuse };
constexpr std::array<std::string_view, 3> names_of(Strictness) { return {"off", "warn", "refuse"}; }

enum class DueEdit : std::uint8_t { never, supervisor, agent };
constexpr std::array<std::string_view, 3> names_of(DueEdit) { return {"never", "supervisor", "agent"}; }

// tombstone: a deleted ticket leaves all lists and can be restored; its history stays.
enum class Deletion : std::uint8_t { never, tombstone };
constexpr std::array<std::string_view, 2> names_of(Deletion) { return {"never", "tombstone"}; }

enum class ClosedEdit : std::uint8_t { none, reclassify, all };
constexpr std::array<std::string_view, 3> names_of(ClosedEdit) { return {"none", "reclassify", "all"}; }

enum class CloseScope : std::uint8_t { any, team, assignee };
constexpr std::array<std::string_view, 3> names_of(CloseScope) { return {"any", "team", "assignee"}; }

enum class Followup : std::uint8_t { reopen, new_ticket, reopen_within };
constexpr std::array<std::string_view, 3> names_of(Followup) { return {"reopen", "new_ticket", "reopen_within"}; }

enum class ReopenBy : std::uint8_t { contact, any_external };
constexpr std::array<std::string_view, 2> names_of(ReopenBy) { return {"contact", "any_external"}; }

enum class ClosedTarget : std::uint8_t { reject, allow, reopen };
constexpr std::array<std::string_view, 3> names_of(ClosedTarget) { return {"reject", "allow", "reopen"}; }

enum class CloseParent : std::uint8_t { block, warn, cascade };
constexpr std::array<std::string_view, 3> names_of(CloseParent) { return {"block", "warn", "cascade"}; }

enum class ChildrenClosed : std::uint8_t { suggest, auto_close, nothing };
constexpr std::array<std::string_view, 3> names_of(ChildrenClosed) { return {"suggest", "auto_close", "nothing"}; }

enum class ChildReopened : std::uint8_t { notify_parent_assignee, reopen_parent };
constexpr std::array<std::string_view, 2> names_of(ChildReopened) {
  return {"notify_parent_assignee", "reopen_parent"};
}

enum class NotifyMode : std::uint8_t { never, per_ticket, always };
constexpr std::array<std::string_view, 3> names_of(NotifyMode) { return {"never", "per_ticket", "always"}; }

// Who may choose a category. None named = everybody.
enum class CategoryAudience : std::uint8_t { subscriber, manager, support };
constexpr std::array<std::string_view, 3> names_of(CategoryAudience) { return {"subscriber", "manager", "support"}; }

enum class AnswerKind : std::uint8_t { text, yes_no, choice, number, date };
constexpr std::array<std::string_view, 5> names_of(AnswerKind) {
  return {"text", "yes_no", "choice", "number", "date"};
}

// A named value that tickets can have.
struct ListedValue {
  std::string key;
  std::vector<Label> labels;
  static constexpr auto fields =
      std::make_tuple(field("key", &ListedValue::key), field("labels", &ListedValue::labels));
  bool operator==(const ListedValue& o) const { return same_fields(*this, o); }
};

// Tickets of these kinds (none named = all) are numbered by the pattern: literal letters,
// digits, '-', '_' and '.', and {yyyy}, {yy}, {mm}, {dd} of the tenant's day, {seq:4}. The
// sequence counts within the rest of the number, so it starts anew when the date part does.
struct NumberFormat {
  std::vector<TicketKind> kinds;
  std::string pattern;
  static constexpr auto fields =
      std::make_tuple(field("kinds", &NumberFormat::kinds), field("pattern", &NumberFormat::pattern));
  bool operator==(const NumberFormat& o) const { return same_fields(*this, o); }
};

struct CategoryNode {
  std::string key;     // unique in the tree
  std::string parent;  // key of another node, empty = a root
  std::vector<Label> labels;
  std::vector<CategoryAudience> audience;
  static constexpr auto fields =
      std::make_tuple(field("key", &CategoryNode::key), field("parent", &CategoryNode::parent),
                      field("labels", &CategoryNode::labels), field("audience", &CategoryNode::audience));
  bool operator==(const CategoryNode& o) const { return same_fields(*this, o); }
};

// `open`: values that are not listed are allowed too.
struct FlatAxis {
  std::vector<Label> labels;  // what people call the axis: "Type de demande"
  bool enabled = true;
  bool open = true;
  std::vector<ListedValue> values;
  static constexpr auto fields =
      std::make_tuple(field("labels", &FlatAxis::labels), field("enabled", &FlatAxis::enabled),
                      field("open", &FlatAxis::open), field("values", &FlatAxis::values));
  bool operator==(const FlatAxis& o) const { return same_fields(*this, o); }
};

struct TreeAxis {
  std::vector<Label> labels;
  bool enabled = true;
  bool open = true;
  std::vector<CategoryNode> nodes;
  static constexpr auto fields =
      std::make_tuple(field("labels", &TreeAxis::labels), field("enabled", &TreeAxis::enabled),
                      field("open", &TreeAxis::open), field("nodes", &TreeAxis::nodes));
  bool operator==(const TreeAxis& o) const { return same_fields(*this, o); }
};

// Fields that must be given at the opening of tickets of these kinds and channels (none named = all).
struct MandatoryFields {
  std::vector<TicketKind> kinds;
  std::vector<Channel> channels;
  std::vector<std::string> required;
  static constexpr auto fields =
      std::make_tuple(field("kinds", &MandatoryFields::kinds), field("channels", &MandatoryFields::channels),
                      field("required", &MandatoryFields::required));
  bool operator==(const MandatoryFields& o) const { return same_fields(*this, o); }
};

struct NotificationRule {
  NotifyEvent event = NotifyEvent::opened;
  Audience audience = Audience::client;
  NotifyMode mode = NotifyMode::never;
  std::optional<TemplateId> text_template;
  static constexpr auto fields =
      std::make_tuple(field("event", &NotificationRule::event), field("audience", &NotificationRule::audience),
                      field("mode", &NotificationRule::mode), field("text_template", &NotificationRule::text_template));
  bool operator==(const NotificationRule& o) const { return same_fields(*this, o); }
};

struct Question {
  std::string key;
  std::vector<Label> labels;
  AnswerKind kind = AnswerKind::text;
  std::vector<std::string> choices;
  bool required = false;
  static constexpr auto fields =
      std::make_tuple(field("key", &Question::key), field("labels", &Question::labels), field("kind", &Question::kind),
                      field("choices", &Question::choices), field("required", &Question::required));
  bool operator==(const Question& o) const { return same_fields(*this, o); }
};

// Asked at the opening of tickets of these kinds and channels and of this category's root.
struct IntakeForm {
  std::vector<TicketKind> kinds;
  std::vector<Channel> channels;
  std::string category;  // empty = any
  std::vector<Question> questions;
  static constexpr auto fields =
      std::make_tuple(field("kinds", &IntakeForm::kinds), field("channels", &IntakeForm::channels),
                      field("category", &IntakeForm::category), field("questions", &IntakeForm::questions));
  bool operator==(const IntakeForm& o) const { return same_fields(*this, o); }
};

struct PointsRate {
  std::string category;  // root of the path
  std::uint32_t points = 0;
  static constexpr auto fields =
      std::make_tuple(field("category", &PointsRate::category), field("points", &PointsRate::points));
  bool operator==(const PointsRate& o) const { return same_fields(*this, o); }
};

// `catalogue`: such a context must be chosen from the entries, free labels are refused.
struct ContextType {
  std::string key;
  std::vector<Label> labels;
  std::string url_pattern;  // with {label}, empty = the entry's own
  bool catalogue = false;
  static constexpr auto fields =
      std::make_tuple(field("key", &ContextType::key), field("labels", &ContextType::labels),
                      field("url_pattern", &ContextType::url_pattern), field("catalogue", &ContextType::catalogue));
  bool operator==(const ContextType& o) const { return same_fields(*this, o); }
};

struct NumberingDefined {
  std::vector<NumberFormat> formats;  // the first that fits a ticket counts
  static constexpr EventName name{80, "NumberingDefined"};
  static constexpr auto fields = std::make_tuple(field("formats", &NumberingDefined::formats));
};

struct TaxonomyDefined {
  TreeAxis category;
  FlatAxis request_type;
  FlatAxis group;
  static constexpr EventName name{81, "TaxonomyDefined"};
  static constexpr auto fields =
      std::make_tuple(field("category", &TaxonomyDefined::category),
                      field("request_type", &TaxonomyDefined::request_type), field("group", &TaxonomyDefined::group));
};

struct OpeningDefined {
  FlatAxis origins;
  std::vector<MandatoryFields> mandatory;
  std::vector<Channel> due_channels;  // tickets of these may have a due date
  bool auto_read_internal = false;
  bool auto_assign_creator = false;
  bool portal_enabled = true;
  bool notify_client = true;                // what external tickets start with; internal ones have no client to tell
  std::vector<TicketKind> notify_assignee;  // kinds of tickets that start with it
  static constexpr EventName name{82, "OpeningDefined"};
  static constexpr auto fields = std::make_tuple(
      field("origins", &OpeningDefined::origins), field("mandatory", &OpeningDefined::mandatory),
      field("due_channels", &OpeningDefined::due_channels),
      field("auto_read_internal", &OpeningDefined::auto_read_internal),
      field("auto_assign_creator", &OpeningDefined::auto_assign_creator),
      field("portal_enabled", &OpeningDefined::portal_enabled), field("notify_client", &OpeningDefined::notify_client),
      field("notify_assignee", &OpeningDefined::notify_assignee));
};

struct HandlingDefined {
  Strictness claim_before_reply = Strictness::warn;
  DueEdit due_edit = DueEdit::never;
  Deletion deletion = Deletion::never;
  ClosedEdit closed_edit = ClosedEdit::none;
  CloseScope close_scope = CloseScope::any;
  bool mine_assignee = true;
  bool mine_copy = true;
  bool mine_creator = true;
  static constexpr EventName name{83, "HandlingDefined"};
  static constexpr auto fields = std::make_tuple(
      field("claim_before_reply", &HandlingDefined::claim_before_reply), field("due_edit", &HandlingDefined::due_edit),
      field("deletion", &HandlingDefined::deletion), field("closed_edit", &HandlingDefined::closed_edit),
      field("close_scope", &HandlingDefined::close_scope), field("mine_assignee", &HandlingDefined::mine_assignee),
      field("mine_copy", &HandlingDefined::mine_copy), field("mine_creator", &HandlingDefined::mine_creator));
};

struct ReopeningDefined {
  Followup followup = Followup::reopen_within;
  std::uint32_t within_days = 30;
  bool keep_assignee = true;
  ReopenBy by = ReopenBy::contact;
  std::uint32_t finalize_after_days = 0;  // 0 = never
  static constexpr EventName name{84, "ReopeningDefined"};
  static constexpr auto fields = std::make_tuple(
      field("followup", &ReopeningDefined::followup), field("within_days", &ReopeningDefined::within_days),
      field("keep_assignee", &ReopeningDefined::keep_assignee), field("by", &ReopeningDefined::by),
      field("finalize_after_days", &ReopeningDefined::finalize_after_days));
};

struct RelationsDefined {
  ClosedTarget closed_target = ClosedTarget::reject;
  CloseParent close_parent = CloseParent::block;
  ChildrenClosed children_closed = ChildrenClosed::suggest;
  ChildReopened child_reopened = ChildReopened::notify_parent_assignee;
  std::uint32_t depth_max = 5;
  std::uint32_t children_max = 200;
  static constexpr EventName name{85, "RelationsDefined"};
  static constexpr auto fields = std::make_tuple(
      field("closed_target", &RelationsDefined::closed_target), field("close_parent", &RelationsDefined::close_parent),
      field("children_closed", &RelationsDefined::children_closed),
      field("child_reopened", &RelationsDefined::child_reopened), field("depth_max", &RelationsDefined::depth_max),
      field("children_max", &RelationsDefined::children_max));
};

// Header and footer stand around every notification; rich text (HTML).
struct NotificationsDefined {
  std::vector<NotificationRule> rules;  // without one for an event, nothing is decided
  std::string sender;
  std::string on_open_to;             // an address told of every opening
  std::vector<std::string> managers;  // addresses told of what is sent to managers
  std::string header;
  std::string footer;
  static constexpr EventName name{86, "NotificationsDefined"};
  static constexpr auto fields = std::make_tuple(
      field("rules", &NotificationsDefined::rules), field("sender", &NotificationsDefined::sender),
      field("on_open_to", &NotificationsDefined::on_open_to), field("managers", &NotificationsDefined::managers),
      field("header", &NotificationsDefined::header), field("footer", &NotificationsDefined::footer));
};

struct IntakeDefined {
  std::vector<IntakeForm> forms;
  static constexpr EventName name{87, "IntakeDefined"};
  static constexpr auto fields = std::make_tuple(field("forms", &IntakeDefined::forms));
};

struct PointsDefined {
  bool enabled = false;
  bool overdraft = false;
  std::uint32_t points_per_ticket = 1;
  std::vector<PointsRate> rates;
  static constexpr EventName name{88, "PointsDefined"};
  static constexpr auto fields = std::make_tuple(
      field("enabled", &PointsDefined::enabled), field("overdraft", &PointsDefined::overdraft),
      field("points_per_ticket", &PointsDefined::points_per_ticket), field("rates", &PointsDefined::rates));
};

struct ContextTypesDefined {
  bool open = true;  // other types are allowed too
  std::vector<ContextType> types;
  static constexpr EventName name{89, "ContextTypesDefined"};
  static constexpr auto fields =
      std::make_tuple(field("open", &ContextTypesDefined::open), field("types", &ContextTypesDefined::types));
};

struct AttachmentsDefined {
  std::uint64_t size_bytes_max = 2147483648;
  std::vector<std::string> media_types_allowed;  // "image/png", "image/*", empty = all but the refused
  std::vector<std::string> media_types_refused;
  static constexpr EventName name{90, "AttachmentsDefined"};
  static constexpr auto fields =
      std::make_tuple(field("size_bytes_max", &AttachmentsDefined::size_bytes_max),
                      field("media_types_allowed", &AttachmentsDefined::media_types_allowed),
                      field("media_types_refused", &AttachmentsDefined::media_types_refused));
};

}  // namespace greffe
