#include "commands/settings/list_rules.h"
#include "commands/settings/number_formats.h"
#include "commands/settings/rules.h"

namespace greffe {
namespace {

using namespace settings_rules;

// Formats of one pattern share its series, hence never give a number twice.
bool collides_before(const std::vector<NumberFormat>& formats, std::size_t i) {
  const auto here = formats.begin() + static_cast<std::ptrdiff_t>(i);
  return std::any_of(formats.begin(), here, [&](const NumberFormat& other) {
    return other.pattern != formats[i].pattern && !pattern_fault(other.pattern) &&
           patterns_collide(other.pattern, formats[i].pattern);
  });
}

}  // namespace

std::optional<Rejection> settings_fault(const Settings&, const NumberingDefined& wanted) {
  FieldFaults faults;
  const auto& formats = wanted.formats;
  check_each("formats", formats, area_limits::number_formats_max, faults,
             [&](const NumberFormat& format, const std::string& at, auto i) {
               check_unique(at + ".kinds", format.kinds, faults);
               if (const auto fault = pattern_fault(format.pattern)) faults.add(at + ".pattern", *fault);
               else if (collides_before(formats, i)) faults.add(at + ".pattern", FieldCode::collides);
             });
  for (const TicketKind kind : {TicketKind::internal, TicketKind::external}) {
    if (format_for(wanted, kind) == nullptr) faults.add("formats", FieldCode::required);
  }
  return refusal(faults);
}

}  // namespace greffe
