// The chunked transfer coding, decoded as bytes arrive. Strict in what it reads: a size that
// another server could read differently is refused. Extensions and trailers are dropped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace greffe::front {

class ChunkDecoder {
 public:
  enum class Status : std::uint8_t { more, done, bad, too_large };

  explicit ChunkDecoder(std::size_t body_bytes_max) : body_bytes_max_(body_bytes_max) {}

  // Appends the data in `raw` to `body` and returns how many bytes of `raw` were used: all of
  // them, unless the body ended or was refused within. Look at status() then.
  std::size_t decode(std::string_view raw, std::string& body);

  Status status() const { return status_; }

 private:
  enum class Expect : std::uint8_t {
    size_first,
    size,
    extension,
    size_line_feed,
    data,
    data_return,
    data_line_feed,
    trailer_start,
    trailer,
    trailer_line_feed,
    last_line_feed,
  };
  void take(char c);
  void take_in_size_line(char c);
  void take_in_trailer(char c);
  void size_line_ended();

  std::size_t body_bytes_max_;
  std::size_t body_bytes_ = 0;
  std::size_t chunk_bytes_left_ = 0;
  std::size_t overhead_bytes_ = 0;  // of the current extension, or of all trailers
  std::uint8_t digit_count_ = 0;
  Expect expect_ = Expect::size_first;
  Status status_ = Status::more;
};

}  // namespace greffe::front
