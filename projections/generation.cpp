#include "projections/generation.h"

#include <algorithm>
#include <exception>
#include <mutex>

#include "events/check.h"
#include "events/codec.h"
#include "projections/united_ticket.h"

namespace greffe {
namespace {

Generation::Fit fit_of(const std::vector<View*>& views, const ViewMeta& meta) {
  auto fit = Generation::Fit::current;
  for (const View* view : views) {
    const auto stored = meta.versions.find(view->name());
    if (stored == meta.versions.end() || stored->second < view->version().readable) return Generation::Fit::unreadable;
    // A later program's rows may be read by nobody but it.
    if (stored->second > view->version().current) return Generation::Fit::unreadable;
    if (stored->second != view->version().current) fit = Generation::Fit::outdated;
  }
  return fit;
}

// Whether other tickets' rows have a part in how lists find it.
bool is_merged(const TicketRow& row) { return row.merged_into || !row.absorbed.empty(); }

const PrioritiesDefined* priorities_in(const Record& record) {
  const auto* settings = std::get_if<SettingsEvent>(&record.event);
  return settings == nullptr ? nullptr : std::get_if<PrioritiesDefined>(settings);
}

}  // namespace

Result<std::shared_ptr<Generation>, ViewFailure> Generation::open(const std::filesystem::path& dir, const Log& log,
                                                                  const ExtraViews& extra) {
  try {
    auto set = ViewSet::open(dir, extra);
    if (!set) return fail(set.error());
    std::shared_ptr<Generation> generation(new Generation(std::move(*set), log));
    generation->load();
    return generation;
  } catch (const ViewsUnreadable& e) {
    return fail(e.failure());
  }
}

Generation::Generation(std::shared_ptr<ViewSet> set, const Log& log) : set_(std::move(set)), log_(log) {}

void Generation::load() {
  auto meta = read_view_meta(*set_->store());
  applied_ = meta.seen;
  const bool is_new = meta.versions.empty();
  if (is_new) {
    const auto batch = set_->store()->batch();
    for (const View* view : set_->all()) put_version(*batch, view->name(), view->version().current);
    if (const auto written = set_->store()->write(*batch); !written) throw ViewsUnreadable(written.error());
  } else {
    fit_ = fit_of(set_->all(), meta);
  }
  for (const View* view : set_->all()) {
    const auto is_it = [&](const ParkedView& parked) { return parked.view == view->name(); };
    is_parked_.push_back(std::any_of(meta.parked.begin(), meta.parked.end(), is_it));
  }
  parked_ = std::move(meta.parked);
  snapshot_ = make_snapshot(applied_);
  if (fit_ == Fit::unreadable) return;
  load_priorities();
  set_->directory.for_each(*set_->store(), [&](StreamId entry, const std::string& name) { lists_.name(entry, name); });
  const auto row_of = [&](TicketId id) { return snapshot_->ticket(id); };
  set_->tickets.for_each(*set_->store(), [&](const TicketRow& row) {
    if (is_merged(row)) lists_.put(united_row(row, row_of));
    else lists_.put(row);
  });
}

// No view keeps the priorities, whose order the lists follow. The newest alone would not do: those that
// were dropped keep their ranks.
void Generation::load_priorities() {
  const auto reader = log_.read_stream(stream_of(SettingsArea::priorities), greffe::Version{1});
  while (reader->next() && reader->position().value <= applied_.position.value) {
    const auto record = decode(reader->bytes());
    if (!record) throw ViewsUnreadable({ViewFailure::Kind::log, reader->position(), "the priorities cannot be read"});
    if (const auto* defined = priorities_in(*record)) lists_.rank(*defined);
  }
  if (reader->failure()) throw ViewsUnreadable(view_failure(*reader->failure()));
}

std::shared_ptr<const ViewSnapshot> Generation::make_snapshot(const Seen& seen) const {
  return std::make_shared<const ViewSnapshot>(set_, set_->store()->snapshot(), seen, log_);
}

std::shared_ptr<const ViewSnapshot> Generation::snapshot() const {
  const std::shared_lock lock(mutex_);
  return snapshot_;
}

Result<ListPage, BadCursor> Generation::list(const ListQuery& query) const {
  std::shared_lock lock(mutex_);
  auto found = lists_.query(query);
  const auto at = snapshot_;
  lock.unlock();
  if (!found) return fail(found.error());
  return ListPage{{at->tickets(found->ids), std::move(found->next_cursor)}, at};
}

Counted Generation::counted(const ListQuery& query) const {
  const std::shared_lock lock(mutex_);
  return {lists_.count(query), lists_.counts(query), snapshot_};
}

Faceted Generation::faceted(const ListQuery& query, std::span<const FacetColumn> columns) const {
  const std::shared_lock lock(mutex_);
  return {lists_.facets(query, columns), snapshot_};
}

std::vector<ParkedView> Generation::parked() const {
  const std::shared_lock lock(mutex_);
  return parked_;
}

std::optional<Generation::Poison> Generation::apply(std::span<const Record> records) {
  const auto& views = set_->all();
  for (const Record& record : records) {
    const Position position = record.envelope.position;
    GREFFE_CHECK(position == next(applied_.position), "views see every event once, in order");
    for (std::size_t i = 0; i < views.size(); ++i) {
      if (is_parked_[i]) continue;
      try {
        views[i]->apply(record);
      } catch (const ViewsUnreadable&) {
        throw;
      } catch (const std::exception& e) {
        return Poison{i, position, e.what()};
      }
    }
    if (const auto* defined = priorities_in(record)) newly_defined_.push_back(*defined);
    applied_ = {position, record.envelope.recorded_at};
  }
  return std::nullopt;
}

void Generation::park(const Poison& poison) {
  is_parked_[poison.view] = true;
  newly_parked_.push_back({std::string(set_->all()[poison.view]->name()), poison.position, poison.cause});
  const std::unique_lock lock(mutex_);
  parked_.push_back(newly_parked_.back());
}

Result<void, ViewFailure> Generation::write() {
  const auto batch = set_->store()->batch();
  for (std::size_t i = 0; i < set_->all().size(); ++i) {
    if (!is_parked_[i]) set_->all()[i]->flush(*batch, applied_.position);
  }
  for (const ParkedView& parked : newly_parked_) put_parked(*batch, parked);
  put_seen(*batch, applied_);
  if (auto written = set_->store()->write(*batch); !written) return written;
  newly_parked_.clear();
  publish(make_snapshot(applied_));
  return {};
}

// Of the tickets that were written those that merges touched, with all that they are merged into and
// that is merged into them: a root shows what its parts have, a part is below nothing within it.
std::map<TicketId, TicketRow> Generation::united_anew(const ViewSnapshot& snapshot) const {
  const auto row_of = [&](TicketId id) { return snapshot.ticket(id); };
  std::map<TicketId, TicketRow> rows;
  for (const auto& [id, row] : set_->tickets.published()) {
    if (!is_merged(*row)) continue;
    for (const TicketRow& part : united_parts(*row, row_of)) {
      if (part.id == row->id || part.parent) rows.try_emplace(part.id, united_row(part, row_of));
    }
    for (auto into = row->merged_into; into;) {
      const auto root = row_of(*into);
      if (!root || !rows.try_emplace(root->id, united_row(*root, row_of)).second) break;
      into = root->merged_into;
    }
  }
  return rows;
}

// Lists and snapshot change together, so that a list and its rows are of one position.
void Generation::publish(std::shared_ptr<const ViewSnapshot> snapshot) {
  const bool has_tickets = !is_parked_[ViewSet::tickets_view];
  const auto united = has_tickets ? united_anew(*snapshot) : std::map<TicketId, TicketRow>{};
  const std::unique_lock lock(mutex_);
  if (!is_parked_[ViewSet::directory_view]) {
    set_->directory.for_each_published([&](StreamId entry, const std::string& name) { lists_.name(entry, name); });
  }
  for (const auto& defined : newly_defined_) lists_.rank(defined);
  newly_defined_.clear();
  if (has_tickets) {
    for (const auto& [id, row] : set_->tickets.published()) {
      if (!united.contains(row->id)) lists_.put(*row);
    }
  }
  for (const auto& [id, row] : united) lists_.put(row);
  snapshot_.swap(snapshot);
}

void Generation::discard() {
  for (View* view : set_->all()) view->discard();
  newly_defined_.clear();
  applied_ = seen();
}

}  // namespace greffe
