#include "commands/field_rules.h"
#include "commands/limits.h"
#include "commands/settings/area_limits.h"
#include "commands/settings/rules.h"
#include "events/codec.h"
#include "tests/commands_settings_office.h"

using namespace greffe;
using namespace greffe::spec;

namespace {

std::string padded(std::size_t i, std::size_t bytes) {
  auto text = std::to_string(i);
  return text + std::string(bytes - text.size(), 'x');
}

std::vector<Label> long_labels(std::size_t languages = 4) {
  std::vector<Label> all;
  for (std::size_t i = 0; i < languages; ++i) {
    const auto language = i == 0   ? std::string("fr")
                          : i == 1 ? std::string("en")
                                   : "xxxxxx" + std::string(1, char('a' + i));
    all.push_back({language, std::string(limits::label_bytes_max, 'x')});
  }
  return all;
}

TaxonomyDefined longest_taxonomy(std::size_t languages) {
  TaxonomyDefined wanted;
  for (std::size_t i = 0; i < area_limits::category_nodes_max; ++i) {
    const auto parent = i == 0 ? std::string() : padded(0, limits::key_bytes_max);
    wanted.category.nodes.push_back(
        {padded(i, limits::key_bytes_max),
         parent,
         long_labels(languages),
         {CategoryAudience::subscriber, CategoryAudience::manager, CategoryAudience::support}});
  }
  for (std::size_t i = 0; i < area_limits::listed_values_max; ++i) {
    wanted.request_type.values.push_back({padded(i, limits::key_bytes_max), long_labels(languages)});
  }
  wanted.group = wanted.request_type;
  return wanted;
}

StatusesDefined longest_statuses() {
  auto wanted = standard.statuses;
  for (std::size_t i = wanted.statuses.size(); i < limits::statuses_max; ++i) {
    auto status = wanted.statuses.front();
    status.key = padded(i, limits::key_bytes_max);
    wanted.statuses.push_back(status);
  }
  for (Status& status : wanted.statuses) {
    status.labels = long_labels();
    for (const Status& next : wanted.statuses) status.next.push_back(next.key);
  }
  return wanted;
}

OpeningDefined longest_opening() {
  auto wanted = standard.opening;
  wanted.origins.values = longest_taxonomy(4).request_type.values;
  MandatoryFields rule;
  for (const auto name : mandatory_field_names()) {
    if (name != "due_at") rule.required.emplace_back(name);
  }
  for (std::size_t i = 0; i < area_limits::context_types_max; ++i) {
    rule.required.push_back(std::string(mandatory_context_prefix) + padded(i, limits::key_bytes_max));
  }
  wanted.mandatory.assign(area_limits::mandatory_rules_max, rule);
  return wanted;
}

ContextTypesDefined longest_contexts() {
  ContextTypesDefined wanted;
  for (std::size_t i = 0; i < area_limits::context_types_max; ++i) {
    auto url = std::string("https://x.fr/{label}");
    url.resize(area_limits::url_pattern_bytes_max, 'x');
    wanted.types.push_back({padded(i, limits::key_bytes_max), long_labels(), url, true});
  }
  return wanted;
}

AttachmentsDefined longest_attachments() {
  AttachmentsDefined wanted;
  for (std::size_t i = 0; i < area_limits::media_types_max; ++i) {
    wanted.media_types_allowed.push_back("a/" + padded(i, limits::media_type_bytes_max - 2));
  }
  wanted.media_types_refused = wanted.media_types_allowed;
  return wanted;
}

NotificationsDefined longest_notifications() {
  NotificationsDefined wanted;
  wanted.header = wanted.footer = std::string(area_limits::notification_edge_bytes_max, 'x');
  for (std::size_t i = 0; i < area_limits::managers_max; ++i) {
    wanted.managers.push_back(padded(i, limits::email_bytes_max - 5) + "@x.fr");
  }
  return wanted;
}

IntakeDefined questions(std::size_t forms, std::size_t of_each) {
  IntakeDefined wanted;
  for (std::size_t f = 0; f < forms; ++f) {
    IntakeForm form;
    for (std::size_t q = 0; q < of_each; ++q) {
      Question question{padded(f * of_each + q, limits::key_bytes_max), long_labels(), AnswerKind::choice, {}, true};
      for (std::size_t c = 0; c < area_limits::choices_max; ++c) {
        question.choices.push_back(padded(c, limits::label_bytes_max));
      }
      form.questions.push_back(question);
    }
    wanted.forms.push_back(form);
  }
  return wanted;
}

std::size_t bytes_of(const SettingsEvent& area) {
  std::string bytes;
  REQUIRE(encode({{}, area}, bytes));
  return bytes.size();
}

}  // namespace

TEST_CASE("an area at all its bounds in four languages is accepted, and fits its record") {
  const std::vector<SettingsEvent> areas = {longest_taxonomy(4),
                                            longest_statuses(),
                                            longest_opening(),
                                            longest_contexts(),
                                            longest_attachments(),
                                            longest_notifications(),
                                            questions(1, area_limits::questions_max)};
  for (const SettingsEvent& area : areas) {
    INFO(name_of(area_of(area)));
    replace(area).then(area);
    CHECK(bytes_of(area) > 16 * 1024);
  }
}

TEST_CASE("of very many wrong fields the first are named, in no time") {
  auto wanted = questions(area_limits::intake_forms_max, area_limits::questions_max);
  for (auto& form : wanted.forms) {
    for (auto& question : form.questions) question.choices.assign(area_limits::choices_max, "");
  }
  const auto begun = std::chrono::steady_clock::now();
  const auto decided = decide(standard, ReplaceSettings{wanted}, World());
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(5));
  REQUIRE(!decided);
  CHECK(decided.error().fields.size() == FieldFaults::faults_max);
}

TEST_CASE("an area that is too long for one event is refused by the field that takes most of it") {
  replace(longest_taxonomy(10)).refused("category.nodes", FieldCode::too_long);
  auto groups = longest_taxonomy(10);
  groups.category.nodes.resize(1);
  groups.request_type.values.resize(199);
  replace(groups).refused("group.values", FieldCode::too_long);
  replace(questions(area_limits::intake_forms_max, area_limits::questions_max)).refused("forms", FieldCode::too_long);
}
