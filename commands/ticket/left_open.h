// What a command that closes tickets leaves open below them (spec: relations, sub-tickets).
#pragma once

#include <string>
#include <vector>

#include "commands/context.h"
#include "commands/step.h"

namespace greffe {

// The numbers of the open sub-tickets of all tickets that the steps close, without those that
// the steps close themselves: where a cascade stopped, or what a forced closing passed over. What
// is below one of them is not named. `lookup` knows the tickets as they are before the steps.
std::vector<std::string> left_open(const Steps& steps, const Lookup& lookup);

}  // namespace greffe
