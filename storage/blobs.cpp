#include "storage/blobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <bitset>
#include <cerrno>
#include <charconv>
#include <mutex>
#include <utility>
#include <vector>

#include "events/check.h"
#include "storage/sha256.h"

namespace greffe {
namespace {

using std::filesystem::path;
using Kind = BlobFailure::Kind;

constexpr std::size_t verify_piece_bytes = 256 * 1024;

auto failed(const std::error_code& error, std::string_view what, const path& file) {
  const bool full = error == std::errc::no_space_on_device || error.value() == EDQUOT;
  return fail(BlobFailure{full ? Kind::disk_full : Kind::io,
                          fmt::format("cannot {} {}: {}", what, file.string(), error.message())});
}

auto absent(const BlobDigest& sha256) { return fail(BlobFailure{Kind::absent, "there is no blob " + sha256.hex}); }

}  // namespace

std::optional<BlobDigest> parse_blob_digest(std::string_view hex) {
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (hex.size() != 64 || !std::all_of(hex.begin(), hex.end(), is_digit)) return std::nullopt;
  return BlobDigest{std::string(hex)};
}

struct BlobStore::State {
  State(path where, BlobDisk& with) : directory(std::move(where)), incoming(directory / "incoming"), disk(with) {}

  path shard(const BlobDigest& sha256) const { return directory / sha256.hex.substr(0, 2) / sha256.hex.substr(2, 2); }
  path file(const BlobDigest& sha256) const { return shard(sha256) / sha256.hex; }
  Result<void, BlobFailure> prepare();
  Result<void, BlobFailure> make_durable_directory(const path& made);
  Result<void, BlobFailure> make_shard(const BlobDigest& sha256);
  Result<void, BlobFailure> put(const path& from, const BlobDigest& sha256);
  Result<std::unique_ptr<BlobFile>, BlobFailure> open_file(const BlobDigest& sha256) const;

  path directory;
  path incoming;
  BlobDisk& disk;
  std::atomic<std::uint64_t> next_name = 1;
  std::mutex shards_mutex;
  std::bitset<65536> durable_shards;  // made and synced in this process's life
};

Result<void, BlobFailure> BlobStore::State::make_durable_directory(const path& made) {
  if (const auto result = disk.make_directory(made); !result) return failed(result.error(), "make", made);
  // Also if it existed: whoever made it may not have come to sync it.
  const auto parent = made.parent_path();
  if (const auto result = disk.sync_directory(parent); !result) return failed(result.error(), "sync", parent);
  return {};
}

Result<void, BlobFailure> BlobStore::State::prepare() {
  for (const auto& made : {directory, incoming}) {
    if (auto result = make_durable_directory(made); !result) return result;
  }
  const auto left = disk.list(incoming);
  if (!left) return failed(left.error(), "list", incoming);
  for (const auto& file : *left) {
    if (const auto result = disk.remove(file); !result) return failed(result.error(), "remove", file);
  }
  return {};
}

Result<void, BlobFailure> BlobStore::State::make_shard(const BlobDigest& sha256) {
  std::uint16_t number = 0;
  std::from_chars(sha256.hex.data(), sha256.hex.data() + 4, number, 16);
  {
    const std::lock_guard lock(shards_mutex);
    if (durable_shards.test(number)) return {};
  }
  const auto innermost = shard(sha256);
  for (const auto& made : {innermost.parent_path(), innermost}) {
    if (auto result = make_durable_directory(made); !result) return result;
  }
  const std::lock_guard lock(shards_mutex);
  durable_shards.set(number);
  return {};
}

// A blob that is there already is replaced by its equal: the directory is synced in any case,
// since whoever put the other may not have come to it, and a damaged one is healed.
Result<void, BlobFailure> BlobStore::State::put(const path& from, const BlobDigest& sha256) {
  if (auto made = make_shard(sha256); !made) return made;
  const auto to = file(sha256);
  if (const auto result = disk.rename(from, to); !result) return failed(result.error(), "rename to", to);
  if (const auto result = disk.sync_directory(shard(sha256)); !result) return failed(result.error(), "sync", to);
  return {};
}

Result<std::unique_ptr<BlobFile>, BlobFailure> BlobStore::State::open_file(const BlobDigest& sha256) const {
  // The digest is a path's part: another form could lead out of the directory.
  if (!parse_blob_digest(sha256.hex)) return absent(sha256);
  auto opened = disk.open(file(sha256));
  if (opened) return std::move(*opened);
  if (opened.error() == std::errc::no_such_file_or_directory) return absent(sha256);
  return failed(opened.error(), "open", file(sha256));
}

struct BlobWriter::State {
  std::shared_ptr<BlobStore::State> store;
  path name;
  std::unique_ptr<BlobFile> file;
  std::uint64_t bytes_max = 0;
  Sha256 digest;
  BlobRef ref;
  bool sealed = false;
  bool in_place = false;
  std::optional<BlobFailure> failure;  // the first one; there is no way back from it

