#include "tools/bench/made_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <random>

#include "storage/sha256.h"
#include "tools/bench/samples.h"

namespace greffe::bench {
namespace {

constexpr std::uint64_t mebibyte = 1024 * 1024;

auto failed(const char* what, const std::filesystem::path& path) {
  return fail(fmt::format("{} {}: {}", what, path.string(), std::strerror(errno)));
}

struct File {
  ~File() {
    if (fd >= 0) ::close(fd);
  }
  int fd = -1;
};

}  // namespace

MadeFile::MadeFile(std::uint64_t seed, std::uint64_t size_bytes) : seed_(seed), size_bytes_(size_bytes) {
  std::mt19937_64 random(seed);
  block_.reserve(mebibyte);
  while (block_.size() < mebibyte) {
    const std::uint64_t value = random();
    block_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
}

std::string_view MadeFile::piece(std::uint64_t offset) {
  if (offset >= size_bytes_) return {};
  const std::uint64_t index[] = {seed_, offset / mebibyte};
  std::memcpy(block_.data(), index, sizeof index);
  const std::uint64_t within = offset % mebibyte;
  return std::string_view(block_).substr(within, std::min(mebibyte - within, size_bytes_ - offset));
}

Result<Kept, std::string> write_and_sync(const std::filesystem::path& path, MadeFile& file) {
  const auto start = std::chrono::steady_clock::now();
  const File out{::open(path.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600)};
  if (out.fd < 0) return failed("open", path);
  Sha256 sha256;
  for (std::uint64_t offset = 0; offset < file.size_bytes();) {
    const auto piece = file.piece(offset);
    const ssize_t written = ::write(out.fd, piece.data(), piece.size());
    if (written <= 0) return failed("write", path);
    sha256.update(piece.substr(0, static_cast<std::size_t>(written)));
    offset += static_cast<std::uint64_t>(written);
  }
  if (::fsync(out.fd) != 0) return failed("fsync", path);
  auto digest = sha256.finish_hex();
  return Kept{ms_since(start) / 1e3, std::move(digest)};
}

Result<Kept, std::string> read_again(const std::filesystem::path& path) {
  const auto start = std::chrono::steady_clock::now();
  const File in{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (in.fd < 0) return failed("open", path);
  Sha256 sha256;
  std::string buffer(mebibyte, '\0');
  ssize_t got = 0;
  while ((got = ::read(in.fd, buffer.data(), buffer.size())) > 0) {
    sha256.update(std::string_view(buffer).substr(0, static_cast<std::size_t>(got)));
  }
  if (got < 0) return failed("read", path);
  auto digest = sha256.finish_hex();
  return Kept{ms_since(start) / 1e3, std::move(digest)};
}

}  // namespace greffe::bench
