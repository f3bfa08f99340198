#include "projections/clocks/sla_memory.h"

#include <algorithm>
#include <tuple>

namespace greffe {

const OpenQuestion* oldest(const std::vector<OpenQuestion>& questions) {
  const auto found =
      std::min_element(questions.begin(), questions.end(), [](const OpenQuestion& a, const OpenQuestion& b) {
        return std::tie(a.asked_at, a.asked_by) < std::tie(b.asked_at, b.asked_by);
      });
  return found == questions.end() ? nullptr : &*found;
}

void note(std::vector<OpenQuestion>& questions, const OpenQuestion& question) {
  for (OpenQuestion& known : questions) {
    if (known.through != question.through) continue;
    if (question.asked_at < known.asked_at) known = question;
    return;
  }
  questions.push_back(question);
}

}  // namespace greffe
