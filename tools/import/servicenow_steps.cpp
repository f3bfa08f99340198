#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "events/time.h"
#include "tools/import/servicenow.h"

namespace greffe::servicenow {
namespace {

struct StateName {
  std::string_view source, key, label;
  Category category;
};

// Waiting for the caller pauses like any pending status; waiting for anybody else is on hold.
constexpr std::array<StateName, 8> states = {{
    {"New", "new", "New", Category::fresh},
    {"Active", "active", "Active", Category::open},
    {"Awaiting User Info", "awaiting_user_info", "Awaiting user info", Category::pending},
    {"Awaiting Problem", "awaiting_problem", "Awaiting problem", Category::on_hold},
    {"Awaiting Vendor", "awaiting_vendor", "Awaiting vendor", Category::on_hold},
    {"Awaiting Evidence", "awaiting_evidence", "Awaiting evidence", Category::on_hold},
    {"Resolved", "resolved", "Resolved", Category::closed},
    {"Closed", "closed", "Closed", Category::closed},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> priorities = {
    {{"1 - Critical", "critical"}, {"2 - High", "high"}, {"3 - Moderate", "normal"}, {"4 - Low", "low"}}};

bool missing(const std::string& value) { return value.empty() || value == "?"; }

std::optional<std::string> status_key(const std::string& state) {
  for (const StateName& s : states) {
    if (s.source == state) return std::string(s.key);
  }
  return std::nullopt;
}

std::optional<std::string> priority_key(const std::string& priority) {
  for (const auto& [source, key] : priorities) {
    if (source == priority) return std::string(key);
  }
  return std::nullopt;
}

// "29-02-2016 01:16" as RFC 3339 text; absent if it is no such date.
std::optional<std::string> instant_text(const std::string& text) {
  if (text.size() != 16 || text[2] != '-' || text[5] != '-' || text[10] != ' ' || text[13] != ':') return std::nullopt;
  const std::string rfc3339 = fmt::format("{}-{}-{}T{}:{}:00Z", text.substr(6, 4), text.substr(3, 2), text.substr(0, 2),
                                          text.substr(11, 2), text.substr(14, 2));
  return parse_rfc3339(rfc3339) ? std::optional(rfc3339) : std::nullopt;
}

Json reference(const std::string& value) { return missing(value) ? Json() : Json(value); }

Json category_path(const Row& row) {
  Json path = Json::array();
  if (missing(row.category)) return path;
  path.push_back(row.category);
  if (!missing(row.subcategory)) path.push_back(row.subcategory);
  return path;
}

std::string text_or_empty(const std::string& value) { return missing(value) ? std::string() : value; }

// The source has no title; what classes the incident says best what it is about.
std::string title(const Row& row) {
  std::string out;
  for (const std::string* part : {&row.category, &row.subcategory, &row.symptom}) {
    if (missing(*part)) continue;
    if (!out.empty()) out += " / ";
    out += *part;
  }
  return out.empty() ? row.number : out;
}

const std::string& opener(const Row& row) {
  if (!missing(row.opened_by)) return row.opened_by;
  return missing(row.created_by) ? row.updated_by : row.created_by;
}

// Whatever a row refers to must be there before the row; a second mention changes nothing.
void name_entries(const Row& row, std::vector<Step>& steps) {
  const auto entry = [&](const char* kind, const std::string& id, Json more) {
    if (missing(id)) return;
    Json line = {{"command", std::string("create-") + kind}, {kind, id}, {"display_name", id}};
    line.update(more);
    steps.push_back({std::string(kind) + "/" + id, std::move(line)});
  };
  entry("contact", row.caller, Json::object());
  entry("team", row.assignment_group, Json::object());
  for (const std::string* agent : {&opener(row), &row.updated_by, &row.assigned_to}) {
    entry("agent", *agent, {{"assignable", true}});
  }
}

class RowSteps {
 public:
  RowSteps(const Row& row, std::string at, std::vector<Step>& steps) : row_(row), at_(std::move(at)), steps_(steps) {}

  void add(const char* command, Json body) {
    Json line = {{"at", at_}, {"actor", "agent/" + row_.updated_by}, {"command", command}, {"ticket", row_.number}};
    if (missing(row_.updated_by)) line.erase("actor");
    line.update(body);
    steps_.push_back({command, std::move(line)});
  }

 private:
  const Row& row_;
  std::string at_;
  std::vector<Step>& steps_;
};

void open_steps(const Row& row, const std::string& opened_at, const std::string& status, RowSteps& changes,
                std::vector<Step>& steps) {
  Json line = {{"at", opened_at},
               {"actor", "agent/" + opener(row)},
               {"command", "open"},
               {"ticket", row.number},
               {"kind", "external"},
               {"title", title(row)},
               {"origin", text_or_empty(row.contact_type)},
               {"category", category_path(row)},
               {"request_type", text_or_empty(row.symptom)},
               {"priority", *priority_key(row.priority)}};
  if (missing(opener(row))) line.erase("actor");
  if (!missing(row.caller)) line["contact"] = row.caller;
  if (!missing(row.assignment_group)) line["team"] = row.assignment_group;
  if (!missing(row.assigned_to)) line["assignee"] = row.assigned_to;
  steps.push_back({"open", std::move(line)});
  if (status != "new") changes.add("change-status", {{"status", status}});
}

// Fields first, then the status, as in any one command.
void change_steps(const Row& before, const Row& row, const std::string& status, RowSteps& changes) {
  if (before.caller != row.caller) changes.add("link-contact", {{"contact", reference(row.caller)}});
  if (before.category != row.category || before.subcategory != row.subcategory || before.symptom != row.symptom) {
    changes.add("classify", {{"category", category_path(row)}, {"request_type", text_or_empty(row.symptom)}});
  }
  if (before.priority != row.priority) changes.add("change-priority", {{"priority", *priority_key(row.priority)}});
  if (before.assignment_group != row.assignment_group) {
    changes.add("move-to-team", {{"team", reference(row.assignment_group)}});
  }
  if (before.assigned_to != row.assigned_to) {
    if (missing(row.assigned_to)) changes.add("unassign", Json::object());
    else changes.add("assign", {{"assignee", row.assigned_to}});
  }
  if (before.state != row.state) changes.add("change-status", {{"status", status}});
}

}  // namespace

Result<std::vector<Step>, std::string> Converter::convert(const Row& row) {
  if (missing(row.number)) return fail(std::string("the row has no number"));
  const auto status = status_key(row.state);
  if (!status) return fail(fmt::format("unknown incident_state '{}'", row.state));
  if (!priority_key(row.priority)) return fail(fmt::format("unknown priority '{}'", row.priority));
  const auto opened_at = instant_text(row.opened_at);
  if (!opened_at) return fail(fmt::format("opened_at '{}' is no day-month-year hour:minute", row.opened_at));
  const auto updated_at = instant_text(row.updated_at);
  if (!updated_at) return fail(fmt::format("sys_updated_at '{}' is no day-month-year hour:minute", row.updated_at));

  std::vector<Step> steps;
  name_entries(row, steps);
  const std::size_t entries = steps.size();
  // Some incidents were first written to before the time that they say they were opened at. Both
  // texts are of one form, and order as their instants do.
  const std::string& first_opened_at = opened_at_.try_emplace(row.number, *opened_at).first->second;
  RowSteps changes(row, std::max(*updated_at, first_opened_at), steps);
  const auto before = last_row_.find(row.number);
  if (before == last_row_.end()) open_steps(row, *opened_at, *status, changes, steps);
  else change_steps(before->second, row, *status, changes);
  last_row_.insert_or_assign(row.number, row);
  if (steps.size() == entries) steps.clear();
  return steps;
}

std::vector<Status> statuses() {
  std::vector<Status> out;
  for (const StateName& s : states) {
    const std::string label(s.label);
    out.push_back({std::string(s.key), {{"en", label}, {"fr", label}}, "#808080", s.category});
  }
  return out;
}

}  // namespace greffe::servicenow
