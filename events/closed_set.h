// A std::variant whose copying, moving, destruction and conversions are compiled once instead
// of in every file that touches one. With the fifty events of a ticket that is most of what
// the compiler would do otherwise, and nothing that a program notices at run time.
//
//   using Shape = ClosedSet<Circle, Square>;     // in the header
//   template struct CompiledSet<Shape>;          // in one .cpp (events/closed_set_members.h)
//
// It is visited, asked and compared like the variant that it is.
#pragma once

#include <type_traits>
#include <utility>
#include <variant>

namespace greffe {

template <class Set>
struct CompiledSet;

template <class... Es>
class ClosedSet : public std::variant<Es...> {
 public:
  using Alternatives = std::variant<Es...>;

  [[gnu::used]] ClosedSet();
  [[gnu::used]] ClosedSet(const ClosedSet&);
  [[gnu::used]] ClosedSet(ClosedSet&&) noexcept;
  [[gnu::used]] ClosedSet& operator=(const ClosedSet&);
  [[gnu::used]] ClosedSet& operator=(ClosedSet&&) noexcept;
  [[gnu::used]] ~ClosedSet();

  // One of the alternatives in place. Compiled where it is used: for the few that make many.
  template <class E, class... Args>
  explicit ClosedSet(std::in_place_type_t<E> type, Args&&... args) : Alternatives(type, std::forward<Args>(args)...) {}

  // From one of the alternatives, exactly.
  template <class E>
  requires(std::is_same_v<std::remove_cvref_t<E>, Es> || ...) ClosedSet(E&& value) : ClosedSet() {
    std::remove_cvref_t<E> own(std::forward<E>(value));
    set(std::move(own));
  }

 private:
  friend CompiledSet<ClosedSet>;
  template <class E>
  void set(E&& value);
};

}  // namespace greffe

template <class... Es>
struct std::variant_size<greffe::ClosedSet<Es...>> : std::variant_size<std::variant<Es...>> {};
template <std::size_t I, class... Es>
struct std::variant_alternative<I, greffe::ClosedSet<Es...>> : std::variant_alternative<I, std::variant<Es...>> {};
