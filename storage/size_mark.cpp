#include "storage/size_mark.h"

#include <fmt/format.h>

#include <charconv>
#include <system_error>
#include <utility>

#include "storage/files.h"

namespace greffe {
namespace {

using std::filesystem::path;

constexpr std::chrono::seconds follow_every{1};
constexpr std::string_view word = "size ";
constexpr std::size_t mark_bytes_max = 32;

std::optional<Position> parse(std::string_view text) {
  if (!text.starts_with(word) || !text.ends_with('\n')) return std::nullopt;
  const std::string_view digits = text.substr(word.size(), text.size() - word.size() - 1);
  Position size;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size.value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return size;
}

}  // namespace

Result<Position, LogFailure> read_size_mark(const path& file) {
  const auto text = read_small_file(file, mark_bytes_max);
  if (!text) return fail(text.error());
  if (!*text) return Position{};
  if (const auto size = parse(**text)) return *size;
  return fail(LogFailure{LogFailure::Kind::corrupt,
                         {},
                         fmt::format("{} holds no log size: restore it from a backup, or remove it if `greffe verify` "
                                     "and your own records say that the log is whole",
                                     file.string())});
}

Result<void, LogFailure> write_size_mark(const path& file, Position size) {
  return replace_file(file, fmt::format("{}{}\n", word, size.value));
}

SizeMarkKeeper::SizeMarkKeeper(path file, Position marked, const TailSignal& tail)
    : file_(std::move(file)),
      tail_(tail),
      marked_(marked),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

SizeMarkKeeper::~SizeMarkKeeper() {
  thread_.request_stop();
  thread_.join();
  // Nobody is left to tell if this one fails; the mark is then older than it could be.
  follow();
}

std::optional<LogFailure> SizeMarkKeeper::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void SizeMarkKeeper::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    stopping_.wait_for(lock, stop, follow_every, [] { return false; });
    lock.unlock();
    follow();
    lock.lock();
  }
}

void SizeMarkKeeper::follow() {
  const Position tail = tail_.get();
  if (tail == marked_ || failure()) return;
  if (const auto written = write_size_mark(file_, tail)) {
    marked_ = tail;
  } else {
    const std::lock_guard lock(mutex_);
    failure_ = written.error();
  }
}

}  // namespace greffe
