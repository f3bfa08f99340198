// From a step, which is a few small integers, to a request: any command that there is, asked of
// something and by somebody. A command without a fill() of its own does not compile.
#pragma once

#include <ostream>
#include <typeinfo>

#include "tests/tools_random_entry_commands.h"
#include "tests/tools_random_settings.h"

namespace greffe::random_desk {

struct RandomStep {
  std::uint32_t what = 0;    // which command
  std::uint32_t who = 0;     // of what it is asked, and by whom
  std::uint32_t manner = 0;  // dry run, repeat, alone or in a group
  std::uint64_t with = 0;    // its arguments
  std::uint64_t more = 0;    // the rest of them
};
using RandomSteps = std::vector<RandomStep>;

inline void showValue(const RandomStep& step, std::ostream& out) {
  out << "{" << step.what << "u, " << step.who << "u, " << step.manner << "u, " << step.with << "u, " << step.more
      << "u}";
}

// One command of one aggregate; of the settings, one area.
struct Kind {
  std::string name;  // as the compiler writes it
  StreamKind stream = StreamKind::ticket;
  AnyCommand (*make)(Aim&) = nullptr;
};

template <class Set>
struct KindsOf {
  template <class Command>
  static AnyCommand make(Aim& aim) {
    Command command;
    fill(command, aim);
    return AnyCommand(Set(std::move(command)));
  }
  template <std::size_t... I>
  static void add(StreamKind stream, std::vector<Kind>& kinds, std::index_sequence<I...>) {
    (kinds.push_back({std::string(name_of_stream(stream)) + " " + typeid(std::variant_alternative_t<I, Set>).name(),
                      stream, &make<std::variant_alternative_t<I, Set>>}),
     ...);
  }
  static constexpr std::size_t count = std::variant_size_v<Set>;
  static std::string name_of_stream(StreamKind stream) { return std::to_string(static_cast<int>(stream)); }
};

template <>
struct KindsOf<ReplaceSettings> {
  template <class Area>
  static AnyCommand make(Aim& aim) {
    Area area;
    fill(area, aim);
    return AnyCommand(ReplaceSettings{SettingsEvent(std::move(area))});
  }
  template <std::size_t... I>
  static void add(StreamKind stream, std::vector<Kind>& kinds, std::index_sequence<I...>) {
    (kinds.push_back({std::string(std::variant_alternative_t<I, SettingsEvent>::name.text), stream,
                      &make<std::variant_alternative_t<I, SettingsEvent>>}),
     ...);
  }
  static constexpr std::size_t count = std::variant_size_v<SettingsEvent>;
};

// Every command, in the order of AnyCommand's alternatives, which is that of the kinds of streams.
inline const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = [] {
    std::vector<Kind> made;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (KindsOf<std::variant_alternative_t<I, AnyCommand>>::add(
           static_cast<StreamKind>(I + 1), made,
           std::make_index_sequence<KindsOf<std::variant_alternative_t<I, AnyCommand>>::count>{}),
       ...);
    }
    (std::make_index_sequence<std::variant_size_v<AnyCommand>>{});
    return made;
  }();
  return all;
}

// The index of a step's command in kinds(). Commands on tickets come three times as often.
inline std::size_t kind_of(const RandomStep& step) {
  constexpr std::size_t ticket_kinds = std::variant_size_v<TicketCommand>;
  const std::size_t place = step.what % (kinds().size() + 2 * ticket_kinds);
  return place < kinds().size() ? place : (place - kinds().size()) % ticket_kinds;
}

// Programs ask half of the time, so that rights are not all that is tried.
inline void draw_actors(CommandRequest& request, Aim& aim) {
  Draw& draw = aim.draw;
  request.actor = {ActorKind::administrator, 0};
  const auto choice = draw.below(16);
  if (choice == 7) request.actor = {ActorKind::system, 0};
  else if (choice >= 8 && choice <= 11) request.actor = {ActorKind::agent, aim.agent().value};
  else if (choice == 12 || choice == 13) request.actor = {ActorKind::contact, aim.contact().value};
  else if (choice == 14) request.on_behalf_of = Actor{ActorKind::agent, aim.agent().value};
  else if (choice == 15) {
    request.on_behalf_of = draw.of({Actor{ActorKind::contact, aim.contact().value}, Actor{ActorKind::system, 0}});
  }
}

inline CommandRequest request_of(const RandomStep& step, const Folded& folded, Instant now) {
  const Kind& kind = kinds()[kind_of(step)];
  CommandRequest request;
  Draw whom(step.who, 0, now);
  Aim at{whom, folded};
  request.target = at.id(kind.stream);
  draw_actors(request, at);
  if (whom.one_in(12)) request.if_version = Version{static_cast<std::uint32_t>(whom.below(8))};
  request.imported = whom.one_in(12);
  if (request.imported) request.occurred_at = whom.maybe(2, [&] { return whom.instant(); });
  Draw with(step.with, step.more, now);
  Aim aim{with, folded, request.target};
  request.command = kind.make(aim);
  return request;
}

}  // namespace greffe::random_desk
