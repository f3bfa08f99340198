#include "projections/view_meta.h"

#include "projections/row_keys.h"
#include "projections/view_set.h"

namespace greffe {
namespace {

constexpr std::string_view seen_key = "seen";
constexpr std::string_view version_prefix = "version/";
constexpr std::string_view parked_prefix = "parked/";
constexpr std::size_t number_bytes = sizeof(std::uint64_t);

std::string key_of(std::string_view prefix, std::string_view view) { return std::string(prefix).append(view); }

template <class T>
T required(const std::optional<T>& value) {
  if (value) return *value;
  throw ViewsUnreadable({ViewFailure::Kind::io, {}, "what is kept about the views is damaged: run `greffe rebuild`"});
}

}  // namespace

ViewMeta read_view_meta(const RowSource& rows) {
  ViewMeta meta;
  std::string value;
  if (rows.get(ViewSet::meta, seen_key, value)) {
    RowKeyReader reader(value);
    meta.seen.position = Position{required(reader.number())};
    meta.seen.recorded_at = required(reader.instant());
  }
  for (const auto scan = rows.scan(ViewSet::meta, version_prefix); scan->next();) {
    meta.versions[std::string(scan->key().substr(version_prefix.size()))] = required(read_number(scan->value()));
  }
  for (const auto scan = rows.scan(ViewSet::meta, parked_prefix); scan->next();) {
    const Position position{required(read_number(scan->value().substr(0, number_bytes)))};
    meta.parked.push_back({std::string(scan->key().substr(parked_prefix.size())), position,
                           std::string(scan->value().substr(number_bytes))});
  }
  return meta;
}

void put_seen(RowBatch& batch, const Seen& seen) {
  batch.put(ViewSet::meta, seen_key, RowKey().add(seen.position.value).add(seen.recorded_at));
}

void put_version(RowBatch& batch, std::string_view view, std::uint64_t version) {
  batch.put(ViewSet::meta, key_of(version_prefix, view), RowKey().add(version));
}

void put_parked(RowBatch& batch, const ParkedView& parked) {
  batch.put(ViewSet::meta, key_of(parked_prefix, parked.view),
            std::string(RowKey().add(parked.position.value).view()) + parked.cause);
}

}  // namespace greffe
