// State of the entries that a desk keeps ready (events/catalogue.h).
#pragma once

#include "commands/directory/state.h"
#include "events/catalogue.h"
#include "events/result.h"

namespace greffe {

using CannedReplyState = Entry<CannedReplyDetails>;
using TextTemplateState = Entry<TextTemplateDetails>;
using ContextState = Entry<ContextDetails>;
using SavedViewState = Entry<SavedViewDetails>;

// As for other entries (commands/directory/state.h), but other systems number vehicles,
// bookings, … each for themselves.
inline std::string external_key(const ContextDetails& details) {
  return details.external_id.empty() ? std::string() : details.type + "/" + details.external_id;
}

struct ContractState : Entry<ContractDetails> {
  std::uint64_t balance = 0;  // points left
  std::uint64_t debt = 0;     // points owed, where overdraft was allowed; one of the two is 0
  bool operator==(const ContractState&) const = default;
};

// Folds one event in; never fails.
inline void evolve(ContractState& contract, const ContractEvent& event) {
  contract.version = next(contract.version);
  std::visit(overloaded{
                 [&](const ContractCreated& e) {
                   contract.details = e.details;
                   contract.active = true;
                 },
                 [&](const ContractChanged& e) { contract.details = e.details; },
                 [&](const ContractDeactivated&) { contract.active = false; },
                 [&](const ContractReactivated&) { contract.active = true; },
                 [&](const PointsBooked& e) {
                   contract.balance = e.balance;
                   contract.debt = e.debt;
                 },
             },
             event);
}

}  // namespace greffe
