// The areas that say what a ticket is opened with.
#include "commands/settings/rules.h"
#include "http/settings_inputs.h"

namespace greffe::settings_inputs {
namespace {

ObjectInput<FlatAxis> flat_axis() {
  const ObjectInput<ListedValue> value{
      {required("key", &ListedValue::key, key), required("labels", &ListedValue::labels, labels())}};
  return {{optional("labels", &FlatAxis::labels, labels()), required("enabled", &FlatAxis::enabled, BooleanInput()),
           required("open", &FlatAxis::open, BooleanInput()),
           optional("values", &FlatAxis::values,
                    ListInput<ObjectInput<ListedValue>>{value, area_limits::listed_values_max})}};
}

ObjectInput<TreeAxis> tree_axis() {
  const ObjectInput<CategoryNode> node{{required("key", &CategoryNode::key, key),
                                        optional("parent", &CategoryNode::parent, key),
                                        required("labels", &CategoryNode::labels, labels()),
                                        optional("audience", &CategoryNode::audience, names<CategoryAudience>())}};
  return {{optional("labels", &TreeAxis::labels, labels()), required("enabled", &TreeAxis::enabled, BooleanInput()),
           required("open", &TreeAxis::open, BooleanInput()),
           optional("nodes", &TreeAxis::nodes,
                    ListInput<ObjectInput<CategoryNode>>{node, area_limits::category_nodes_max})}};
}

// "context." and the type's key.
constexpr TextInput mandatory_name{mandatory_context_prefix.size() + limits::key_bytes_max};

ObjectInput<MandatoryFields> mandatory_rule() {
  const auto names_max = mandatory_field_names().size() + area_limits::context_types_max;
  return {{optional("kinds", &MandatoryFields::kinds, names<TicketKind>()),
           optional("channels", &MandatoryFields::channels, names<Channel>()),
           required("required", &MandatoryFields::required, ListInput<TextInput>{mandatory_name, names_max})}};
}

ObjectInput<Question> question() {
  return {{required("key", &Question::key, key), required("labels", &Question::labels, labels()),
           required("kind", &Question::kind, NameInput<AnswerKind>()),
           optional("choices", &Question::choices, ListInput<TextInput>{label_text, area_limits::choices_max}),
           required("required", &Question::required, BooleanInput())}};
}

}  // namespace

CommandBody numbering() {
  using Area = NumberingDefined;
  const ObjectInput<NumberFormat> format{
      {optional("kinds", &NumberFormat::kinds, names<TicketKind>()),
       required("pattern", &NumberFormat::pattern, TextInput{area_limits::number_pattern_bytes_max})}};
  return replacement<Area>(SettingsArea::numbering,
                           {required("formats", &Area::formats,
                                     ListInput<ObjectInput<NumberFormat>>{format, area_limits::number_formats_max})});
}

CommandBody taxonomy() {
  using Area = TaxonomyDefined;
  return replacement<Area>(SettingsArea::taxonomy, {required("category", &Area::category, tree_axis()),
                                                    required("request_type", &Area::request_type, flat_axis()),
                                                    required("group", &Area::group, flat_axis())});
}

CommandBody opening() {
  using Area = OpeningDefined;
  return replacement<Area>(
      SettingsArea::opening,
      {required("origins", &Area::origins, flat_axis()),
       optional("mandatory", &Area::mandatory,
                ListInput<ObjectInput<MandatoryFields>>{mandatory_rule(), area_limits::mandatory_rules_max}),
       optional("due_channels", &Area::due_channels, names<Channel>()),
       required("auto_read_internal", &Area::auto_read_internal, BooleanInput()),
       required("auto_assign_creator", &Area::auto_assign_creator, BooleanInput()),
       required("portal_enabled", &Area::portal_enabled, BooleanInput()),
       required("notify_client", &Area::notify_client, BooleanInput()),
       optional("notify_assignee", &Area::notify_assignee, names<TicketKind>())});
}

CommandBody intake() {
  using Area = IntakeDefined;
  const ObjectInput<IntakeForm> form{
      {optional("kinds", &IntakeForm::kinds, names<TicketKind>()),
       optional("channels", &IntakeForm::channels, names<Channel>()), optional("category", &IntakeForm::category, key),
       required("questions", &IntakeForm::questions,
                ListInput<ObjectInput<Question>>{question(), area_limits::questions_max})}};
  return replacement<Area>(
      SettingsArea::intake,
      {required("forms", &Area::forms, ListInput<ObjectInput<IntakeForm>>{form, area_limits::intake_forms_max})});
}

CommandBody contexts() {
  using Area = ContextTypesDefined;
  const ObjectInput<ContextType> type{
      {required("key", &ContextType::key, key), required("labels", &ContextType::labels, labels()),
       optional("url_pattern", &ContextType::url_pattern, TextInput{area_limits::url_pattern_bytes_max}),
       required("catalogue", &ContextType::catalogue, BooleanInput())}};
  return replacement<Area>(
      SettingsArea::contexts,
      {required("open", &Area::open, BooleanInput()),
       optional("types", &Area::types, ListInput<ObjectInput<ContextType>>{type, area_limits::context_types_max})});
}

}  // namespace greffe::settings_inputs
