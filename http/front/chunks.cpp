#include "http/front/chunks.h"

#include <algorithm>

namespace greffe::front {
namespace {

// Eight digits name 4 GiB, beyond any bound of ours; more would only invite overflow.
constexpr std::uint8_t size_digits_max = 8;
constexpr std::size_t extension_bytes_max = 256;
constexpr std::size_t trailer_bytes_max = 4096;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; }

}  // namespace

std::size_t ChunkDecoder::decode(std::string_view raw, std::string& body) {
  std::size_t used = 0;
  while (used < raw.size() && status_ == Status::more) {
    if (expect_ != Expect::data) {
      take(raw[used++]);
      continue;
    }
    const auto count = std::min(raw.size() - used, chunk_bytes_left_);
    body.append(raw.substr(used, count));
    used += count;
    chunk_bytes_left_ -= count;
    if (chunk_bytes_left_ == 0) expect_ = Expect::data_return;
  }
  return used;
}

void ChunkDecoder::take(char c) {
  switch (expect_) {
    case Expect::size_first:
    case Expect::size:
    case Expect::extension:
    case Expect::size_line_feed: take_in_size_line(c); return;
    case Expect::data_return:
      if (c != '\r') status_ = Status::bad;
      expect_ = Expect::data_line_feed;
      return;
    case Expect::data_line_feed:
      if (c != '\n') status_ = Status::bad;
      expect_ = Expect::size_first;
      return;
    case Expect::trailer_start:
    case Expect::trailer:
    case Expect::trailer_line_feed:
    case Expect::last_line_feed: take_in_trailer(c); return;
    case Expect::data: return;  // copied in runs by decode()
  }
}

void ChunkDecoder::take_in_size_line(char c) {
  if (expect_ == Expect::size_line_feed) return c == '\n' ? size_line_ended() : void(status_ = Status::bad);
  if (expect_ == Expect::extension) {
    if (c == '\r') {
      expect_ = Expect::size_line_feed;
    } else if (is_control(c) || ++overhead_bytes_ > extension_bytes_max) {
      status_ = Status::bad;
    }
    return;
  }
  const bool first = expect_ == Expect::size_first;
  if (first) digit_count_ = 0;
  if (const int digit = hex_value(c); digit >= 0) {
    if (++digit_count_ > size_digits_max) status_ = Status::bad;
    chunk_bytes_left_ = chunk_bytes_left_ * 16 + static_cast<std::size_t>(digit);
    expect_ = Expect::size;
  } else if (!first && c == '\r') {
    expect_ = Expect::size_line_feed;
  } else if (!first && c == ';') {
    overhead_bytes_ = 0;
    expect_ = Expect::extension;
  } else {
    status_ = Status::bad;
  }
}

void ChunkDecoder::size_line_ended() {
  body_bytes_ += chunk_bytes_left_;
  if (body_bytes_ > body_bytes_max_) status_ = Status::too_large;
  overhead_bytes_ = 0;
  expect_ = chunk_bytes_left_ == 0 ? Expect::trailer_start : Expect::data;
}

void ChunkDecoder::take_in_trailer(char c) {
  if (++overhead_bytes_ > trailer_bytes_max) status_ = Status::bad;
  switch (expect_) {
    case Expect::trailer_start:
      if (c == '\r') {
        expect_ = Expect::last_line_feed;
      } else if (is_control(c)) {
        status_ = Status::bad;
      } else {
        expect_ = Expect::trailer;
      }
      return;
    case Expect::trailer:
      if (c == '\r') {
        expect_ = Expect::trailer_line_feed;
      } else if (is_control(c)) {
        status_ = Status::bad;
      }
      return;
    case Expect::trailer_line_feed:
      if (c != '\n') status_ = Status::bad;
      expect_ = Expect::trailer_start;
      return;
    default: status_ = c == '\n' && status_ == Status::more ? Status::done : Status::bad; return;
  }
}

}  // namespace greffe::front
