#include "http/ticket_call.h"

namespace greffe {

Result<TicketCall, Problem> ticket_call(const Call& call, std::optional<Position> min_position) {
  auto snapshot = snapshot_at(call.services, min_position);
  if (!snapshot) return fail(snapshot.error());
  auto row = (*snapshot)->ticket(call.segment);
  const Reader reader(call.principal, **snapshot);
  if (!row || !reader.may_read(*row)) return fail(problem_of(not_found(StreamKind::ticket)));
  return TicketCall{std::move(*snapshot), reader, call.services.writer.settings(), std::move(*row)};
}

}  // namespace greffe
