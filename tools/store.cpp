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

// Puts the defaults into the log of a new store, so that every reader of the log sees the
// settings in force without knowing this program's defaults.
Result<void, std::string> lay_down_settings(Writer& writer, const std::string& time_zone) {
  Settings settings = default_settings();
  settings.tenant.time_zone = time_zone;
  const SettingsEvent areas[] = {settings.tenant, settings.statuses, settings.priorities, settings.sla};
  for (const SettingsEvent& area : areas) {
    CommandRequest request;
    request.command = ReplaceSettings{area};
    request.if_version = Version{0};
    const auto answer = writer.submit(std::move(request));
    // Stale: an earlier start laid this area down and was stopped before the next.
    if (!answer && answer.error().code != RejectionCode::stale_version) {
      std::string faults;
      for (const FieldFault& fault : answer.error().fields)
        faults += fmt::format(" {} {}", fault.field, name_of(fault.code));
      return fail(fmt::format("the default settings were refused: {}{}", name_of(answer.error().code), faults));
    }
  }
  return {};
}

}  // namespace

std::string describe(const LogFailure& f) { return describe_failure("log", name_of(f.kind), f.position, f.detail); }
std::string describe(const ViewFailure& f) { return describe_failure("views", name_of(f.kind), f.position, f.detail); }

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
  if (store->log_->tail() < Position{4}) {
    if (auto laid = lay_down_settings(*store->writer_, options.time_zone); !laid) return fail(laid.error());
  }

  auto views = Views::open(dir, *store->log_, options.views,
                           [on_failure](const ViewFailure& failure) { on_failure(describe(failure)); });
  if (!views) return fail(describe(views.error()));
  store->views_ = std::move(*views);
  return store;
}

Store::~Store() {
  if (writer_) writer_->stop();
  if (log_) log_->stop_waiting();
  if (views_) views_->stop();
}

}  // namespace greffe