  template <class Unexpected>
  auto give_up(Unexpected why) {
    failure = why.value();
    return why;
  }
};

BlobWriter::BlobWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}

BlobWriter::~BlobWriter() {
  if (state_->in_place) return;
  // What cannot be removed now is when the store is opened again.
  (void)state_->store->disk.remove(state_->name);
}

Result<void, BlobFailure> BlobWriter::append(std::string_view bytes) {
  auto& s = *state_;
  GREFFE_CHECK(!s.sealed, "a sealed blob is not written to");
  if (s.failure) return fail(*s.failure);
  if (bytes.size() > s.bytes_max - s.ref.size_bytes) {
    return s.give_up(fail(BlobFailure{Kind::too_large, fmt::format("more than {} bytes", s.bytes_max)}));
  }
  if (const auto result = s.file->append(bytes); !result) return s.give_up(failed(result.error(), "write", s.name));
  s.digest.update(bytes);
  s.ref.size_bytes += bytes.size();
  return {};
}

std::uint64_t BlobWriter::size_bytes() const { return state_->ref.size_bytes; }

const BlobRef& BlobWriter::seal() {
  if (!std::exchange(state_->sealed, true)) state_->ref.sha256 = {state_->digest.finish_hex()};
  return state_->ref;
}

Result<BlobRef, BlobFailure> BlobWriter::finish() {
  auto& s = *state_;
  GREFFE_CHECK(!s.in_place, "a blob is finished once");
  seal();
  if (s.failure) return fail(*s.failure);
  if (const auto result = s.file->sync(); !result) return s.give_up(failed(result.error(), "sync", s.name));
  if (const auto result = s.store->put(s.name, s.ref.sha256); !result) return s.give_up(fail(result.error()));
  s.in_place = true;
  s.file.reset();
  return s.ref;
}

BlobStore::BlobStore(std::shared_ptr<State> state) : state_(std::move(state)) {}
BlobStore::~BlobStore() = default;

Result<std::unique_ptr<BlobStore>, BlobFailure> BlobStore::open(const path& directory, BlobDisk& disk) {
  auto state = std::make_shared<State>(directory, disk);
  if (auto prepared = state->prepare(); !prepared) {
    return fail(BlobFailure{Kind::not_opened, std::move(prepared.error().detail)});
  }
  return std::unique_ptr<BlobStore>(new BlobStore(std::move(state)));
}

std::unique_ptr<BlobStore> BlobStore::open_to_read(const path& directory, BlobDisk& disk) {
  return std::unique_ptr<BlobStore>(new BlobStore(std::make_shared<State>(directory, disk)));
}

Result<std::unique_ptr<BlobWriter>, BlobFailure> BlobStore::write(std::uint64_t bytes_max) {
  auto name = state_->incoming / std::to_string(state_->next_name++);
  auto file = state_->disk.create(name);
  if (!file) return failed(file.error(), "create", name);
  auto state = std::make_unique<BlobWriter::State>();
  state->store = state_;
  state->name = std::move(name);
  state->file = std::move(*file);
  state->bytes_max = bytes_max;
  return std::unique_ptr<BlobWriter>(new BlobWriter(std::move(state)));
}

Result<std::unique_ptr<BlobReader>, BlobFailure> BlobStore::open(const BlobDigest& sha256) const {
  auto file = state_->open_file(sha256);
  if (!file) return fail(file.error());
  const auto size_bytes = (*file)->size_bytes();
  if (!size_bytes) return failed(size_bytes.error(), "look at", state_->file(sha256));
  return std::make_unique<BlobReader>(std::move(*file), *size_bytes);
}

Result<bool, BlobFailure> BlobStore::exists(const BlobDigest& sha256) const {
  const auto file = state_->open_file(sha256);
  if (file) return true;
  if (file.error().kind == Kind::absent) return false;
  return fail(file.error());
}

Result<BlobRef, BlobFailure> BlobStore::verify(const BlobDigest& sha256) const {
  const auto reader = open(sha256);
  if (!reader) return fail(reader.error());
  Sha256 digest;
  std::vector<char> piece(verify_piece_bytes);
  std::uint64_t offset = 0;
  for (;;) {
    const auto count = (*reader)->read(offset, piece);
    if (!count) return fail(count.error());
    digest.update({piece.data(), *count});
    offset += *count;
    if (*count < piece.size()) break;
  }
  if (digest.finish_hex() == sha256.hex) return BlobRef{sha256, offset};
  return fail(BlobFailure{Kind::corrupt, "the bytes of blob " + sha256.hex + " are not those that were stored"});
}

Result<std::size_t, BlobFailure> BlobReader::read(std::uint64_t offset, std::span<char> to) const {
  const auto count = file_->read(offset, to);
  if (!count) return fail(BlobFailure{Kind::io, "cannot read a blob: " + count.error().message()});
  return *count;
}

}  // namespace greffe
