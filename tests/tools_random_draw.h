// What a random command is made of: everything about it comes from a few numbers, read digit by
// digit, so that RapidCheck can make a failing sequence smaller. 0 is always the plain choice.
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "events/ids.h"
#include "events/time.h"

namespace greffe {

// For RapidCheck's messages.
template <class Tag>
void showValue(Id<Tag> id, std::ostream& out) {
  out << id.value;
}

}  // namespace greffe

namespace greffe::random_desk {

class Draw {
 public:
  Draw(std::uint64_t number, std::uint64_t more, Instant now) : rest_(number), more_(more), now_(now) {}

  std::uint64_t below(std::uint64_t count) {
    if (rest_ == 0) rest_ = std::exchange(more_, 0);
    const auto drawn = rest_ % count;
    rest_ /= count;
    return drawn;
  }
  // False as a rule.
  bool one_in(std::uint64_t count) { return below(count) == count - 1; }

  template <class T>
  T of(std::initializer_list<T> values) {
    return values.begin()[below(values.size())];
  }
  template <class T>
  const T& of(const std::vector<T>& values) {
    return values[below(values.size())];
  }
  // Any of an enumeration's values.
  template <class E>
  E any() {
    return static_cast<E>(below(names_of(E{}).size()));
  }
  // Something now and then, nothing as a rule.
  template <class F>
  auto maybe(std::uint64_t one_in_count, F&& something) {
    using Something = std::optional<decltype(something())>;
    return one_in(one_in_count) ? Something(something()) : Something();
  }

  // A text that is there and fits, as a rule; `bytes_max` is the most that fits.
  std::string text(std::size_t bytes_max) {
    switch (below(16)) {
      case 0: return "Imprimante en panne";
      case 1: return "Réseau coupé au 2e étage";
      case 2: return "The invoice does not open";
      case 3: return std::string(bytes_max, 'm');
      case 12: return "";
      case 13: return std::string(bytes_max + 1, 'l');
      case 14: return "a bell\x07";
      case 15: return "half a letter \xc3";
      default: return "Texte " + std::to_string(below(5));
    }
  }
  std::string email() {
    return of({"anne@greffe.example", "ANNE@greffe.example", "paul@acme.example", "rosa@bolt.example", "x@y.example",
               "", "not an address"});
  }
  std::string url() {
    return of({"https://wiki.example/a", "https://wiki.example/b", "http://erp.example/7", "", "javascript:alert(1)"});
  }
  std::string external_id() { return of({"EXT-1", "", "EXT-2", "EXT-3"}); }
  // The number of a message, a document … of a ticket.
  std::uint32_t ordinal() { return of({1U, 2U, 3U, 4U, 0U, 99U}); }
  Instant instant() { return now_ + std::chrono::hours(24) * of({2, 1, 7, 0, -1, -3}); }

 private:
  std::uint64_t rest_;
  std::uint64_t more_;
  Instant now_;
};

}  // namespace greffe::random_desk
