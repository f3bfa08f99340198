// Makes records of every event type by their field lists, so that a new field or event is
// in the tests of the codec, the JSON rendering and the golden bytes as soon as it exists.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "events/record.h"

namespace greffe {

// Fills a value by drawing numbers: `draw(n)` gives one below n. The source decides what
// comes out: a counter makes golden samples, RapidCheck makes properties.
class Filler {
 public:
  using Draw = std::function<std::uint64_t(std::uint64_t below)>;
  // With `always_some`, optional values are there and texts and lists are not empty.
  Filler(Draw draw, bool always_some) : draw_(std::move(draw)), always_some_(always_some) {}

  template <HasFields T>
  void fill(T& value) {
    for_each_field<T>([&](const auto& f, std::size_t) { fill(value.*(f.member)); });
  }
  template <class T>
  void fill(std::optional<T>& value) {
    if (!some()) return;
    fill(value.emplace());
  }
  template <class T>
  void fill(std::vector<T>& values) {
    values.resize(size());
    for (T& value : values) fill(value);
  }
  template <std::size_t Size>
  void fill(std::array<unsigned char, Size>& bytes) {
    for (auto& byte : bytes) byte = static_cast<unsigned char>(draw_(256));
  }
  template <class Tag>
  void fill(Id<Tag>& id) {
    id.value = number();
  }
  void fill(Version& version) { version.value = static_cast<std::uint32_t>(number()); }
  void fill(Instant& instant) {
    constexpr std::uint64_t start = 1'700'000'000'000'000;  // late in 2023; the span is some thirty years
    instant = Instant(std::chrono::microseconds(start + draw_(1'000'000'000'000'000)));
  }
  void fill(Milliseconds& duration) { duration = Milliseconds(1 + draw_(1'000'000'000)); }
  void fill(Personal& personal) { fill(personal.text); }
  void fill(bool& value) { value = some(); }
  void fill(StreamKind& kind) {
    kind = static_cast<StreamKind>(1 + draw_(static_cast<std::uint64_t>(last_stream_kind)));
  }
  template <NamedEnum E>
  void fill(E& value) {
    const std::size_t count = names_of(value).size();
    value = static_cast<E>(always_some_ && count > 1 ? 1 + draw_(count - 1) : draw_(count));
  }
  template <class T>
  requires(std::is_integral_v<T> && !std::is_same_v<T, bool>) void fill(T& value) {
    value = static_cast<T>(1 + draw_(std::numeric_limits<T>::max()));
  }
  void fill(std::string& text) {
    static const std::vector<std::string> pieces = {"a", "Z", " ", "é", "0", "\"", "\\", "\n", "👍", "/", "ß", "x"};
    for (std::size_t n = size(); n > 0; --n) text += pieces[draw_(pieces.size())];
  }

 private:
  bool some() { return always_some_ || draw_(2) == 1; }
  std::size_t size() { return static_cast<std::size_t>(always_some_ ? 2 : draw_(4)); }
  std::uint64_t number() { return 1 + draw_(1'000'000); }

  const Draw draw_;
  const bool always_some_;
};

// Calls f(aggregate, event) with a default event of every type in Event, in the order of
// the variants; `aggregate` is a default variant that has the event as an alternative.
template <class F>
void for_each_event_type(F&& f) {
  const auto each_of = [&]<class Aggregate>(Aggregate aggregate) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (f(aggregate, std::variant_alternative_t<I, Aggregate>{}), ...);
    }
    (std::make_index_sequence<std::variant_size_v<Aggregate>>{});
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) { (each_of(std::variant_alternative_t<I, Event>{}), ...); }
  (std::make_index_sequence<std::variant_size_v<Event>>{});
}

// One record of each event type, in that order.
inline std::vector<Record> sample_records(Filler& filler) {
  std::vector<Record> records;
  for_each_event_type([&](auto aggregate, auto event) {
    Record& record = records.emplace_back();
    filler.fill(record.envelope);
    filler.fill(event);
    aggregate = std::move(event);
    record.event = std::move(aggregate);
  });
  return records;
}

// Equality by the field lists.
inline bool same(const Record& a, const Record& b) {
  const auto same_events = [](const auto& x, const auto& y) {
    return std::visit(
        []<class X, class Y>(const X& left, const Y& right) {
          if constexpr (std::is_same_v<X, Y>) return same_fields(left, right);
          else return false;
        },
        x, y);
  };
  return same_fields(a.envelope, b.envelope) && std::visit(
                                                    [&]<class X, class Y>(const X& left, const Y& right) {
                                                      if constexpr (std::is_same_v<X, Y>)
                                                        return same_events(left, right);
                                                      else return false;
                                                    },
                                                    a.event, b.event);
}

}  // namespace greffe
