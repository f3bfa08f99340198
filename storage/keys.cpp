#include "storage/keys.h"

namespace greffe::keys {
namespace {

constexpr std::size_t stream_bytes = 9;  // kind and id, without the version

template <class Unsigned>
void put_big_endian(char* out, Unsigned value) {
  for (std::size_t i = sizeof(Unsigned); i-- > 0; value = static_cast<Unsigned>(value >> 8)) {
    out[i] = static_cast<char>(value & 0xff);
  }
}

template <class Unsigned>
Unsigned get_big_endian(const char* in) {
  Unsigned value = 0;
  for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
    value = static_cast<Unsigned>(value << 8 | static_cast<unsigned char>(in[i]));
  }
  return value;
}

}  // namespace

EntryKey entry_key(Position position) {
  EntryKey key;
  put_big_endian(key.data.data(), position.value);
  return key;
}

StreamKey stream_key(StreamId stream, Version version) {
  StreamKey key;
  key.data[0] = static_cast<char>(stream.kind);
  put_big_endian(key.data.data() + 1, stream.id);
  put_big_endian(key.data.data() + stream_bytes, version.value);
  return key;
}

std::string index_key(IndexSpace space, std::string_view key) {
  std::string out;
  out.reserve(key.size() + 1);
  out += static_cast<char>(space);
  out += key;
  return out;
}

std::optional<Position> read_position(std::string_view bytes) {
  if (bytes.size() != sizeof(Position::value)) return std::nullopt;
  return Position{get_big_endian<std::uint64_t>(bytes.data())};
}

std::optional<Version> read_version(std::string_view key, StreamId stream) {
  const StreamKey first = stream_key(stream, Version{});
  if (key.size() != first.data.size() || key.substr(0, stream_bytes) != first.view().substr(0, stream_bytes)) {
    return std::nullopt;
  }
  return Version{get_big_endian<std::uint32_t>(key.data() + stream_bytes)};
}

}  // namespace greffe::keys
