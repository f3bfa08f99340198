// Byte layout of every key and small value of the RocksDB log. Numbers are big-endian, so
// that RocksDB's byte order is the order of the numbers.
//
//   column family  key                                   value
//   default        "format"                              log_format
//   entries        position u64                          record bytes (events/codec.h)
//   streams        kind u8 | id u64 | version u32        position u64
//   index          space u8 | key bytes                  value bytes; empty = free again
//
// Order: entries stand in log order; one stream's versions stand together and ascend; one
// index space's keys stand together. The layout is stored: to change it is a new log_format.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "storage/log.h"

namespace greffe::keys {

inline constexpr std::string_view format_key = "format";
inline constexpr std::string_view log_format = "greffe log 1";

// A key of fixed length, held in place: the read path makes one for every look-up.
template <std::size_t Size>
struct Bytes {
  std::array<char, Size> data;
  std::string_view view() const { return {data.data(), Size}; }
};
using EntryKey = Bytes<8>;
using StreamKey = Bytes<13>;

EntryKey entry_key(Position position);
StreamKey stream_key(StreamId stream, Version version);
std::string index_key(IndexSpace space, std::string_view key);

// The position in an entry's key or a stream's value; absent if it has another length.
std::optional<Position> read_position(std::string_view bytes);

// The version in a key of `stream`; absent if the key is another stream's or malformed.
std::optional<Version> read_version(std::string_view key, StreamId stream);

}  // namespace greffe::keys
