// Compares the rows' field lists with the compiled schemas: the codec follows the lists, so
// a difference would write rows that the verifier does not know.
#include <catch2/catch.hpp>
#include <flatbuffers/reflection.h>

#include <fstream>
#include <set>
#include <string>

#include "projections/catalogue_rows.h"
#include "projections/clocks/clock_end.h"
#include "projections/clocks/sla.h"
#include "projections/clocks/work_time.h"
#include "projections/directory_rows.h"
#include "projections/reports/dimensions.h"
#include "projections/row_codec.h"
#include "projections/ticket_parts.h"
#include "projections/ticket_row.h"
#include "projections/view_failure.h"
#include "projections/views/history_view.h"
#include "tests/events_samples.h"
#include "tests/places.h"

namespace greffe {

// Events need no comparison but here, where one is part of a row.
static bool operator==(const PointsBooked& a, const PointsBooked& b) { return same_fields(a, b); }

namespace {

using reflection::BaseType;

const reflection::Schema& schema() {
  static const std::string bytes = [] {
    std::ifstream in(test::build_dir() / "generated/projections/rows.bfbs", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }();
  flatbuffers::Verifier verifier(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  if (!reflection::VerifySchemaBuffer(verifier)) throw std::runtime_error("rows.bfbs is no schema");
  return *reflection::GetSchema(bytes.data());
}

const reflection::Object& table(int index) { return *schema().objects()->Get(static_cast<unsigned>(index)); }

// Null if there is none. FlatBuffers' own look-up by key does not pass GCC's warnings.
template <class Named>
const Named* by_name(const flatbuffers::Vector<flatbuffers::Offset<Named>>& all, const std::string& name) {
  for (const Named* one : all) {
    if (one->name()->str() == name) return one;
  }
  return nullptr;
}

template <HasFields T>
void compare(const reflection::Object& object);

// The tables that compare() saw.
std::set<std::string>& compared() {
  static std::set<std::string> names;
  return names;
}

template <class T>
struct Type {
  static constexpr BaseType base = [] {
    if (std::is_same_v<T, bool>) return BaseType::Bool;
    if (std::is_enum_v<T>) return BaseType::UByte;
    if (std::is_same_v<T, Instant> || std::is_same_v<T, Milliseconds>) return BaseType::Long;
    if (std::is_same_v<T, Version> || std::is_same_v<T, std::uint32_t>) return BaseType::UInt;
    if (std::is_same_v<T, std::string>) return BaseType::String;
    return BaseType::Obj;
  }();
  static void check(BaseType found, int index) {
    CHECK(found == base);
    if constexpr (NamedEnum<T>) CHECK(schema().enums()->Get(static_cast<unsigned>(index))->values()->size() == names());
    if constexpr (HasFields<T>) compare<T>(table(index));
  }
  static std::size_t names() { return names_of(T{}).size(); }
};
template <>
struct Type<Personal> {
  static void check(BaseType found, int index) {
    CHECK(found == BaseType::Obj);
    CHECK(table(index).name()->str() == "greffe.wire.Personal");
  }
};
template <class Tag>
struct Type<Id<Tag>> {
  static void check(BaseType found, int) { CHECK(found == BaseType::ULong); }
};
template <>
struct Type<std::uint64_t> : Type<Position> {};

template <class T>
void check_type(const reflection::Type& type, const std::optional<T>*) {
  Type<T>::check(type.base_type(), type.index());
}
template <class T>
void check_type(const reflection::Type& type, const std::vector<T>*) {
  CHECK(type.base_type() == BaseType::Vector);
  Type<T>::check(type.element(), type.index());
}
template <class T>
void check_type(const reflection::Type& type, const T*) {
  Type<T>::check(type.base_type(), type.index());
}

template <HasFields T>
void compare(const reflection::Object& object) {
  CAPTURE(object.name()->str());
  compared().insert(object.name()->str());
  REQUIRE(object.fields()->size() == std::tuple_size_v<std::remove_cvref_t<decltype(T::fields)>>);
  for_each_field<T>([&](const auto& f, std::size_t i) {
    CAPTURE(f.name);
    const auto* in_schema = by_name(*object.fields(), f.name);
    REQUIRE(in_schema != nullptr);
    CHECK(in_schema->id() == i);
    // The codec takes zero for what is not written, save where the field list says otherwise.
    CHECK(in_schema->default_integer() == (f.on_by_default ? 1 : 0));
    check_type(*in_schema->type(), static_cast<typename std::remove_cvref_t<decltype(f)>::type*>(nullptr));
  });
}

template <HasFields T>
void compare(const char* name) {
  const auto* object = by_name(*schema().objects(), name);
  CAPTURE(name);
  REQUIRE(object != nullptr);
  compare<T>(*object);
}

// Encodes and decodes a full row and an empty one; every byte counts.
template <class Row>
void check_round_trip() {
  std::uint64_t drawn = 0;
  Filler filler([&](std::uint64_t below) { return ++drawn % below; }, true);
  Row full;
  filler.fill(full);
  for (const Row& row : {full, Row{}}) {
    std::string bytes, again;
    encode_row(row, bytes);
    const Row read = decode_row<Row>(bytes);
    CHECK(same_fields(read, row));
    encode_row(read, again);
    CHECK(again == bytes);
    CHECK(same_fields(decode_row<Row>((" " + bytes).substr(1)), row));
    CHECK(same_fields(decode_row<Row>(std::string_view(again = " " + bytes).substr(1)), row));  // not aligned
    CHECK_THROWS_AS(decode_row<Row>(std::string_view(bytes).substr(0, bytes.size() / 2)), ViewsUnreadable);
    CHECK_THROWS_AS(decode_row<Row>(std::string(bytes.size(), '\xff')), ViewsUnreadable);
    CHECK_THROWS_AS(decode_row<Row>(""), ViewsUnreadable);
  }
}

}  // namespace

TEST_CASE("every row's field list is its table in the schema, parts included") {
  compare<TicketRow>("greffe.rows.Ticket");
  compare<TicketParts>("greffe.rows.TicketParts");
  compare<HistoryRow>("greffe.rows.TicketHistory");
  compare<ContactRow>("greffe.rows.Contact");
  compare<OrganisationRow>("greffe.rows.Organisation");
  compare<AgentRow>("greffe.rows.Agent");
  compare<TeamRow>("greffe.rows.Team");
  compare<CannedReplyRow>("greffe.rows.CannedReply");
  compare<TextTemplateRow>("greffe.rows.TextTemplate");
  compare<ContextRow>("greffe.rows.Context");
  compare<SavedViewRow>("greffe.rows.SavedView");
  compare<ContractRow>("greffe.rows.Contract");
  compare<BookingRow>("greffe.rows.Booking");
  compare<SlaRow>("greffe.rows.Sla");
  compare<SlaMemory>("greffe.rows.SlaMemory");
  compare<WorkSession>("greffe.rows.WorkSession");
  compare<AgentWork>("greffe.rows.AgentWork");
  compare<ClockEnd>("greffe.rows.ClockEnd");
  compare<DimensionsChange>("greffe.rows.DimensionsChange");
  compare<SlaTargetsDefined>("greffe.wire.SlaTargetsDefined");
  compare<StatusesDefined>("greffe.wire.StatusesDefined");
  compare<StatusAt>("greffe.wire.StatusAt");
  for (const auto* object : *schema().objects()) {
    const auto name = object->name()->str();
    INFO(name);
    if (name.starts_with("greffe.rows.")) CHECK(compared().contains(name));
  }
}

TEST_CASE("rows survive their bytes, and damaged bytes are refused") {
  check_round_trip<TicketRow>();
  check_round_trip<TicketParts>();
  check_round_trip<HistoryRow>();
  check_round_trip<ContactRow>();
  check_round_trip<OrganisationRow>();
  check_round_trip<AgentRow>();
  check_round_trip<TeamRow>();
  check_round_trip<CannedReplyRow>();
  check_round_trip<TextTemplateRow>();
  check_round_trip<ContextRow>();
  check_round_trip<SavedViewRow>();
  check_round_trip<ContractRow>();
  check_round_trip<BookingRow>();
  check_round_trip<SlaRow>();
  check_round_trip<SlaMemory>();
  check_round_trip<WorkSession>();
  check_round_trip<AgentWork>();
  check_round_trip<ClockEnd>();
  check_round_trip<DimensionsChange>();
  check_round_trip<SlaTargetsDefined>();
  check_round_trip<StatusesDefined>();
  check_round_trip<StatusAt>();
}

}  // namespace greffe
