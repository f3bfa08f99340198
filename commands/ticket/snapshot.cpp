#include "commands/ticket/snapshot.h"

#include "commands/ticket/snapshot_generated.h"
#include "events/table_codec.h"

namespace greffe {
namespace {

struct TicketSnapshot {
  std::uint32_t format = 0;
  TicketState state;
  static constexpr auto fields =
      std::make_tuple(field("format", &TicketSnapshot::format), field("state", &TicketSnapshot::state));
};

}  // namespace

std::string encode_snapshot(const TicketState& state) {
  thread_local table_codec::Builder builder(1024);
  builder.Clear();
  builder.Finish(table_codec::write(builder, TicketSnapshot{snapshot_format, state}));
  return {reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize()};
}

// A string of its own is aligned as FlatBuffers wants it.
std::optional<TicketState> decode_snapshot(const std::string& bytes) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  flatbuffers::Verifier verifier(data, bytes.size());
  if (!verifier.VerifyBuffer<wire::TicketSnapshot>(nullptr)) return std::nullopt;
  TicketSnapshot snapshot;
  table_codec::read(*flatbuffers::GetRoot<flatbuffers::Table>(data), snapshot);
  if (snapshot.format != snapshot_format) return std::nullopt;
  return std::move(snapshot.state);
}

}  // namespace greffe
