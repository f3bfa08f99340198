// State of a ticket as far as decisions need it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "events/ticket.h"

namespace greffe {

// SHA-256 of a text that only has to be told from another one.
using TextDigest = std::array<unsigned char, 32>;
TextDigest digest_of(std::string_view text);

struct TicketState {
  Version version;  // 0 = does not exist
  std::string number;
  TicketKind kind = TicketKind::external;
  std::string title;
  TextDigest description{};
  StatusAt status;
  PriorityAt priority;
  Classification classification;
  Party party;
  std::optional<TeamId> team;
  std::optional<AgentId> assignee;
  std::uint32_t reopen_count = 0;
  std::string external_id;
  bool operator==(const TicketState&) const = default;
};

// Folds one event in; never fails, since events are facts. Exhaustive: a new event does not
// compile until it is folded.
void evolve(TicketState& state, const TicketEvent& event);

}  // namespace greffe
