#include "commands/texts/template_field.h"

#include <fmt/format.h>

namespace greffe {
namespace {

constexpr std::size_t faults_named_max = 10;

}  // namespace

void check_template(std::string_view field, std::string_view text, TextRule rule, TextPurpose purpose,
                    FieldFaults& faults) {
  FieldFaults own;
  check_text(field, text, rule, own);
  if (!own.empty()) {
    check_text(field, text, rule, faults);
    return;
  }
  auto found = check(text, purpose);
  if (found.size() > faults_named_max) found.resize(faults_named_max);
  for (const TemplateFault& fault : found) {
    if (fault.code == TemplateFaultCode::unknown_variable) {
      faults.add(fmt::format("{}.{}", field, fault.name), FieldCode::unknown_variable);
    } else {
      faults.add(field, FieldCode::malformed);
    }
  }
}

}  // namespace greffe
