// The bodies that all kinds of entries have: create, change, deactivate, reactivate.
#pragma once

#include "commands/limits.h"
#include "http/command_bodies.h"

namespace greffe {

// `one` is what people call such an entry: "a canned reply".
template <class Family, class Create, class Details, class Change>
AggregateBodies entry_bodies(StreamKind kind, std::string plural, const std::string& one,
                             const Inputs<Details>& details, const Inputs<Change>& change) {
  constexpr TextInput reason{limits::reason_bytes_max};
  return {kind,
          std::move(plural),
          command_body<Family, Create>("create", "Create " + one + ".", flattened(&Create::details, details)),
          {command_body<Family, Change>("change", "Change " + one + "; absent fields stay as they are.", change),
           command_body<Family, Deactivate>("deactivate", "Deactivate " + one + ".",
                                            {optional("reason", &Deactivate::reason, reason)}),
           command_body<Family, Reactivate>("reactivate", "Make " + one + " active again.",
                                            {optional("reason", &Reactivate::reason, reason)})}};
}

}  // namespace greffe
