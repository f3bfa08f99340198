#include "projections/row_codec.h"

#include <cstdint>
#include <cstring>
#include <vector>

#include "events/table_codec.h"
#include "projections/catalogue_rows.h"
#include "projections/clocks/clock_end.h"
#include "projections/clocks/sla.h"
#include "projections/clocks/sla_memory.h"
#include "projections/clocks/work_time.h"
#include "projections/directory_rows.h"
#include "projections/reports/dimensions.h"
#include "projections/rows_generated.h"
#include "projections/ticket_parts.h"
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
struct Schema<TicketParts> : std::type_identity<rows::TicketParts> {};
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
struct Schema<CannedReplyRow> : std::type_identity<rows::CannedReply> {};
template <>
struct Schema<TextTemplateRow> : std::type_identity<rows::TextTemplate> {};
template <>
struct Schema<ContextRow> : std::type_identity<rows::Context> {};
template <>
struct Schema<SavedViewRow> : std::type_identity<rows::SavedView> {};
template <>
struct Schema<ContractRow> : std::type_identity<rows::Contract> {};
template <>
struct Schema<BookingRow> : std::type_identity<rows::Booking> {};
template <>
struct Schema<SlaRow> : std::type_identity<rows::Sla> {};
template <>
struct Schema<SlaMemory> : std::type_identity<rows::SlaMemory> {};
template <>
struct Schema<ClockEnd> : std::type_identity<rows::ClockEnd> {};
template <>
struct Schema<DimensionsChange> : std::type_identity<rows::DimensionsChange> {};
template <>
struct Schema<SlaTargetsDefined> : std::type_identity<wire::SlaTargetsDefined> {};
template <>
struct Schema<StatusAt> : std::type_identity<wire::StatusAt> {};
template <>
struct Schema<StatusesDefined> : std::type_identity<wire::StatusesDefined> {};
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
GREFFE_ROW(TicketParts);
GREFFE_ROW(HistoryRow);
GREFFE_ROW(ContactRow);
GREFFE_ROW(OrganisationRow);
GREFFE_ROW(AgentRow);
GREFFE_ROW(TeamRow);
GREFFE_ROW(CannedReplyRow);
GREFFE_ROW(TextTemplateRow);
GREFFE_ROW(ContextRow);
GREFFE_ROW(SavedViewRow);
GREFFE_ROW(ContractRow);
GREFFE_ROW(BookingRow);
GREFFE_ROW(SlaRow);
GREFFE_ROW(SlaMemory);
GREFFE_ROW(ClockEnd);
GREFFE_ROW(DimensionsChange);
GREFFE_ROW(SlaTargetsDefined);
GREFFE_ROW(StatusAt);
GREFFE_ROW(StatusesDefined);
GREFFE_ROW(WorkSession);
GREFFE_ROW(AgentWork);
#undef GREFFE_ROW

}  // namespace greffe
