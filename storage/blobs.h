// Documents as bytes, beside the log: each blob is a file of `<data>/blobs` named by the
// SHA-256 of its bytes (ab/cd/abcd…), so equal blobs are stored once, and an event that holds
// the digest says what it names for good. The promise:
//
//  - When finish() has returned success, the blob survives the loss of the process and of the
//    machine's power: it is durable before the event that names it is written.
//  - A blob is whole or not there at all; what was not finished leaves nothing behind, at the
//    latest when the store is opened again.
//  - A blob's bytes never change.
//
// One process at a time owns the directory: whoever holds the log (storage/log.h).
// Threads: a store and a reader are for any thread, a writer for one at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "events/names.h"
#include "events/result.h"
#include "storage/blob_disk.h"

namespace greffe {

// SHA-256 of a blob's bytes, which is also its name.
struct BlobDigest {
  std::string hex;  // 64 lower-case hexadecimal digits
  bool operator==(const BlobDigest&) const = default;
};

// Absent if the text is not a digest's.
std::optional<BlobDigest> parse_blob_digest(std::string_view hex);

struct BlobRef {
  BlobDigest sha256;
  std::uint64_t size_bytes = 0;
  bool operator==(const BlobRef&) const = default;
};

struct BlobFailure {
  enum class Kind : std::uint8_t {
    not_opened,  // the directory cannot be made or listed
    io,          // the disk failed
    disk_full,   // or a quota is used up
    too_large,   // more bytes than the writer was opened for
    absent,      // no blob has this digest
    corrupt,     // the stored bytes have another digest than their name
  };
  Kind kind = Kind::io;
  std::string detail;  // for people; names files, hence not for callers over the network
};
constexpr std::array<std::string_view, 6> names_of(BlobFailure::Kind) {
  return {"not_opened", "io", "disk_full", "too_large", "absent", "corrupt"};
}

// A blob being read. Goes on to work when its store is gone.
class BlobReader {
 public:
  BlobReader(std::unique_ptr<BlobFile> file, std::uint64_t size_bytes)
      : file_(std::move(file)), size_bytes_(size_bytes) {}

  std::uint64_t size_bytes() const { return size_bytes_; }

  // Fills `to` from `offset` on; fewer bytes only where the blob ends. Returns how many.
  Result<std::size_t, BlobFailure> read(std::uint64_t offset, std::span<char> to) const;

 private:
  std::unique_ptr<BlobFile> file_;
  std::uint64_t size_bytes_;
};

class BlobStore;

// A blob being written. Destroyed before finish() has succeeded, it leaves nothing. May outlive
// its store, not the disk. Every call may wait for the disk, the destructor too.
class BlobWriter {
 public:
  ~BlobWriter();
  BlobWriter(const BlobWriter&) = delete;
  BlobWriter& operator=(const BlobWriter&) = delete;

  // Adds to the end. After a failure the writer is of no more use: every further call fails likewise.
  Result<void, BlobFailure> append(std::string_view bytes);

  std::uint64_t size_bytes() const;

  // Says what the blob is, before it is durable. No append() after it.
  const BlobRef& seal();

  // Makes the blob durable under its digest; seals it first if need be. Succeeds once.
  Result<BlobRef, BlobFailure> finish();

 private:
  friend class BlobStore;
  struct State;
  explicit BlobWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class BlobStore {
 public:
  // Opens or makes the store and removes what was left unfinished in it. `disk` must outlive it.
  static Result<std::unique_ptr<BlobStore>, BlobFailure> open(const std::filesystem::path& directory,
                                                              BlobDisk& disk = system_disk());
  // For reading beside the owner: makes and removes nothing, and need not even find a directory,
  // in which case every blob is absent. Not for write(). `disk` must outlive it.
  static std::unique_ptr<BlobStore> open_to_read(const std::filesystem::path& directory,
                                                 BlobDisk& disk = system_disk());
  ~BlobStore();

  // Begins a blob of at most `bytes_max` bytes.
  Result<std::unique_ptr<BlobWriter>, BlobFailure> write(std::uint64_t bytes_max);

  // absent if there is no such blob. Does not verify: that would read it all.
  Result<std::unique_ptr<BlobReader>, BlobFailure> open(const BlobDigest& sha256) const;

  Result<bool, BlobFailure> exists(const BlobDigest& sha256) const;

  // Reads the whole blob and compares: absent, corrupt, or io if it could not be read.
  Result<BlobRef, BlobFailure> verify(const BlobDigest& sha256) const;

 private:
  friend class BlobWriter;
  struct State;
  explicit BlobStore(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

}  // namespace greffe
