// A writer over a memory log, with shorthands to ask it things.
#pragma once

#include <catch2/catch.hpp>

#include <memory>
#include <utility>
#include <vector>

#include "commands/writer.h"
#include "events/codec.h"
#include "storage/check_log.h"
#include "storage/memory_log.h"
#include "tests/commands_logs.h"

namespace greffe {

inline CommandRequest request(AnyCommand command, std::uint64_t target = 0,
                              Actor actor = {ActorKind::administrator, 0}) {
  CommandRequest r;
  r.command = std::move(command);
  r.target = target;
  r.actor = actor;
  return r;
}

inline CommandRequest with_id(CommandRequest r, std::string command_id, unsigned char digest = 1) {
  r.command_id = std::move(command_id);
  r.digest.fill(digest);
  return r;
}

inline TicketCommand open_ticket(std::string title = "Printer") {
  OpenTicket c;
  c.title = std::move(title);
  return c;
}

struct Office {
  explicit Office(WriterOptions wanted = {}) : options(wanted) { restart(); }
  ~Office() { troubled.open(); }

  void restart() {
    writer.reset();
    auto started = Writer::start(troubled, clock, options, [this](const LogFailure& f) { failures.push_back(f); });
    REQUIRE(started);
    writer = *std::move(started);
  }

  // The answer to a command that must be accepted.
  Accepted accept(CommandRequest r) {
    auto decision = writer->submit(std::move(r));
    if (!decision) FAIL("refused: " << name_of(decision.error().code) << " " << decision.error().detail);
    return *std::move(decision);
  }
  RejectionCode refusal(CommandRequest r) {
    const auto decision = writer->submit(std::move(r));
    REQUIRE_FALSE(decision);
    return decision.error().code;
  }

  std::uint64_t ticket(std::string title = "Printer") {
    return accept(request(open_ticket(std::move(title)))).stream.id;
  }
  AgentId agent(std::string name, std::string email = {}) {
    AgentDetails details{{std::move(name)}, {std::move(email)}, true, {}};
    return {accept(request(AgentCommand(CreateAgent{details}))).stream.id};
  }

  Record record(Position at) const {
    const auto bytes = log->read_one(at);
    REQUIRE(bytes);
    auto decoded = decode(*bytes);
    REQUIRE(decoded);
    return *decoded;
  }
  void check_sound() const {
    for (const auto& finding : check_log(*log).findings) FAIL_CHECK(finding.position.value << ": " << finding.text);
  }

  std::unique_ptr<Log> log = open_memory_log();
  TroubledLog troubled{*log};
  SetClock clock{*parse_rfc3339("2025-02-28T10:30:00Z")};
  WriterOptions options;
  std::vector<LogFailure> failures;  // read it after a stop or an answer that tells of one
  std::unique_ptr<Writer> writer;
};

}  // namespace greffe
