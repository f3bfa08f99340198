// What batches are asked with.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "http/input.h"
#include "http/ticket_inputs.h"

namespace greffe {

inline constexpr std::size_t bulk_tickets_max = 500;
inline constexpr std::size_t absorbed_at_once_max = 20;

// One command for many tickets.
struct BulkAsked {
  std::vector<std::string> tickets;
  std::string command;
  Json body = Json::object();
  std::map<std::string, Version> if_versions;  // of some or all of the tickets
};

// Many tickets into one; the rest as in `merge`.
struct AbsorbAsked {
  std::vector<std::string> sources;
  MergeTickets merge;
};

const Inputs<BulkAsked>& bulk_inputs();
const Inputs<AbsorbAsked>& absorb_inputs();

}  // namespace greffe
