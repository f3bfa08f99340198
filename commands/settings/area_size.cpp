#include "commands/settings/area_size.h"

#include <limits>

#include "commands/field_rules.h"

namespace greffe {
namespace {

std::size_t bytes_of(const SettingsEvent& area) {
  Record record;
  record.event = area;
  std::string bytes;
  return encode(record, bytes) ? bytes.size() : std::numeric_limits<std::size_t>::max();
}

struct Longest {
  std::string field;
  std::size_t bytes = 0;
};

// The field of `part` that takes most where it stands alone; of a part of a part, that one's field.
// bytes_with(part) is the length of an area that holds nothing else.
template <HasFields Part, class BytesWith>
Longest longest_field(const Part& part, const BytesWith& bytes_with) {
  Longest longest;
  for_each_field<Part>([&](const auto& f, std::size_t) {
    using Member = typename std::remove_cvref_t<decltype(f)>::type;
    const auto bytes_of_member = [&](const Member& member) {
      Part alone;
      alone.*(f.member) = member;
      return bytes_with(alone);
    };
    const auto bytes = bytes_of_member(part.*(f.member));
    if (bytes <= longest.bytes) return;
    longest = {f.name, bytes};
    if constexpr (HasFields<Member>) {
      longest.field += "." + longest_field(part.*(f.member), bytes_of_member).field;
    }
  });
  return longest;
}

}  // namespace

std::optional<Rejection> area_size_fault(const SettingsEvent& wanted) {
  if (bytes_of(wanted) <= area_bytes_max) return std::nullopt;
  FieldFaults faults;
  std::visit(
      [&]<class Area>(const Area& area) {
        const auto longest = longest_field(area, [](const Area& alone) { return bytes_of(alone); });
        faults.add(longest.field, FieldCode::too_long);
      },
      wanted);
  return faults.refuse().value();
}

}  // namespace greffe
