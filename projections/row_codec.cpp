#include "projections/row_codec.h"

#include <cstdint>
#include <cstring>
#include <vector>

#include "events/table_codec.h"
#include "projections/clocks/sla.h"
#include "projections/clocks/work_time.h"
#include "projections/directory_rows.h"
#include "projections/rows_generated.h"
#include "projections/ticket_row.h"
#include "projections/view_failure.h"
#include "projections/views/history_view.h"

namespace greffe {
namespace {

// The schema's table for each row type: it brings the verifier.
template <class Row>
struct Schema;
template <>
struct Schema<TicketRow> : std::type_identity<rows::Ticket> {};
template <>
struct Schema<HistoryRow> : std::type_identity<rows::TicketHistory> {};
template <>
struct Schema<ContactRow> : std::type_identity<rows::Contact> {};
template <>
struct Schema<OrganisationRow> : std::type_identity<rows::Organisation> {};
template <>
struct Schema<AgentRow> : std::type_identity<rows::Agent> {};
template <>
struct Schema<TeamRow> : std::type_identity<rows::Team> {};
template <>
struct Schema<SlaRow> : std::type_identity<rows::Sla> {};
template <>
struct Schema<SlaTargetsDefined> : std::type_identity<wire::SlaTargetsDefined> {};
template <>
struct Schema<WorkSession> : std::type_identity<rows::WorkSession> {};
template <>
struct Schema<AgentWork> : std::type_identity<rows::AgentWork> {};

// FlatBuffers reads scalars in place, so the buffer must be aligned for the widest.
bool is_aligned(std::string_view bytes) {
  return reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(std::max_align_t) == 0;
}

}  // namespace

template <class Row>
void encode_row(const Row& row, std::string& out) {
  thread_local table_codec::Builder builder(4096);
  builder.Clear();
  builder.Finish(table_codec::write(builder, row));
  out.assign(reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize());
}

template <class Row>
Row decode_row(std::string_view bytes) {
  std::vector<std::max_align_t> copy;
  if (!is_aligned(bytes)) {
    copy.resize(bytes.size() / sizeof(std::max_align_t) + 1);
    std::memcpy(copy.data(), bytes.data(), bytes.size());
    bytes = {reinterpret_cast<const char*>(copy.data()), bytes.size()};
  }
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  flatbuffers::Verifier verifier(data, bytes.size());
  if (!verifier.VerifyBuffer<typename Schema<Row>::type>(nullptr)) {
    throw ViewsUnreadable({ViewFailure::Kind::io, {}, "a row of the views is damaged: run `greffe rebuild`"});
  }
  Row row;
  table_codec::read(*flatbuffers::GetRoot<flatbuffers::Table>(data), row);
  return row;
}

#define GREFFE_ROW(Row)                               \
  template void encode_row(const Row&, std::string&); \
  template Row decode_row(std::string_view)
GREFFE_ROW(TicketRow);
GREFFE_ROW(HistoryRow);
GREFFE_ROW(ContactRow);
GREFFE_ROW(OrganisationRow);
GREFFE_ROW(AgentRow);
GREFFE_ROW(TeamRow);
GREFFE_ROW(SlaRow);
GREFFE_ROW(SlaTargetsDefined);
GREFFE_ROW(WorkSession);
GREFFE_ROW(AgentWork);
#undef GREFFE_ROW

}  // namespace greffe
