// Results that carry either a value or the reason why there is none.
#pragma once

#include <tl/expected.hpp>

namespace greffe {

// Either a T or an E; callers must look before they take (`if (!result) …`).
template <class T, class E>
using Result = tl::expected<T, E>;

// Makes the failing side: `return fail(Damage{…});`
template <class E>
auto fail(E error) {
  return tl::unexpected<E>(std::move(error));
}

// Lambdas as one visitor: std::visit(overloaded{[](A) {}, [](B) {}}, variant).
template <class... Fs>
struct overloaded : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
overloaded(Fs...) -> overloaded<Fs...>;

}  // namespace greffe
