#include "tools/store.h"

#include <fmt/format.h>

#include "storage/rocksdb_log.h"

namespace greffe {
namespace {

std::string describe_failure(std::string_view what, std::string_view kind, Position position,
                             const std::string& detail) {
  if (position.value == 0) return fmt::format("{} {}: {}", what, kind, detail);
  return fmt::format("{} {} at position {}: {}", what, kind, position.value, detail);
}

}  // namespace

std::string describe(const LogFailure& f) { return describe_failure("log", name_of(f.kind), f.position, f.detail); }
std::string describe(const ViewFailure& f) { return describe_failure("views", name_of(f.kind), f.position, f.detail); }
std::string describe_search(const ViewFailure& f) {
  return describe_failure("search", name_of(f.kind), f.position, f.detail);
}

Result<std::unique_ptr<Store>, std::string> Store::open(const std::filesystem::path& dir, const StoreOptions& options,
                                                        const Clock& clock, OnFailure on_failure) {
  std::unique_ptr<Store> store(new Store);
  auto log = open_rocksdb_log(dir);
  if (!log) return fail(describe(log.error()));
  store->log_ = std::move(*log);

  auto writer = Writer::start(*store->log_, clock, options.writer,
                              [on_failure](const LogFailure& failure) { on_failure(describe(failure)); });
  if (!writer) return fail(describe(writer.error()));
  store->writer_ = std::move(*writer);
  auto laid = lay_down_profile(*store->writer_, *store->log_, options.profile, options.time_zone);
  if (!laid) return fail(std::move(laid.error()));

  auto views = Views::open(dir, *store->log_, options.views,
                           [on_failure](const ViewFailure& failure) { on_failure(describe(failure)); });
  if (!views) return fail(describe(views.error()));
  store->views_ = std::move(*views);
  if (options.with_search) {
    auto search = SearchIndex::open(dir, *store->log_, {}, [told = options.on_search_failure](const ViewFailure& why) {
      if (told) told(describe_search(why));
    });
    if (!search) return fail(describe_search(search.error()));
    store->search_ = std::move(*search);
  }
  if (options.with_documents) {
    auto documents = BlobStore::open(dir / "blobs");
    if (!documents) return fail("documents: " + documents.error().detail);
    store->documents_ = std::move(*documents);
  }
  return store;
}

Store::~Store() {
  if (writer_) writer_->stop();
  if (log_) log_->stop_waiting();
  if (search_) search_->stop();
  if (views_) views_->stop();
}

}  // namespace greffe
