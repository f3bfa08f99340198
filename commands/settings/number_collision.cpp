#include <bitset>
#include <set>

#include "commands/settings/number_formats.h"
#include "commands/settings/number_pattern.h"
#include "events/check.h"

namespace greffe {
namespace {

using Kind = PatternPart::Kind;
using Characters = std::bitset<128>;

Characters range(char first, char last) {
  Characters set;
  for (char c = first; c <= last; ++c) set.set(static_cast<std::size_t>(c));
  return set;
}

const Characters zero = range('0', '0'), nonzero = range('1', '9'), digit = range('0', '9');

// The numbers that a pattern gives, as a finite automaton without empty steps. States are
// numbered in the order they are made; 0 is the start.
class Automaton {
 public:
  struct Edge {
    std::size_t to;
    Characters on;
  };

  explicit Automaton(const std::vector<PatternPart>& parts) {
    for (const PatternPart& part : parts) add(part);
  }

  const std::vector<Edge>& edges(std::size_t state) const { return edges_[state]; }
  std::size_t accepting() const { return end_; }

 private:
  std::size_t state() {
    edges_.emplace_back();
    return edges_.size() - 1;
  }
  void edge(std::size_t from, std::size_t to, const Characters& on) { edges_[from].push_back({to, on}); }
  std::size_t then(std::size_t from, const Characters& on) {
    const std::size_t to = state();
    edge(from, to, on);
    return to;
  }
  void append(const Characters& on) { end_ = then(end_, on); }
  void append_digits(int count) {
    for (int i = 0; i < count; ++i) append(digit);
  }

  void add(const PatternPart& part) {
    switch (part.kind) {
      case Kind::literal: return append(range(part.literal, part.literal));
      case Kind::year4: return append_digits(4);
      case Kind::year2: return append_digits(2);
      case Kind::month: return add_either({{zero, nonzero}, {range('1', '1'), range('0', '2')}});
      case Kind::day:
        return add_either({{zero, nonzero}, {range('1', '2'), digit}, {range('3', '3'), range('0', '1')}});
      case Kind::sequence: return add_sequence(part.digits);
    }
  }

  // Two characters, by one of the ways.
  void add_either(std::initializer_list<std::pair<Characters, Characters>> ways) {
    const std::size_t end = state();
    for (const auto& [first, second] : ways) edge(then(end_, first), end, second);
    end_ = end;
  }

  // From 1 on: filled up with zeros to `digits`, or longer and then without any in front.
  void add_sequence(std::size_t digits) {
    const std::size_t begin = end_, end = state();
    std::size_t zeros = begin, some = 0;  // after so many zeros, and with a digit above
    for (std::size_t i = 1; i <= digits; ++i) {
      const std::size_t after = i == digits ? end : state();
      edge(zeros, after, nonzero);
      if (some != 0) edge(some, after, digit);
      if (i < digits) zeros = then(zeros, zero);
      some = after;
    }
    std::size_t longer = then(begin, nonzero);
    for (std::size_t i = 1; i < digits; ++i) longer = then(longer, digit);
    edge(longer, longer, digit);
    edge(longer, end, digit);
    end_ = end;
  }

  std::vector<std::vector<Edge>> edges_ = {{}};
  std::size_t end_ = 0;
};

Automaton automaton_of(std::string_view pattern) {
  const auto parts = parse_pattern(pattern);
  GREFFE_CHECK(parts.has_value(), "only patterns that parse are compared");
  return Automaton(*parts);
}

}  // namespace

// Walks both automata at once: they collide if some text leads both to their ends.
bool patterns_collide(std::string_view one, std::string_view other) {
  const Automaton a = automaton_of(one), b = automaton_of(other);
  using Pair = std::pair<std::size_t, std::size_t>;
  std::set<Pair> seen = {{0, 0}};
  std::vector<Pair> open = {{0, 0}};
  while (!open.empty()) {
    const auto [in_a, in_b] = open.back();
    open.pop_back();
    if (in_a == a.accepting() && in_b == b.accepting()) return true;
    for (const auto& x : a.edges(in_a)) {
      for (const auto& y : b.edges(in_b)) {
        if ((x.on & y.on).any() && seen.emplace(x.to, y.to).second) open.emplace_back(x.to, y.to);
      }
    }
  }
  return false;
}

}  // namespace greffe
