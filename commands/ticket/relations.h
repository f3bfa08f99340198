// Where tickets stand to each other: part of one, below one, waiting for one. Pure questions;
// the walks see every ticket as it is before the decision at hand.
//
// After a failed read of the log a ticket may seem not to be there. The decision counts for
// nothing then (commands/store_view.h), so that walks simply end where they cannot go on.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "commands/context.h"
#include "commands/rejection.h"

namespace greffe::relations {

// A ticket with its id. The state lives until the decision is over; null = no such ticket.
struct Ticket {
  TicketId id;
  const TicketState* state = nullptr;
  explicit operator bool() const { return state != nullptr; }
  const TicketState* operator->() const { return state; }
};

// No walk looks at more tickets than this: larger trees and webs are refused, not searched.
inline constexpr std::size_t tickets_walked_max = 10'000;

Ticket find(TicketId id, const Lookup& lookup);
Ticket numbered(std::string_view number, const Lookup& lookup);

// The ticket whose state is at hand; its id is {}, "the command's own", after a failed read.
Ticket identified(const TicketState& state, const Lookup& lookup);

// Those of the tickets that are there.
std::vector<Ticket> find_all(const std::vector<TicketId>& ids, const Lookup& lookup);

// What stands for the ticket now: the end of its chain of merges, itself if it is not merged.
Ticket root_of(Ticket ticket, const Lookup& lookup);

// The root with everything that was merged into it, and into that.
std::vector<Ticket> parts_of(Ticket root, const Lookup& lookup);

// Of those parts the one of that number, the root included; none = no such part.
Ticket part_numbered(Ticket root, std::string_view number, const Lookup& lookup);

// A message by its number in the ticket that holds it, and whose it is: one that was sent by a
// merged ticket's number is that ticket's, and leaves with it though the root of then holds it.
struct Message {
  Ticket holder, owner;
  bool internal = false;
  explicit operator bool() const { return owner.state != nullptr; }
};
// Of the root or of one of its parts; `held_by` is the holder's number, empty = the root itself.
// None = not a message of theirs now.
Message message_of(Ticket root, std::string_view held_by, std::uint32_t message, const Lookup& lookup);

// Whether `above` is a parent of the ticket, at any height. Nothing is below itself.
bool is_below(Ticket ticket, TicketId above, const Lookup& lookup);

// How many parents are above it.
std::uint32_t depth_of(Ticket ticket, const Lookup& lookup);

// Whether the ticket, with all that is below it, takes no more than so many levels.
bool fits_into(Ticket ticket, std::uint32_t levels, const Lookup& lookup);

std::vector<Ticket> open_children(const TicketState& state, const Lookup& lookup);

// The tickets that this root, any of its parts, is said to depend on: their roots, each once,
// never itself. Open or not.
std::vector<Ticket> dependencies_of(Ticket root, const Lookup& lookup);

// Whether `from` waits for `to`, over any number of others; both are roots. True as well if
// there are too many to look through.
bool depends_on(Ticket from, TicketId to, const Lookup& lookup);

// Refusals that go by another ticket than the command's own: no right to change it, merged
// (names the root), deleted. Closed ones pass.
std::optional<Rejection> other_fault(Ticket other, const Context& context);

// That refusal with the number of the ticket that stands for `merged` now.
Rejection naming_root(RejectionCode code, std::string detail, Ticket merged, const Lookup& lookup);

}  // namespace greffe::relations
