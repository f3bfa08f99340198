// Keys and values of the log's index spaces (storage/log.h), and which writes an event
// brings. All but the receipts follow from the entries alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/any_state.h"
#include "storage/log.h"

namespace greffe {

// "contact/a@b.c", "ticket/EXT-1".
std::string index_key(StreamKind kind, std::string_view text);

// Numbers are stored in decimal; an empty value means that the key is free again.
std::string index_value(std::uint64_t number);
std::optional<std::uint64_t> index_number(std::string_view value);

// The index writes of one event of the aggregate `id`, given its state before the event.
std::vector<IndexWrite> index_writes(const AnyState& before, std::uint64_t id, const Event& event);

}  // namespace greffe
