#include "storage/blob_disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace greffe {
namespace {

using std::filesystem::path;

// A file's unwritten pages are kept to two of these, so that the sync at its end is short and
// one large upload does not fill the memory that others' syncs must then write too.
constexpr std::uint64_t write_window_bytes = 8 * 1024 * 1024;

auto last_error() { return fail(std::error_code(errno, std::system_category())); }

// Calls again what a signal interrupted.
template <class Call>
auto retried(Call&& call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

DiskResult<void> succeeded(int result) {
  if (result < 0) return last_error();
  return {};
}

class SystemFile : public BlobFile {
 public:
  explicit SystemFile(int fd) : fd_(fd) {}
  ~SystemFile() override { ::close(fd_); }
  SystemFile(const SystemFile&) = delete;
  SystemFile& operator=(const SystemFile&) = delete;

  DiskResult<void> append(std::string_view bytes) override {
    while (!bytes.empty()) {
      const auto count = retried([&] { return ::write(fd_, bytes.data(), bytes.size()); });
      if (count < 0) return last_error();
      bytes.remove_prefix(static_cast<std::size_t>(count));
      written_bytes_ += static_cast<std::uint64_t>(count);
    }
    if (written_bytes_ - window_begin_ < write_window_bytes) return {};
    return next_window();
  }

  DiskResult<void> sync() override { return succeeded(::fsync(fd_)); }

  DiskResult<std::uint64_t> size_bytes() const override {
    struct stat about {};
    if (::fstat(fd_, &about) != 0) return last_error();
    return static_cast<std::uint64_t>(about.st_size);
  }

  DiskResult<std::size_t> read(std::uint64_t offset, std::span<char> to) const override {
    std::size_t done = 0;
    while (done < to.size()) {
      const auto at = static_cast<off_t>(offset + done);
      const auto count = retried([&] { return ::pread(fd_, to.data() + done, to.size() - done, at); });
      if (count < 0) return last_error();
      if (count == 0) break;
      done += static_cast<std::size_t>(count);
    }
    return done;
  }

 private:
  // Starts writing the window that is full and waits for the one before it. What the wait
  // reports is reported only once, so it must not be lost.
  DiskResult<void> next_window() {
    const auto begin = static_cast<off_t>(window_begin_);
    const auto size = static_cast<off_t>(written_bytes_ - window_begin_);
    if (::sync_file_range(fd_, begin, size, SYNC_FILE_RANGE_WRITE) != 0) return window_failed();
    if (begin > 0 && ::sync_file_range(fd_, 0, begin, SYNC_FILE_RANGE_WAIT_BEFORE) != 0) return window_failed();
    window_begin_ = written_bytes_;
    return {};
  }

  DiskResult<void> window_failed() {
    window_begin_ = written_bytes_;
    // Not every file system knows the call; sync() does without it.
    if (errno == EINVAL || errno == ESPIPE || errno == ENOSYS) return {};
    return last_error();
  }

  int fd_;
  std::uint64_t written_bytes_ = 0;
  std::uint64_t window_begin_ = 0;
};

class SystemDisk : public BlobDisk {
 public:
  DiskResult<std::unique_ptr<BlobFile>> create(const path& file) override {
    return opened(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC);
  }

  DiskResult<std::unique_ptr<BlobFile>> open(const path& file) override { return opened(file, O_RDONLY | O_CLOEXEC); }

  DiskResult<void> make_directory(const path& directory) override {
    if (::mkdir(directory.c_str(), 0755) == 0 || errno == EEXIST) return {};
    return last_error();
  }

  DiskResult<void> sync_directory(const path& directory) override {
    const path named = directory.empty() ? path(".") : directory;
    const int fd = retried([&] { return ::open(named.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); });
    if (fd < 0) return last_error();
    SystemFile opened(fd);
    return opened.sync();
  }

  DiskResult<void> rename(const path& from, const path& to) override {
    return succeeded(::rename(from.c_str(), to.c_str()));
  }

  DiskResult<void> remove(const path& file) override { return succeeded(::unlink(file.c_str())); }

  DiskResult<std::vector<path>> list(const path& directory) override {
    std::vector<path> files;
    std::error_code error;
    std::filesystem::directory_iterator entry(directory, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
      files.push_back(entry->path());
    }
    if (error) return fail(error);
    return files;
  }

 private:
  static DiskResult<std::unique_ptr<BlobFile>> opened(const path& file, int flags) {
    const int fd = retried([&] { return ::open(file.c_str(), flags, 0644); });
    if (fd < 0) return last_error();
    return std::make_unique<SystemFile>(fd);
  }
};

}  // namespace

BlobDisk& system_disk() {
  static SystemDisk disk;
  return disk;
}

}  // namespace greffe
