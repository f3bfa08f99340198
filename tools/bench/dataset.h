// Tickets to measure on: opened through the real writer, with texts of real sizes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "commands/writer.h"
#include "events/result.h"

namespace greffe::bench {

struct Dataset {
  std::vector<TicketId> tickets;
  std::vector<std::string> numbers;
  std::vector<AgentId> agents;
  std::vector<TeamId> teams;
  std::vector<ContactId> contacts;
};

// Creates 20 agents, 5 teams, ticket_count / 10 contacts and `ticket_count` tickets; each
// ticket gets a message, some an assignee, another priority or an end. Deterministic.
Result<Dataset, std::string> populate(Writer& writer, std::size_t ticket_count);

// Keeps up to `in_flight_max` commands waiting in the writer; finish() waits for the rest.
class CommandStream {
 public:
  CommandStream(Writer& writer, std::size_t in_flight_max);
  ~CommandStream();  // finish()

  // Waits for room, then queues. `accepted` is called from the writer's thread.
  void submit(CommandRequest request, std::function<void(const Accepted&)> accepted = {});
  void finish();

  std::uint64_t accepted_events() const;
  std::uint64_t accepted_commands() const;
  // The first refusal's code and detail; empty if there was none.
  std::string first_refusal() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
  Writer& writer_;
  std::size_t in_flight_max_;
};

// A request by an agent, or by the program where there is none.
CommandRequest request_by(std::optional<AgentId> agent, AnyCommand command, std::uint64_t target = 0);

}  // namespace greffe::bench
