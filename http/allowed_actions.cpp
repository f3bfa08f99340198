#include "http/allowed_actions.h"

namespace greffe {

std::vector<std::string_view> allowed_actions(const TicketRow& ticket, const std::optional<AgentRow>& agent) {
  const auto category = ticket.status.category;
  if (category == Category::closed) return {"change-status", "reopen"};
  if (!is_open(category)) return {};
  std::vector<std::string_view> actions = {
      "rename",          "edit-description", "assign",       "move-to-team", "change-status",
      "change-priority", "classify",         "link-contact", "post-message", "close"};
  const bool may_take = agent && agent->active && agent->details.assignable;
  if (may_take && !ticket.assignee) actions.push_back("claim");
  if (may_take && ticket.assignee != agent->id) actions.push_back("take-over");
  if (ticket.assignee) actions.push_back("unassign");
  return actions;
}

}  // namespace greffe
