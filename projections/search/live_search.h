// The index that serves: one live generation, the thread that follows the log with it, and the
// rebuild that puts another in its place. The door of it is search.h. Includes Xapian: for .cpp
// files of this folder only.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "projections/search/generations.h"
#include "projections/search/search.h"
#include "projections/search/store.h"

namespace greffe {

class LiveSearch final : public SearchIndex {
 public:
  LiveSearch(SearchGenerations generations, const Log& log, Options options, OnFailure on_failure,
             std::shared_ptr<SearchStore> live);
  ~LiveSearch() override { LiveSearch::stop(); }
  void start();

  Result<SearchPage, SearchFault> search(const SearchQuery& query) const override;
  bool wait_for(Position position, std::chrono::milliseconds timeout) const override;
  Result<void, ViewFailure> catch_up(const Progress& progress) override;
  Result<void, ViewFailure> rebuild(const Progress& progress) override;
  Result<Digest, ViewFailure> digest() override;
  SearchStatus status() const override;
  void stop() override;

 private:
  void follow();
  void pause_until(std::chrono::steady_clock::time_point then);
  Result<void, ViewFailure> advance_live(Position to, const Progress& progress);
  Result<void, ViewFailure> wait_until_followed(Position to, const Progress& progress);
  Result<void, ViewFailure> build_beside(SearchStore& fresh, const Progress& progress);

  using OnWritten = std::function<void(Position)>;
  Result<void, ViewFailure> advance(SearchStore& store, Position to, const OnWritten& on_written);
  Result<void, ViewFailure> read_into(SearchStore& store, Position to, const OnWritten& on_written);
  Result<void, ViewFailure> begin_anew(const ViewFailure& why);

  std::shared_ptr<SearchStore> live() const;
  void put_live(std::shared_ptr<SearchStore> store);
  ViewFailure keep(ViewFailure failure);
  std::optional<ViewFailure> failure() const;
  void wake() const;

  const SearchGenerations generations_;
  const Log& log_;
  const Options options_;
  const OnFailure on_failure_;
  std::stop_source stopping_;
  std::once_flag stopped_;

  std::mutex applying_;    // whoever moves the live generation, or swaps it
  std::mutex rebuilding_;  // one rebuild at a time
  int begun_anew_ = 0;     // under applying_

  // Set by a search that met damage, for whoever applies next.
  mutable std::atomic<bool> damaged_ = false;
  std::atomic<bool> is_rebuilding_ = false;
  std::atomic<std::uint64_t> rebuild_position_ = 0;
  // Until it has come so far, the live generation is one that is being built.
  std::atomic<std::uint64_t> complete_from_ = 0;

  mutable std::mutex mutex_;  // guards what follows; held briefly
  mutable std::condition_variable_any moved_;
  std::shared_ptr<SearchStore> live_;
  std::optional<ViewFailure> failure_;

  std::jthread follower_;  // last: it uses all of the above
};

}  // namespace greffe
