#include <algorithm>

#include "commands/catalogue/catalogue_limits.h"
#include "commands/catalogue/decide.h"
#include "commands/directory/entry_rules.h"
#include "commands/references.h"

namespace greffe {
namespace {

using ContractOutcome = entry_rules::Outcome<ContractEvent>;

tl::unexpected<Rejection> points_disabled() {
  return refuse(RejectionCode::points_disabled, "This store works without points.");
}

// A contract is somebody's: a person's, an organisation's or both.
void check_party(const ContractDetails& d, const Lookup& lookup, FieldFaults& faults) {
  if (!d.contact && !d.organisation) faults.add("contact", FieldCode::required);
  if (d.contact) check_contact("contact", *d.contact, lookup, faults);
  if (d.organisation) check_organisation("organisation", *d.organisation, lookup, faults);
}

ContractOutcome decide_one(const ContractState&, const CreateContract& command, const Context& context) {
  const ContractDetails& d = command.details;
  FieldFaults faults;
  check_text("title", d.title, entry_rules::name_rule, faults);
  check_party(d, context.lookup, faults);
  check_text("external_id", d.external_id, entry_rules::external_id_rule, faults);
  if (!faults.empty()) return faults.refuse();
  if (auto taken = entry_rules::check_unique(StreamKind::contract, d.external_id, {}, context.lookup)) {
    return fail(std::move(*taken));
  }
  return entry_rules::created<ContractEvent>(d);
}

ContractOutcome decide_one(const ContractState& state, const ChangeContract& command, const Context&) {
  ContractDetails wanted = state.details;
  if (command.title) wanted.title = *command.title;
  FieldFaults faults;
  check_text("title", wanted.title, entry_rules::name_rule, faults);
  if (!faults.empty()) return faults.refuse();
  return entry_rules::changed<ContractEvent>(state, std::move(wanted));
}

// What is owed is paid first.
ContractOutcome decide_one(const ContractState& state, const CreditPoints& command, const Context& context) {
  FieldFaults faults;
  if (command.points == 0 || command.points > limits::points_credit_max) faults.add("points", FieldCode::out_of_range);
  check_text("reason", command.reason, {limits::reason_bytes_max, false, true}, faults);
  if (!faults.empty()) return faults.refuse();
  if (!context.settings.points.enabled) return points_disabled();
  const auto repaid = std::min<std::uint64_t>(command.points, state.debt);
  return std::vector<ContractEvent>{PointsBooked{PointsMove::credit,
                                                 command.points,
                                                 state.balance + command.points - repaid,
                                                 state.debt - repaid,
                                                 std::nullopt,
                                                 {command.reason}}};
}

ContractOutcome decide_one(const ContractState& state, const Deactivate& command, const Context&) {
  return entry_rules::deactivated<ContractEvent>(state, command.reason);
}

ContractOutcome decide_one(const ContractState& state, const Reactivate& command, const Context&) {
  return entry_rules::reactivated<ContractEvent>(state, command.reason);
}

}  // namespace

Decision<std::vector<ContractEvent>> decide(const ContractState& state, const ContractCommand& command,
                                            const Context& context) {
  return std::visit([&](const auto& c) { return decide_one(state, c, context); }, command);
}

Decision<PointsBooked> debit(const ContractState& contract, std::uint32_t points, TicketId ticket, std::string reason,
                             const Context& context) {
  if (!context.settings.points.enabled) return points_disabled();
  const auto paid = std::min<std::uint64_t>(points, contract.balance);
  const auto owed = points - paid;
  if (owed > 0 && !context.settings.points.overdraft) {
    return refuse(RejectionCode::points_insufficient, "The contract has not enough points left.");
  }
  return PointsBooked{PointsMove::debit,    points, contract.balance - paid,
                      contract.debt + owed, ticket, {std::move(reason)}};
}

}  // namespace greffe
