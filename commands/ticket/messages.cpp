#include "commands/ticket/field_rules.h"

namespace greffe::subjects {

Outcome decide(const TicketState&, const PostMessage& command, const Context&) {
  FieldFaults faults;
  check_text("body", command.body, {limits::text_bytes_max, true, true}, faults);
  if (!faults.empty()) return faults.refuse();
  return events(MessagePosted{command.visibility, {command.body}});
}

}  // namespace greffe::subjects
