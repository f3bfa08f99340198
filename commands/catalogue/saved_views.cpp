#include <fmt/format.h>

#include <algorithm>

#include "commands/catalogue/catalogue_limits.h"
#include "commands/catalogue/decide.h"
#include "commands/catalogue/view_columns.h"
#include "commands/directory/entry_rules.h"
#include "commands/references.h"
#include "commands/rights.h"

namespace greffe {
namespace {

using ViewOutcome = entry_rules::Outcome<SavedViewEvent>;

void check_columns(const std::vector<std::string>& columns, FieldFaults& faults) {
  if (columns.size() > view_columns.size()) return faults.add("columns", FieldCode::too_many);
  for (auto column = columns.begin(); column != columns.end(); ++column) {
    const auto field = fmt::format("columns[{}]", column - columns.begin());
    if (std::find(view_columns.begin(), view_columns.end(), *column) == view_columns.end()) {
      faults.add(field, FieldCode::not_one_of);
    }
    if (std::find(columns.begin(), column, *column) != column) faults.add(field, FieldCode::duplicate);
  }
}

// What the query may ask is known where lists are answered, and judged there.
void check_details(const SavedViewDetails& d, FieldFaults& faults) {
  check_text("title", d.title, entry_rules::name_rule, faults);
  check_text("query", d.query, {limits::list_query_bytes_max}, faults);
  check_columns(d.columns, faults);
}

ViewOutcome decide_one(const SavedViewState&, const CreateSavedView& command, const Context& context) {
  FieldFaults faults;
  check_details(command.details, faults);
  if (command.details.owner) check_agent("owner", *command.details.owner, context.lookup, faults);
  if (!faults.empty()) return faults.refuse();
  if (!rights::may_change({{}, command.details, true}, context)) {
    return refuse(RejectionCode::forbidden, "A view of one agent is made by that agent, or by an administrator.");
  }
  return entry_rules::created<SavedViewEvent>(command.details);
}

ViewOutcome decide_one(const SavedViewState& state, const ChangeSavedView& command, const Context&) {
  SavedViewDetails wanted = state.details;
  if (command.title) wanted.title = *command.title;
  if (command.query) wanted.query = *command.query;
  if (command.columns) wanted.columns = *command.columns;
  FieldFaults faults;
  check_details(wanted, faults);
  if (!faults.empty()) return faults.refuse();
  return entry_rules::changed<SavedViewEvent>(state, std::move(wanted));
}

ViewOutcome decide_one(const SavedViewState& state, const Deactivate& command, const Context&) {
  return entry_rules::deactivated<SavedViewEvent>(state, command.reason);
}

ViewOutcome decide_one(const SavedViewState& state, const Reactivate& command, const Context&) {
  return entry_rules::reactivated<SavedViewEvent>(state, command.reason);
}

}  // namespace

Decision<std::vector<SavedViewEvent>> decide(const SavedViewState& state, const SavedViewCommand& command,
                                             const Context& context) {
  return std::visit([&](const auto& c) { return decide_one(state, c, context); }, command);
}

}  // namespace greffe
