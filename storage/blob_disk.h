// The few calls by which blobs reach a disk and come back, behind an interface so that tests
// can let the disk fail. Errors are the system's own (ENOSPC for a full disk, and so on).
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <system_error>
#include <vector>

#include "events/result.h"

namespace greffe {

template <class T>
using DiskResult = Result<T, std::error_code>;

// An open file; the destructor closes it. append() and sync() are for one thread at a time,
// the others for any.
class BlobFile {
 public:
  virtual ~BlobFile() = default;

  // Writes all of `bytes` at the end, and may wait until earlier ones have reached the disk.
  virtual DiskResult<void> append(std::string_view bytes) = 0;

  // Makes what was appended durable. A failed one must not be tried again.
  virtual DiskResult<void> sync() = 0;

  virtual DiskResult<std::uint64_t> size_bytes() const = 0;

  // Reads from `offset` on until `to` is full or the file ends; how many bytes were read.
  virtual DiskResult<std::size_t> read(std::uint64_t offset, std::span<char> to) const = 0;
};

// Any thread.
class BlobDisk {
 public:
  virtual ~BlobDisk() = default;

  virtual DiskResult<std::unique_ptr<BlobFile>> create(const std::filesystem::path& file) = 0;  // must be new
  virtual DiskResult<std::unique_ptr<BlobFile>> open(const std::filesystem::path& file) = 0;    // to read
  virtual DiskResult<void> make_directory(const std::filesystem::path& directory) = 0;          // may exist
  virtual DiskResult<void> sync_directory(const std::filesystem::path& directory) = 0;
  virtual DiskResult<void> rename(const std::filesystem::path& from, const std::filesystem::path& to) = 0;
  virtual DiskResult<void> remove(const std::filesystem::path& file) = 0;
  virtual DiskResult<std::vector<std::filesystem::path>> list(const std::filesystem::path& directory) = 0;
};

// The system's; lives as long as the program.
BlobDisk& system_disk();

}  // namespace greffe
