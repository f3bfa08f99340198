#include "commands/ticket/opening_rules.h"

#include <algorithm>

#include "commands/limits.h"
#include "events/time.h"

namespace greffe::subjects {
namespace {

// None named = all.
template <class T>
bool covers(const std::vector<T>& named, T value) {
  return named.empty() || std::find(named.begin(), named.end(), value) != named.end();
}

bool has_context(const OpenTicket& c, std::string_view type, const Lookup& lookup) {
  return std::any_of(c.contexts.begin(), c.contexts.end(), [&](const WantedContext& wanted) {
    const ContextState* entry = wanted.context ? lookup.context(*wanted.context) : nullptr;
    return (entry != nullptr ? entry->details.type : wanted.type) == type;
  });
}

// Names as in commands/settings (mandatory_field_names) and in the request's body.
bool is_given(const OpenTicket& c, std::string_view field, const Lookup& lookup) {
  constexpr std::string_view context_prefix = "context.";
  if (field.starts_with(context_prefix)) return has_context(c, field.substr(context_prefix.size()), lookup);
  if (field == "title") return !is_blank_text(c.title);
  if (field == "description") return !is_blank_text(c.description);
  if (field == "comment") return !is_blank_text(c.comment);
  if (field == "origin") return !is_blank_text(c.origin);
  if (field == "priority") return c.priority.has_value();
  if (field == "category") return !c.classification.category.empty();
  if (field == "sub_category") return c.classification.category.size() > 1;
  if (field == "request_type") return !is_blank_text(c.classification.request_type);
  if (field == "group") return !is_blank_text(c.classification.group);
  if (field == "contact") return c.party.contact.has_value();
  if (field == "organisation") return c.party.organisation.has_value();
  if (field == "team") return c.team.has_value();
  if (field == "assignee") return c.assignee.has_value();
  if (field == "copies") return !c.copies.empty();
  if (field == "due_at") return c.due_at.has_value();
  if (field == "estimated_resolution_at") return c.estimated_resolution_at.has_value();
  return true;
}

// The question in the tenant's first language.
std::string question_text(const Question& question, const Settings& settings) {
  for (const Label& label : question.labels) {
    if (!settings.tenant.languages.empty() && label.language == settings.tenant.languages.front()) return label.text;
  }
  return question.labels.empty() ? question.key : question.labels.front().text;
}

bool are_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// With a point or a comma before its decimals, as people write it in different languages.
bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto mark = text.find_first_of(".,");
  if (mark == std::string_view::npos) return are_digits(text);
  return are_digits(text.substr(0, mark)) && are_digits(text.substr(mark + 1));
}

// "2026-02-28": a day of a wall calendar; an instant would be another day elsewhere.
bool is_date(const std::string& text) {
  constexpr std::size_t day_bytes = std::string_view("YYYY-MM-DD").size();
  return text.size() == day_bytes && parse_rfc3339(text + "T00:00:00Z");
}

std::optional<FieldCode> answer_fault(const Question& question, const std::string& answer) {
  switch (question.kind) {
    case AnswerKind::text: return std::nullopt;
    case AnswerKind::number: return is_number(answer) ? std::nullopt : std::optional(FieldCode::malformed);
    case AnswerKind::date: return is_date(answer) ? std::nullopt : std::optional(FieldCode::malformed);
    case AnswerKind::yes_no:
      return answer == "yes" || answer == "no" ? std::nullopt : std::optional(FieldCode::not_one_of);
    case AnswerKind::choice:
      return std::find(question.choices.begin(), question.choices.end(), answer) != question.choices.end()
                 ? std::nullopt
                 : std::optional(FieldCode::not_one_of);
  }
  return std::nullopt;
}

bool applies(const IntakeForm& form, const OpenTicket& c) {
  const auto& category = c.classification.category;
  return covers(form.kinds, c.kind) && covers(form.channels, c.channel) &&
         (form.category.empty() || (!category.empty() && category.front() == form.category));
}

bool asks(const IntakeForm& form, const std::string& question) {
  return std::any_of(form.questions.begin(), form.questions.end(), [&](const auto& q) { return q.key == question; });
}

bool is_asked(const std::string& question, const OpenTicket& c, const Settings& settings) {
  const auto& forms = settings.intake.forms;
  return std::any_of(forms.begin(), forms.end(),
                     [&](const IntakeForm& form) { return applies(form, c) && asks(form, question); });
}

bool is_mandatory(std::string_view field, const TicketState& ticket, const Settings& settings) {
  const auto& rules = settings.opening.mandatory;
  return std::any_of(rules.begin(), rules.end(), [&](const MandatoryFields& rule) {
    return covers(rule.kinds, ticket.kind) && covers(rule.channels, ticket.channel) &&
           std::find(rule.required.begin(), rule.required.end(), field) != rule.required.end();
  });
}

void take_answer(const Question& question, const OpenTicket& c, const Settings& settings, std::vector<Answer>& taken,
                 FieldFaults& faults) {
  const std::string field = "answers." + question.key;
  const auto given =
      std::find_if(c.answers.begin(), c.answers.end(), [&](const Answer& a) { return a.question == question.key; });
  if (given == c.answers.end() || is_blank_text(given->answer.text)) {
    if (question.required) faults.add(field, FieldCode::required);
    return;
  }
  check_text(field, given->answer.text, {limits::reason_bytes_max, false, true}, faults);
  if (const auto fault = answer_fault(question, given->answer.text)) return faults.add(field, *fault);
  taken.push_back({question.key, question_text(question, settings), given->answer});
}

}  // namespace

void check_mandatory(const OpenTicket& c, const Context& context, FieldFaults& faults) {
  if (context.imported) return;
  for (const MandatoryFields& rule : context.settings.opening.mandatory) {
    if (!covers(rule.kinds, c.kind) || !covers(rule.channels, c.channel)) continue;
    for (const std::string& field : rule.required) {
      if (!is_given(c, field, context.lookup)) faults.add(field, FieldCode::required);
    }
  }
}

void check_kept(const TicketState& ticket, std::initializer_list<FieldChange> changes, const Context& context,
                FieldFaults& faults) {
  if (context.imported) return;
  for (const FieldChange& change : changes) {
    const bool emptied = change.before && !change.after;
    if (emptied && is_mandatory(change.field, ticket, context.settings)) faults.add(change.field, FieldCode::required);
  }
}

std::vector<Answer> checked_answers(const OpenTicket& c, const Context& context, FieldFaults& faults) {
  std::vector<Answer> taken;
  if (context.imported) return taken;
  for (const IntakeForm& form : context.settings.intake.forms) {
    if (!applies(form, c)) continue;
    for (const Question& question : form.questions) take_answer(question, c, context.settings, taken, faults);
  }
  for (const Answer& answer : c.answers) {
    if (!is_asked(answer.question, c, context.settings))
      faults.add("answers." + answer.question, FieldCode::unknown_value);
  }
  return taken;
}

}  // namespace greffe::subjects
