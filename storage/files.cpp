#include "storage/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace greffe {
namespace {

using std::filesystem::path;

// Closes what it holds; the errors that matter come from fsync, before.
class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }

 private:
  int fd_;
};

// Calls again what a signal interrupted.
template <class Call>
auto retried(Call&& call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

// Reads errno: call it right after what failed.
tl::unexpected<LogFailure> io_failure(std::string_view what, const path& file) {
  const std::error_code error(errno, std::system_category());
  return fail(LogFailure{LogFailure::Kind::io, {}, fmt::format("{} {}: {}", what, file.string(), error.message())});
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = retried([&] { return ::write(fd, bytes.data(), bytes.size()); });
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Result<std::optional<std::string>, LogFailure> read_small_file(const path& file, std::size_t bytes_max) {
  const FileDescriptor fd(retried([&] { return ::open(file.c_str(), O_RDONLY | O_CLOEXEC); }));
  if (!fd.is_open() && errno == ENOENT) return std::nullopt;
  if (!fd.is_open()) return io_failure("cannot open", file);
  std::string bytes(bytes_max, '\0');
  std::size_t size = 0;
  while (size < bytes_max) {
    const auto got = retried([&] { return ::read(fd.get(), bytes.data() + size, bytes_max - size); });
    if (got < 0) return io_failure("cannot read", file);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  bytes.resize(size);
  return bytes;
}

Result<void, LogFailure> replace_file(const path& file, std::string_view bytes) {
  path temporary = file;
  temporary += ".new";
  {
    constexpr int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC;
    const FileDescriptor fd(retried([&] { return ::open(temporary.c_str(), flags, 0644); }));
    if (!fd.is_open()) return io_failure("cannot open", temporary);
    if (!write_all(fd.get(), bytes)) return io_failure("cannot write", temporary);
    if (::fsync(fd.get()) != 0) return io_failure("cannot sync", temporary);
  }
  if (::rename(temporary.c_str(), file.c_str()) != 0) return io_failure("cannot rename to", file);
  return sync_directory(file.parent_path());
}

Result<void, LogFailure> sync_directory(const path& directory) {
  const path named = directory.empty() ? path(".") : directory;
  const FileDescriptor fd(retried([&] { return ::open(named.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
  if (!fd.is_open()) return io_failure("cannot open", named);
  if (::fsync(fd.get()) != 0) return io_failure("cannot sync", named);
  return {};
}

}  // namespace greffe
