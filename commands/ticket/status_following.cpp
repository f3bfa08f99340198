#include "commands/ticket/status_following.h"

#include "commands/ticket/field_rules.h"

namespace greffe::subjects {
namespace {

void follow(StatusAt& status, const std::string& to, TicketId ticket, Steps& steps, const Context& context) {
  const Status* wanted = to.empty() ? nullptr : find_status(context.settings, to);
  if (wanted == nullptr || wanted->key == status.key || context.imported) return;
  StatusAt next = at_present(*wanted);
  add(steps, ticket, StatusChanged{status, next, StatusCause::followed});
  status = std::move(next);
}

}  // namespace

void follow_read(StatusAt& status, TicketId ticket, Steps& steps, const Context& context) {
  const StatusesDefined& statuses = context.settings.statuses;
  if (status.key == statuses.on_open) follow(status, statuses.on_read, ticket, steps, context);
}

void follow_assignment(StatusAt& status, TicketId ticket, Steps& steps, const Context& context) {
  const StatusesDefined& statuses = context.settings.statuses;
  const bool untouched = status.key == statuses.on_open || (!status.key.empty() && status.key == statuses.on_read);
  if (untouched) follow(status, statuses.on_assign, ticket, steps, context);
}

}  // namespace greffe::subjects
