// The bodies of ClosedSet, for the one file that instantiates a set.
#pragma once

#include <tuple>

#include "events/closed_set.h"

namespace greffe {

template <class... Es>
ClosedSet<Es...>::ClosedSet() = default;
template <class... Es>
ClosedSet<Es...>::ClosedSet(const ClosedSet&) = default;
template <class... Es>
ClosedSet<Es...>::ClosedSet(ClosedSet&&) noexcept = default;
template <class... Es>
ClosedSet<Es...>& ClosedSet<Es...>::operator=(const ClosedSet&) = default;
template <class... Es>
ClosedSet<Es...>& ClosedSet<Es...>::operator=(ClosedSet&&) noexcept = default;
template <class... Es>
ClosedSet<Es...>::~ClosedSet() = default;

template <class... Es>
template <class E>
void ClosedSet<Es...>::set(E&& value) {
  this->template emplace<std::remove_cvref_t<E>>(std::forward<E>(value));
}

// Its instantiation compiles all of the set: the class by deriving a use of every member, the
// conversions by their addresses.
template <class... Es>
struct CompiledSet<ClosedSet<Es...>> {
  using Set = ClosedSet<Es...>;
  static Set copied(const Set& set) { return set; }
  static Set moved(Set&& set) { return std::move(set); }
  static void assign(Set& to, const Set& from) { to = from; }
  static void move_in(Set& to, Set&& from) { to = std::move(from); }
  static inline const auto conversions = std::make_tuple(&Set::template set<Es>...);
};

}  // namespace greffe
