// The people of the demo: created first, then referred to by its tickets.
#pragma once

#include <vector>

#include "commands/writer.h"

namespace greffe::demo {

struct People {
  std::vector<AgentId> agents;
  std::vector<TeamId> teams;
  std::vector<ContactId> contacts;
};

// Submits a command and waits; the error names the command's kind and the refusal.
using Submit = std::function<Result<Accepted, std::string>(AnyCommand, std::uint64_t target, Actor by)>;

Result<People, std::string> create_people(const Submit& submit);

}  // namespace greffe::demo
