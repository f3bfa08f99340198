// The names of all events there are.
#pragma once

#include <type_traits>
#include <utility>
#include <variant>

#include "events/record.h"

namespace greffe {

// Calls f(EventName) for every event type.
template <class F, class Variant = Event, std::size_t I = 0>
void for_each_event_name(F&& f) {
  if constexpr (I < std::variant_size_v<Variant>) {
    using T = std::variant_alternative_t<I, Variant>;
    if constexpr (requires { T::name; }) f(T::name);
    else for_each_event_name<F, T>(std::forward<F>(f));
    for_each_event_name<F, Variant, I + 1>(std::forward<F>(f));
  }
}

}  // namespace greffe
