// Views over a history in a directory of their own, and what every test asks of them.
#pragma once

#include <catch2/catch.hpp>

#include "projections/live_views.h"
#include "tests/projections_author.h"
#include "tests/temporary_directory.h"

namespace greffe::projections_test {

inline void must(const Result<void, ViewFailure>& result) {
  if (!result) FAIL("the views failed: " << result.error().detail);
}

// Views that apply nothing by themselves, unless the options say so.
inline std::unique_ptr<Views> open_views(const std::filesystem::path& dir, const Log& log,
                                         Views::Options options = {4096, false}, ExtraViews extra = {},
                                         Views::OnFailure on_failure = {}) {
  auto views = LiveViews::open(dir, log, options, std::move(on_failure), std::move(extra));
  if (!views) FAIL("the views did not open: " << views.error().detail);
  return std::move(*views);
}

inline void catch_up(Views& views) { must(views.catch_up({})); }

inline Views::Rebuilt rebuild(Views& views) {
  auto rebuilt = views.rebuild({});
  if (!rebuilt) FAIL("the rebuild failed: " << rebuilt.error().detail);
  return *rebuilt;
}

// A history with its views, for given / when / then.
struct Scene {
  History history;
  TemporaryDirectory dir;
  std::unique_ptr<Views> views = open_views(dir.path(), history.log());

  std::shared_ptr<const Snapshot> now() {
    catch_up(*views);
    return views->snapshot();
  }
};

inline bool same(const ViewsDigest& a, const ViewsDigest& b) {
  return a.position == b.position && a.all == b.all && a.by_view == b.by_view;
}

}  // namespace greffe::projections_test
