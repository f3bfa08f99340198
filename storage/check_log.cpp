#include "storage/check_log.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "events/check.h"
#include "events/codec.h"
#include "events/json.h"
#include "storage/check_index.h"

namespace greffe {
namespace {

constexpr std::uint64_t progress_every = 4096;

class Digest {
 public:
  Digest() { GREFFE_CHECK(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1, "SHA-256 is there"); }

  void add(std::string_view bytes) {
    GREFFE_CHECK(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1, "a digest takes any bytes");
  }

  std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned size = 0;
    GREFFE_CHECK(EVP_DigestFinal_ex(context_.get(), hash.data(), &size) == 1, "a digest ends once");
    std::string out;
    for (unsigned i = 0; i < size; ++i) out += fmt::format("{:02x}", hash[i]);
    return out;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context_{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

// Whether an event of that type may stand in the stream; a settings event only in its area's.
bool belongs(const Event& event, StreamId stream) {
  if (kind_of(event) != stream.kind) return false;
  const auto* settings = std::get_if<SettingsEvent>(&event);
  return settings == nullptr || stream == stream_of(area_of(*settings));
}

// The bounds of a commit as one of its events states them.
struct Commit {
  std::uint64_t first;
  std::uint32_t count;
  std::uint64_t end() const { return first + count; }
};

class LogChecker {
 public:
  LogChecker(const Log& log, const LogCheckProgress& progress, const std::function<void(const Record&)>& also)
      : log_(log),
        progress_(progress),
        also_(also),
        tail_(log.tail()),
        index_(log, [this](Position position, std::string text) { report(position, std::move(text)); }) {}

  LogCheck run() {
    check_entries();
    check_last_commit();
    check_streams();
    if (!full()) index_.finish();
    if (progress_) progress_(2 * tail_.value, 2 * tail_.value);
    result_.complete = !full();
    result_.streams = versions_.size();
    result_.digest = digest_.hex();
    return std::move(result_);
  }

 private:
  bool full() const { return result_.findings.size() >= log_findings_max; }

  void report(Position position, std::string text) {
    if (!full()) result_.findings.push_back({position, std::move(text)});
  }

  void step() {
    const std::uint64_t total = 2 * tail_.value;
    // A damaged index may have more rows than there are entries.
    if (++steps_ % progress_every == 0 && progress_) progress_(std::min(steps_, total), total);
  }

  // A reader that meets damage ends there; the next one begins behind it.
  void check_entries() {
    for (Position from{1}; from <= tail_ && !full();) {
      const auto reader = log_.read(from);
      for (; from <= tail_ && reader->next(); from = next(from)) check_entry(reader->position(), reader->bytes());
      if (from > tail_) break;
      report(from, reader->failure() ? reader->failure()->detail : "the log ends early");
      previous_.reset();
      from = next(from);
      step();
    }
  }

  void check_entry(Position position, std::string_view bytes) {
    step();
    ++result_.entries;
    result_.bytes += bytes.size();
    digest_.add(bytes);
    if (const auto damage = decode_into(bytes, record_)) {
      report(position, fmt::format("the entry cannot be read: {}", name_of(*damage)));
      previous_.reset();
      return;
    }
    check_envelope(position, record_.envelope);
    check_commit(position, record_.envelope);
    if (!belongs(record_.event, stream_of(record_.envelope))) {
      report(position, fmt::format("{} stands in stream {}", event_name(record_.event), stream(record_.envelope)));
    }
    index_.feed(record_);
    if (also_) also_(record_);
    previous_ = Commit{record_.envelope.commit_first.value, record_.envelope.commit_count};
    recorded_at_ = std::max(recorded_at_, record_.envelope.recorded_at);
  }

  static std::string stream(const Envelope& e) { return stream_text(stream_of(e)); }

  void check_envelope(Position position, const Envelope& e) {
    if (e.position != position)
      report(position, fmt::format("the record says that its position is {}", e.position.value));
    Version& version = versions_[stream_of(e)];
    if (e.version != next(version)) {
      report(position, fmt::format("stream {} goes from version {} to {}", stream(e), version.value, e.version.value));
    }
    version = std::max(version, e.version);
    if (e.version.value == 1 && e.stream_kind != StreamKind::settings && e.stream_id != position.value) {
      report(position, fmt::format("stream {} does not begin at the position that is its id", stream(e)));
    }
    if (e.recorded_at < recorded_at_) {
      report(position,
             fmt::format("recorded_at goes back from {} to {}", to_rfc3339(recorded_at_), to_rfc3339(e.recorded_at)));
    }
  }

  void check_commit(Position position, const Envelope& e) {
    const Commit commit{e.commit_first.value, e.commit_count};
    if (commit.first == position.value) ++result_.commits;
    if (commit.first == 0 || commit.first > position.value || position.value >= commit.end()) {
      report(position,
             fmt::format("the commit of {} from position {} does not reach here", commit.count, commit.first));
    } else if (position.value == 1 || !previous_) {
      return;
    } else if (previous_->first == commit.first) {
      if (previous_->count != commit.count) report(position, "the events of one commit differ in its count");
    } else if (commit.first != position.value) {
      report(position, "a commit begins in the middle");
    } else if (previous_->end() != position.value) {
      report(position, fmt::format("the commit from position {} breaks off", previous_->first));
    }
  }

  void check_last_commit() {
    if (!previous_ || full()) return;
    if (previous_->end() > tail_.value + 1) {
      report(tail_, fmt::format("the last commit, from position {}, breaks off", previous_->first));
    }
  }

  // Whether each stream's index leads to its versions, all of them and nothing else.
  void check_streams() {
    for (const auto& [id, last] : versions_) {
      if (full()) return;
      Version seen;
      const auto reader = log_.read_stream(id, Version{1});
      for (; reader->next(); step()) {
        if (reader->position() > tail_) break;
        seen = next(seen);
        check_row(id, seen, reader->position(), reader->bytes());
      }
      if (reader->failure()) {
        report(reader->failure()->position,
               fmt::format("index of stream {}: {}", stream_text(id), reader->failure()->detail));
      } else if (seen != last) {
        report({}, fmt::format("the index of stream {} has {} versions, the log {}", stream_text(id), seen.value,
                               last.value));
      }
    }
  }

  void check_row(StreamId id, Version version, Position position, std::string_view bytes) {
    if (decode_into(bytes, record_)) return;  // reported when read in log order
    const Envelope& e = record_.envelope;
    if (stream_of(e) == id && e.version == version) return;
    report(position,
           fmt::format("the index of stream {} says that its version {} is here, but here is version {} of {}",
                       stream_text(id), version.value, e.version.value, stream(e)));
  }

  const Log& log_;
  const LogCheckProgress& progress_;
  const std::function<void(const Record&)>& also_;
  const Position tail_;
  IndexCheck index_;
  LogCheck result_;
  Digest digest_;
  std::uint64_t steps_ = 0;
  Record record_;                   // reused for every entry
  std::optional<Commit> previous_;  // of the entry before; absent if there is none or it is damaged
  Instant recorded_at_ = Instant::min();
  std::unordered_map<StreamId, Version> versions_;  // the last one of each stream
};

}  // namespace

LogCheck check_log(const Log& log, const LogCheckProgress& progress, const std::function<void(const Record&)>& also) {
  return LogChecker(log, progress, also).run();
}

}  // namespace greffe
