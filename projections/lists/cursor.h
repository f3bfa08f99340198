// The keyset cursor: where a page ended, as the last ticket's sort values and id. It stays
// good while tickets come, go and change, and across restarts.
//
//   base64url of: layout version u8 | checksum u64 | values; big-endian
//   number: u64;  text: u64, rest size u8, rest;  key: size u16 (65535 = absent), bytes
//
// The checksum covers the values and the query they belong to (view, agent or teams of the
// views that are somebody's, reader, filters, sort), so a cursor serves no other query.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/result.h"
#include "projections/lists/paged.h"
#include "projections/lists/query.h"

namespace greffe {

// A column's way to write a value. number: head only; text: a collation key; key: the key
// of a KeyedColumn, whose head is its first bytes.
enum class ValueForm : std::uint8_t { number, text, key };

// Equal for queries that differ in limit, cursor and the order of a filter's values only.
// `sort` is the query's with its default put in.
std::uint64_t fingerprint(const ListQuery& query, const std::vector<SortKey>& sort);

std::string encode_cursor(std::uint64_t fingerprint, std::span<const ValueForm> forms,
                          std::span<const SortValue> values);

// The cursor with these bytes for values, whether or not they are well formed.
std::string seal_cursor(std::uint64_t fingerprint, std::string_view values);

// One value a form. Refuses everything that encode_cursor does not write.
Result<std::vector<SortValue>, BadCursor> decode_cursor(std::string_view cursor, std::uint64_t fingerprint,
                                                        std::span<const ValueForm> forms);

}  // namespace greffe
