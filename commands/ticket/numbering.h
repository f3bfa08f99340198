// Ticket numbers: the day of opening and a sequence number of that day, "2502280001".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "events/time.h"

namespace greffe {

// The day as tickets are numbered by it, "250228", in a time zone that is known.
std::string number_day(Instant at, const std::string& time_zone);

// At least four digits of sequence; more from 10000 on.
std::string ticket_number(std::string_view day, std::uint64_t sequence);

// The two parts of a number that ticket_number() made.
struct NumberParts {
  std::string_view day;
  std::uint64_t sequence;
};
NumberParts number_parts(std::string_view number);

}  // namespace greffe
