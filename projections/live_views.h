// The views that serve: one live generation, the projector that follows the log with it, and
// the rebuild that puts another in its place. The door of it is projections/views.h.
#pragma once

#include <atomic>
#include <mutex>
#include <shared_mutex>
#include <stop_token>
#include <thread>

#include "projections/generation.h"
#include "projections/generation_dirs.h"
#include "projections/views.h"
#include "storage/tail_signal.h"

namespace greffe {

class LiveViews final : public Views {
 public:
  // As Views::open, with views beside those of the program.
  static Result<std::unique_ptr<Views>, ViewFailure> open(const std::filesystem::path& dir, const Log& log,
                                                          Options options, OnFailure on_failure, ExtraViews extra);
  ~LiveViews() override { LiveViews::stop(); }

  std::shared_ptr<const Snapshot> snapshot() const override { return live()->snapshot(); }
  Result<ListPage, BadCursor> list(const ListQuery& query) const override { return live()->list(query); }
  Counted counted(const ListQuery& query) const override { return live()->counted(query); }
  Faceted faceted(const ListQuery& query, std::span<const FacetColumn> columns) const override {
    return live()->faceted(query, columns);
  }
  bool wait_for(Position position, std::chrono::milliseconds timeout) const override {
    return seen_.wait_for(position, timeout);
  }
  Result<void, ViewFailure> catch_up(const Progress& progress) override;
  Result<Rebuilt, ViewFailure> rebuild(const Progress& progress) override;
  ViewsDigest digest() const override { return live()->digest(); }
  ViewsStatus status() const override;
  void stop() override;

 private:
  LiveViews(GenerationDirs dirs, const Log& log, Options options, OnFailure on_failure, ExtraViews extra,
            std::shared_ptr<Generation> live);
  void start();

  void follow();
  void replace_outdated();
  Result<void, ViewFailure> advance_live(Position to, const Progress& progress);
  Result<void, ViewFailure> wait_until_followed(Position to, const Progress& progress);

  struct Swapped {
    std::shared_ptr<const ViewSnapshot> before, after;  // of one position
  };
  Result<Swapped, ViewFailure> build_and_swap(const Progress& progress);
  Result<void, ViewFailure> build_beside(Generation& fresh, const Progress& progress);
  Result<void, ViewFailure> require_none_parked(const Generation& fresh);
  Result<Swapped, ViewFailure> swap(const std::string& name, std::shared_ptr<Generation> fresh);

  std::shared_ptr<Generation> live() const;
  ViewFailure keep(ViewFailure failure);
  std::optional<ViewFailure> failure() const;
  void report(const ViewFailure& failure);
  static ViewFailure stopped();

  // Batches while there is a long way to go: rows that change often are written once a batch.
  static constexpr std::size_t bulk_events_max = 65'536;
  static constexpr std::size_t bulk_events_min = 16'384;

  const GenerationDirs dirs_;
  const Log& log_;
  const Options options_;
  const OnFailure on_failure_;
  const ExtraViews extra_;
  TailSignal seen_;  // the live generation's position
  std::stop_source stopping_;

  std::mutex applying_;    // whoever moves the live generation, or swaps it
  std::mutex rebuilding_;  // one rebuild at a time
  std::once_flag reported_;
  std::once_flag stopped_;

  mutable std::shared_mutex mutex_;  // guards what follows; held briefly
  std::shared_ptr<Generation> live_;
  std::optional<ViewFailure> failure_;     // why the live generation moves no more
  std::vector<ParkedView> parked_beside_;  // by the last rebuild, which failed for it
  std::atomic<bool> is_rebuilding_ = false;
  std::atomic<std::uint64_t> rebuild_position_ = 0;

  std::jthread projector_, upgrader_;  // last: they use all of the above
};

}  // namespace greffe
