// The views of one generation with their store.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "projections/views/catalogue_view.h"
#include "projections/views/directory_view.h"
#include "projections/views/history_view.h"
#include "projections/views/numbers_view.h"
#include "projections/views/parts_view.h"
#include "projections/views/report_view.h"
#include "projections/views/sla_view.h"
#include "projections/views/tickets_view.h"
#include "projections/views/timeline_view.h"
#include "projections/views/work_view.h"

namespace greffe {

// A view beside those of the program: tests put failing ones in.
struct ExtraView {
  std::string name;
  std::function<std::unique_ptr<View>(const RowSource& newest, Family family)> make;
};
using ExtraViews = std::vector<ExtraView>;

class ViewSet {
 public:
  // Opens the store in `dir`, made if absent, and the views on it. Throws ViewsUnreadable if
  // a view cannot load what it keeps in memory.
  static Result<std::shared_ptr<ViewSet>, ViewFailure> open(const std::filesystem::path& dir, const ExtraViews& extra);

  // The runner's own family, for what is kept about the views.
  static constexpr Family meta{0};

  const std::shared_ptr<ViewStore>& store() const { return store_; }

  // All views, in a fixed order, and the family of the i-th.
  const std::vector<View*>& all() const { return all_; }
  static constexpr std::size_t tickets_view = 0, directory_view = 4;
  static Family family_of(std::size_t view) { return {view + 1}; }

  TicketsView tickets;
  NumbersView numbers;
  TimelineView timeline;
  HistoryView history;
  DirectoryView directory;
  SlaView sla;
  WorkView work;
  CatalogueView catalogue;
  PartsView parts;
  ReportView reports;

 private:
  ViewSet(std::shared_ptr<ViewStore> store, const ExtraViews& extra);

  const std::shared_ptr<ViewStore> store_;
  std::vector<std::unique_ptr<View>> extra_;
  std::vector<View*> all_;
};

}  // namespace greffe
