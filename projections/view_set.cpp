#include "projections/view_set.h"

#include <array>

#include "events/check.h"

namespace greffe {
namespace {

constexpr std::array<std::string_view, 10> names = {"tickets", "numbers", "timeline",  "history", "directory",
                                                    "sla",     "work",    "catalogue", "parts",   "reports"};

std::vector<std::string> families(const ExtraViews& extra) {
  std::vector<std::string> families = {"default"};
  families.insert(families.end(), names.begin(), names.end());
  for (const ExtraView& view : extra) families.push_back(view.name);
  return families;
}

}  // namespace

Result<std::shared_ptr<ViewSet>, ViewFailure> ViewSet::open(const std::filesystem::path& dir, const ExtraViews& extra) {
  auto store = ViewStore::open(dir, {.families = families(extra), .create = true});
  if (!store) return fail(store.error());
  return std::shared_ptr<ViewSet>(new ViewSet(std::move(*store), extra));
}

ViewSet::ViewSet(std::shared_ptr<ViewStore> store, const ExtraViews& extra)
    : tickets(*store, family_of(0)),
      numbers(family_of(1)),
      timeline(*store, family_of(2)),
      history(*store, family_of(3)),
      directory(*store, family_of(4)),
      sla(*store, family_of(5)),
      work(*store, family_of(6)),
      catalogue(*store, family_of(7)),
      parts(*store, family_of(8)),
      reports(family_of(9)),
      store_(std::move(store)),
      all_{&tickets, &numbers, &timeline, &history, &directory, &sla, &work, &catalogue, &parts, &reports} {
  for (const ExtraView& view : extra) {
    extra_.push_back(view.make(*store_, family_of(all_.size())));
    all_.push_back(extra_.back().get());
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    GREFFE_CHECK(all_[i]->name() == names[i], "each view has the family of its name");
  }
}

}  // namespace greffe
