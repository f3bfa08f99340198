#include "projections/origins.h"

#include <unordered_set>
#include <utility>

namespace greffe {

std::vector<Origin> united_origins(Origin first, const PartsOf& parts_of, const ChildWanted& child_wanted) {
  std::unordered_set<TicketId> known = {first.ticket};
  std::vector<Origin> origins = {std::move(first)};
  const auto add = [&](const std::vector<TicketRef>& refs) {
    for (const TicketRef& ref : refs) {
      if (known.insert(ref.ticket).second) origins.push_back({ref.ticket, ref.number});
    }
  };
  for (std::size_t next = 0; next < origins.size(); ++next) {
    const auto parts = parts_of(origins[next].ticket);
    if (!parts) continue;
    add(parts->absorbed);
    if (!child_wanted) continue;
    auto children = parts->children;
    std::erase_if(children, [&](const TicketRef& child) { return !child_wanted(child.ticket); });
    add(children);
  }
  return origins;
}

}  // namespace greffe
