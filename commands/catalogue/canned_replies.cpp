#include "commands/catalogue/catalogue_limits.h"
#include "commands/catalogue/decide.h"
#include "commands/directory/entry_rules.h"
#include "commands/texts/template_field.h"

namespace greffe {
namespace {

using ReplyOutcome = entry_rules::Outcome<CannedReplyEvent>;

void check_details(const CannedReplyDetails& d, FieldFaults& faults) {
  check_text("title", d.title, entry_rules::name_rule, faults);
  check_language("language", d.language, faults);
  check_template("body", d.body, {limits::text_bytes_max, true, true}, TextPurpose::reply, faults);
}

ReplyOutcome decide_one(const CannedReplyState&, const CreateCannedReply& command, const Context&) {
  FieldFaults faults;
  check_details(command.details, faults);
  if (!faults.empty()) return faults.refuse();
  return entry_rules::created<CannedReplyEvent>(command.details);
}

ReplyOutcome decide_one(const CannedReplyState& state, const ChangeCannedReply& command, const Context&) {
  CannedReplyDetails wanted = state.details;
  if (command.title) wanted.title = *command.title;
  if (command.language) wanted.language = *command.language;
  if (command.body) wanted.body = *command.body;
  if (command.visibility) wanted.visibility = *command.visibility;
  FieldFaults faults;
  check_details(wanted, faults);
  if (!faults.empty()) return faults.refuse();
  return entry_rules::changed<CannedReplyEvent>(state, std::move(wanted));
}

ReplyOutcome decide_one(const CannedReplyState& state, const Deactivate& command, const Context&) {
  return entry_rules::deactivated<CannedReplyEvent>(state, command.reason);
}

ReplyOutcome decide_one(const CannedReplyState& state, const Reactivate& command, const Context&) {
  return entry_rules::reactivated<CannedReplyEvent>(state, command.reason);
}

}  // namespace

Decision<std::vector<CannedReplyEvent>> decide(const CannedReplyState& state, const CannedReplyCommand& command,
                                               const Context& context) {
  return std::visit([&](const auto& c) { return decide_one(state, c, context); }, command);
}

}  // namespace greffe
