#include "projections/clocks/batch_work.h"

#include "events/result.h"

namespace greffe {
namespace {

bool is_of_batch(const Envelope& envelope) { return !envelope.correlation_id.empty(); }

}  // namespace

bool is_far_side_of_batch_merge(const Envelope& envelope, const TicketEvent& event) {
  if (!is_of_batch(envelope)) return false;
  return std::visit(overloaded{
                        [](const TicketMergedInto&) { return true; },
                        [](const TicketUnassigned& e) { return e.cause == UnassignCause::merged; },
                        [](const ParentChanged& e) { return e.cause == ParentCause::merged; },
                        [](const SubTicketAdded& e) { return e.cause == ParentCause::merged; },
                        [](const SubTicketRemoved& e) { return e.cause == ParentCause::merged; },
                        [](const auto&) { return false; },
                    },
                    event);
}

Tracking tracking_in_batch(const Envelope& envelope, const TicketEvent& event, Tracking by_status) {
  const bool counts = !is_of_batch(envelope) || std::holds_alternative<TicketAbsorbed>(event);
  return counts ? by_status : Tracking{false, false};
}

}  // namespace greffe
