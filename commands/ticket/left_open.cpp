#include "commands/ticket/left_open.h"

#include <algorithm>

#include "commands/ticket/relations.h"

namespace greffe {
namespace {

std::vector<TicketId> closed_by(const Steps& steps) {
  std::vector<TicketId> closed;
  for (const Step& step : steps) {
    const auto* event = std::get_if<TicketEvent>(&step.event);
    if (event != nullptr && std::holds_alternative<TicketClosed>(*event)) closed.push_back({step.stream.id});
  }
  return closed;
}

}  // namespace

std::vector<std::string> left_open(const Steps& steps, const Lookup& lookup) {
  std::vector<std::string> numbers;
  const auto closed = closed_by(steps);
  for (const relations::Ticket& ticket : relations::find_all(closed, lookup)) {
    for (const relations::Ticket& child : relations::open_children(*ticket.state, lookup)) {
      if (std::find(closed.begin(), closed.end(), child.id) == closed.end()) numbers.push_back(child->number);
    }
  }
  return numbers;
}

}  // namespace greffe
