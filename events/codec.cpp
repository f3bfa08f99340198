#include "events/codec.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

#include "events/check.h"
#include "events/record_generated.h"
#include "events/table_codec.h"

namespace greffe {
namespace {

constexpr std::size_t envelope_fields = std::tuple_size_v<std::remove_cvref_t<decltype(Envelope::fields)>>;
constexpr auto event_type_slot = table_codec::slot(envelope_fields);
constexpr auto event_slot = table_codec::slot(envelope_fields + 1);
static_assert(event_type_slot == wire::Record::VT_EVENT_TYPE && event_slot == wire::Record::VT_EVENT,
              "the envelope's field list and record.fbs differ");

// FlatBuffers reads scalars in place, so the buffer must be aligned for the widest.
constexpr std::size_t alignment = alignof(std::max_align_t);

std::pair<std::uint8_t, table_codec::Child> write_event(table_codec::Builder& builder, const Event& event) {
  return std::visit(
      [&](const auto& of_aggregate) {
        return std::visit([&](const auto& e) { return std::pair(e.name.wire_id, table_codec::write(builder, e).o); },
                          of_aggregate);
      },
      event);
}

// Tries the alternatives of one aggregate's variant; true if `type` is one of them.
template <class Aggregate, std::size_t I = 0>
bool read_event_of(std::uint8_t type, const flatbuffers::Table& table, Event& out) {
  if constexpr (I == std::variant_size_v<Aggregate>) {
    return false;
  } else {
    using E = std::variant_alternative_t<I, Aggregate>;
    if (type != E::name.wire_id) return read_event_of<Aggregate, I + 1>(type, table, out);
    auto& of_aggregate = out.emplace<Aggregate>(std::in_place_type<E>);
    table_codec::read(table, std::get<E>(of_aggregate));
    return true;
  }
}

template <std::size_t... I>
bool read_event(std::uint8_t type, const flatbuffers::Table& table, Event& out, std::index_sequence<I...>) {
  return (read_event_of<std::variant_alternative_t<I, Event>>(type, table, out) || ...);
}

// Our own records share nothing and are a few tables deep. Foreign ones may use one table
// many times over, which would make a short buffer a huge record: these bounds prevent it.
constexpr flatbuffers::uoffset_t depth_max = 16;
constexpr flatbuffers::uoffset_t tables_max(std::size_t bytes) {
  return static_cast<flatbuffers::uoffset_t>(std::max(bytes, record_bytes_max) / 8);
}

std::size_t bytes_max_of(const Event& event) {
  return std::holds_alternative<SettingsEvent>(event) ? settings_record_bytes_max : record_bytes_max;
}

std::optional<Damage> decode_aligned(const std::uint8_t* data, std::size_t size, Record& out) {
  flatbuffers::Verifier verifier(data, size, depth_max, tables_max(size));
  if (!wire::VerifyRecordBuffer(verifier)) return Damage::not_a_record;
  const auto& table = *flatbuffers::GetRoot<flatbuffers::Table>(data);
  const auto* event = table.GetPointer<const flatbuffers::Table*>(event_slot);
  if (event == nullptr) return Damage::not_a_record;
  out = Record{};
  table_codec::read(table, out.envelope);
  const auto type = table.GetField<std::uint8_t>(event_type_slot, 0);
  if (!read_event(type, *event, out.event, std::make_index_sequence<std::variant_size_v<Event>>{})) {
    return Damage::unknown_event;
  }
  if (size > bytes_max_of(out.event)) return Damage::not_a_record;
  return std::nullopt;
}

}  // namespace

bool encode(const Record& record, std::string& out) {
  thread_local table_codec::Builder builder(1024);
  builder.Clear();
  const auto [type, event] = write_event(builder, record.event);
  const auto root = table_codec::write_with(builder, record.envelope, [&, t = type, e = event] {
    builder.AddElement<std::uint8_t>(event_type_slot, t, 0);
    builder.AddOffset(event_slot, flatbuffers::Offset<void>(e));
  });
  builder.Finish(root, wire::RecordIdentifier());
  out.clear();
  if (builder.GetSize() > bytes_max_of(record.event)) return false;
  out.assign(reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize());
  return true;
}

std::optional<Damage> decode_into(std::string_view bytes, Record& out) {
  if (bytes.size() > settings_record_bytes_max) return Damage::not_a_record;
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  if (reinterpret_cast<std::uintptr_t>(data) % alignment == 0) return decode_aligned(data, bytes.size(), out);
  if (bytes.size() > record_bytes_max) {
    const auto copy = std::make_unique<std::uint8_t[]>(bytes.size());
    std::memcpy(copy.get(), data, bytes.size());
    return decode_aligned(copy.get(), bytes.size(), out);
  }
  alignas(alignment) thread_local std::uint8_t copy[record_bytes_max];
  std::memcpy(copy, data, bytes.size());
  return decode_aligned(copy, bytes.size(), out);
}

Result<Record, Damage> decode(std::string_view bytes) {
  Record record;
  if (const auto damage = decode_into(bytes, record)) return fail(*damage);
  return record;
}

std::string_view event_name(const Event& event) {
  return std::visit(
      [](const auto& of_aggregate) {
        return std::visit([](const auto& e) { return std::string_view(e.name.text); }, of_aggregate);
      },
      event);
}

}  // namespace greffe
