#include "projections/search/search.h"

#include "projections/search/live_search.h"

namespace greffe {

SearchAudience SearchAudience::everything() {
  SearchAudience audience;
  audience.everything_ = true;
  return audience;
}

SearchAudience SearchAudience::public_texts_of(std::vector<ContactId> contacts,
                                               std::vector<OrganisationId> organisations) {
  SearchAudience audience;
  audience.contacts_ = std::move(contacts);
  audience.organisations_ = std::move(organisations);
  return audience;
}

Result<std::unique_ptr<SearchIndex>, ViewFailure> SearchIndex::open(const std::filesystem::path& dir, const Log& log,
                                                                    Options options, OnFailure on_failure) {
  auto generations = SearchGenerations::open(dir);
  if (!generations) return fail(generations.error());
  std::shared_ptr<SearchStore> live;
  for (const auto& path : generations->all()) {
    auto opened = SearchStore::open(path, log);
    if (!opened) return fail(opened.error());
    live = std::move(*opened);
    if (live) break;
  }
  if (!live) {
    auto made = SearchStore::make_serving(generations->next(), log);
    if (!made) return fail(made.error());
    live = std::move(*made);
  }
  generations->remove_all_but(live->path());
  auto index =
      std::make_unique<LiveSearch>(std::move(*generations), log, options, std::move(on_failure), std::move(live));
  index->start();
  return index;
}

}  // namespace greffe
