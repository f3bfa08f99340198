// Sources and sinks of a test's own: a text, slow or broken ones, and one that counts.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "http/front/request.h"

namespace greffe::test {

class TextSource : public BodySource {
 public:
  explicit TextSource(std::string text) : text_(std::move(text)) {}
  std::uint64_t size_bytes() const override { return text_.size(); }
  bool read(std::uint64_t offset, std::span<char> to) override {
    return text_.copy(to.data(), to.size(), offset) == to.size();
  }

 private:
  std::string text_;
};

// The byte at each offset follows from it, so that a gap or a repetition shows.
inline char byte_at(std::uint64_t offset) { return static_cast<char>('a' + (offset / 1000 + offset) % 26); }

inline std::string bytes_from(std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = byte_at(offset + i);
  return bytes;
}

// Any number of bytes without holding them; from `broken_at` on it cannot be read.
class EndlessSource : public BodySource {
 public:
  explicit EndlessSource(std::uint64_t size_bytes, std::uint64_t broken_at = UINT64_MAX)
      : size_bytes_(size_bytes), broken_at_(broken_at) {}
  std::uint64_t size_bytes() const override { return size_bytes_; }
  bool read(std::uint64_t offset, std::span<char> to) override {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] = byte_at(offset + i);
    return offset + to.size() <= broken_at_;
  }

 private:
  std::uint64_t size_bytes_;
  std::uint64_t broken_at_;
};

// What became of the sinks of a test.
struct SinkRecord {
  std::atomic<int> made = 0, ended = 0, destroyed = 0;
  std::atomic<std::uint64_t> bytes = 0;
  std::atomic<std::size_t> largest_piece = 0;
  std::atomic<std::int64_t> write_ms = 0;           // how long each write takes
  std::atomic<std::uint64_t> full_at = UINT64_MAX;  // a write that goes beyond fails with 507
  std::atomic<bool> throws = false;
  std::atomic<bool> refuses_end = false;
};

class RecordingSink : public BodySink {
 public:
  explicit RecordingSink(SinkRecord& record) : record_(record) { ++record_.made; }
  ~RecordingSink() override { ++record_.destroyed; }

  Result<void, HttpResponse> write(std::string_view bytes) override {
    if (record_.throws) throw std::runtime_error("boom");
    std::this_thread::sleep_for(std::chrono::milliseconds(record_.write_ms));
    if (own_bytes_ + bytes.size() > record_.full_at) return refusal(507);
    for (std::size_t i = 0; i < bytes.size(); ++i) intact_ = intact_ && bytes[i] == byte_at(own_bytes_ + i);
    own_bytes_ += bytes.size();
    record_.bytes += bytes.size();
    if (bytes.size() > record_.largest_piece) record_.largest_piece = bytes.size();
    return {};
  }

  Result<void, HttpResponse> end() override {
    if (record_.refuses_end) return refusal(422);
    ++record_.ended;
    return {};
  }

  std::string summary() const { return std::to_string(own_bytes_) + (intact_ ? " intact" : " damaged"); }

 private:
  static tl::unexpected<HttpResponse> refusal(int status) {
    HttpResponse response;
    response.status = status;
    response.body = "{\"refused\":true}";
    return tl::make_unexpected(std::move(response));
  }

  SinkRecord& record_;
  std::uint64_t own_bytes_ = 0;
  bool intact_ = true;
};

}  // namespace greffe::test
