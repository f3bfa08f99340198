// The receipt of a command id: the first answer and the digest of the request that got it,
// kept in the log's index beside the events of the same group.
//
// Stored bytes, little-endian: format (u8), digest (32 bytes), stream kind (u8), stream id
// (u64), version (u32), position (u64), size of the number (u8) and the number, count of
// events (u32) and for each its wire id (u8) and position (u64). Format 1 ends here; format 2,
// written where sub-tickets were left open, goes on with their count (u32) and for each the
// size of its number (u8) and the number. Formats are only added.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "commands/command.h"

namespace greffe {

struct Receipt {
  RequestDigest digest{};
  Accepted answer;  // repeated = false, no dry run
};

std::string encode_receipt(const RequestDigest& digest, const Accepted& answer);

// Absent if the bytes are not a receipt that this program knows.
std::optional<Receipt> decode_receipt(std::string_view bytes);

}  // namespace greffe
