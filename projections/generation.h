// One generation of the views: a store, the views on it, and what is kept in memory beside
// them, all at one position. Applying is for one thread at a time; reading for any.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <span>

#include "projections/lists/list_index.h"
#include "projections/snapshot.h"
#include "projections/view_meta.h"
#include "projections/view_set.h"
#include "projections/views.h"

namespace greffe {

class Generation {
 public:
  // Opens the generation in `dir`, or makes one at position 0.
  static Result<std::shared_ptr<Generation>, ViewFailure> open(const std::filesystem::path& dir, const Log& log,
                                                               const ExtraViews& extra);

  // How its rows stand to this program: current; outdated, but fit to be served until better
  // ones are built; unreadable.
  enum class Fit : std::uint8_t { current, outdated, unreadable };
  Fit fit() const { return fit_; }

  // Reading.
  Seen seen() const { return snapshot()->seen(); }
  std::shared_ptr<const ViewSnapshot> snapshot() const;
  Result<ListPage, BadCursor> list(const ListQuery& query) const;
  Counted counted(const ListQuery& query) const;
  Faceted faceted(const ListQuery& query, std::span<const FacetColumn> columns) const;
  std::vector<ParkedView> parked() const;
  ViewsDigest digest() const { return snapshot()->digest(); }

  // An event that a view could not digest.
  struct Poison {
    std::size_t view;  // index in ViewSet::all
    Position position;
    std::string cause;
  };
  // Folds the next records, in memory only. At a poison it stops; the caller must discard().
  std::optional<Poison> apply(std::span<const Record> records);
  // Takes the view out from the next record on; recorded with the next write().
  void park(const Poison& poison);
  // Writes what was applied, rows and position in one batch, and shows it to readers. After
  // a failure the generation only serves what it has.
  Result<void, ViewFailure> write();
  // Forgets what was applied since the last write().
  void discard();
  // Makes what was written durable.
  Result<void, ViewFailure> flush() { return set_->store()->flush(); }

  // Deletes the rows once nobody reads them any more.
  void retire() { set_->store()->remove_when_closed(); }

 private:
  Generation(std::shared_ptr<ViewSet> set, const Log& log);
  void load();
  void load_priorities();
  std::map<TicketId, TicketRow> united_anew(const ViewSnapshot& snapshot) const;
  void publish(std::shared_ptr<const ViewSnapshot> snapshot);
  std::shared_ptr<const ViewSnapshot> make_snapshot(const Seen& seen) const;

  const std::shared_ptr<ViewSet> set_;
  const Log& log_;
  Fit fit_ = Fit::current;
  Seen applied_;  // the applying thread's; seen() is what readers see
  std::vector<bool> is_parked_;
  std::vector<ParkedView> newly_parked_;  // not written yet
  std::vector<PrioritiesDefined> newly_defined_;

  mutable std::shared_mutex mutex_;  // guards what follows: the three always agree
  ListIndex lists_;
  std::shared_ptr<const ViewSnapshot> snapshot_;
  std::vector<ParkedView> parked_;
};

}  // namespace greffe
