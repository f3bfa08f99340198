// A large file that is nowhere: its bytes are made where they are wanted. And what the barest
// program does to keep such a file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "events/result.h"

namespace greffe::bench {

class MadeFile {
 public:
  // Files of different seeds differ in every MiB.
  MadeFile(std::uint64_t seed, std::uint64_t size_bytes);

  std::uint64_t size_bytes() const { return size_bytes_; }
  // At most a MiB from `offset` on, valid until the next call; empty at the end.
  std::string_view piece(std::uint64_t offset);

 private:
  std::uint64_t seed_, size_bytes_;
  std::string block_;
};

// The floor of an upload: writes the file to `path`, with its SHA-256 on the way, and syncs it.
struct Kept {
  double seconds = 0;
  std::string sha256;
};
Result<Kept, std::string> write_and_sync(const std::filesystem::path& path, MadeFile& file);

// The floor of a download: reads it again with its SHA-256.
Result<Kept, std::string> read_again(const std::filesystem::path& path);

}  // namespace greffe::bench
