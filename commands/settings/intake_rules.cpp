#include "commands/settings/list_rules.h"
#include "commands/settings/rules.h"

namespace greffe {
namespace {

using namespace settings_rules;

// Whether one ticket could be asked both: then their questions must not share keys, since
// answers are given by key.
bool may_meet(const IntakeForm& one, const IntakeForm& other) {
  const bool categories = one.category.empty() || other.category.empty() || one.category == other.category;
  return categories && overlap(one.kinds, other.kinds) && overlap(one.channels, other.channels);
}

bool asks(const IntakeForm& form, const std::string& key) {
  return std::any_of(form.questions.begin(), form.questions.end(), [&](const Question& q) { return q.key == key; });
}

bool asked_before(const std::vector<IntakeForm>& forms, std::size_t form, std::size_t question) {
  const auto& questions = forms[form].questions;
  if (repeats(questions, question, [](const Question& q) { return q.key; })) return true;
  const auto here = forms.begin() + static_cast<std::ptrdiff_t>(form);
  return std::any_of(forms.begin(), here, [&](const IntakeForm& other) {
    return may_meet(other, forms[form]) && asks(other, questions[question].key);
  });
}

void check_choices(const std::string& field, const Question& question, FieldFaults& faults) {
  const bool choice = question.kind == AnswerKind::choice;
  if (choice && question.choices.empty()) return faults.add(field, FieldCode::required);
  if (!choice && !question.choices.empty()) return faults.add(field, FieldCode::too_many);
  check_each(field, question.choices, area_limits::choices_max, faults,
             [&](const std::string& text, const std::string& at, auto) {
               check_text(at, text, {limits::label_bytes_max, true}, faults);
             });
  check_unique(field, question.choices, faults);
}

}  // namespace

std::optional<Rejection> settings_fault(const Settings& settings, const IntakeDefined& wanted) {
  FieldFaults faults;
  const auto& forms = wanted.forms;
  check_each("forms", forms, area_limits::intake_forms_max, faults,
             [&](const IntakeForm& form, const std::string& at, auto f) {
               check_unique(at + ".kinds", form.kinds, faults);
               check_unique(at + ".channels", form.channels, faults);
               if (!form.category.empty()) {
                 check_root_category(at + ".category", form.category, settings.taxonomy.category, faults);
               }
               if (form.questions.empty()) faults.add(at + ".questions", FieldCode::required);
               check_each(at + ".questions", form.questions, area_limits::questions_max, faults,
                          [&](const Question& question, const std::string& here, auto q) {
                            check_key(here + ".key", question.key, faults);
                            if (asked_before(forms, f, q)) faults.add(here + ".key", FieldCode::duplicate);
                            check_labels(here + ".labels", question.labels, settings.tenant, faults);
                            check_choices(here + ".choices", question, faults);
                          });
             });
  return refusal(faults);
}

}  // namespace greffe
