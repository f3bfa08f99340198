#include "commands/dispatch.h"

#include <iterator>

#include "commands/directory/decide.h"
#include "commands/settings/decide.h"
#include "commands/ticket/decide.h"

namespace greffe {
namespace {

// What dispatching must know of each aggregate, by the variant of its commands.
template <class Command>
struct Aggregate;
template <>
struct Aggregate<TicketCommand> {
  using State = TicketState;
  using Opening = OpenTicket;
  static constexpr auto kind = StreamKind::ticket;
  static constexpr auto not_found = RejectionCode::ticket_not_found;
};
template <>
struct Aggregate<ContactCommand> {
  using State = ContactState;
  using Opening = CreateContact;
  static constexpr auto kind = StreamKind::contact;
  static constexpr auto not_found = RejectionCode::contact_not_found;
};
template <>
struct Aggregate<OrganisationCommand> {
  using State = OrganisationState;
  using Opening = CreateOrganisation;
  static constexpr auto kind = StreamKind::organisation;
  static constexpr auto not_found = RejectionCode::organisation_not_found;
};
template <>
struct Aggregate<AgentCommand> {
  using State = AgentState;
  using Opening = CreateAgent;
  static constexpr auto kind = StreamKind::agent;
  static constexpr auto not_found = RejectionCode::agent_not_found;
};
template <>
struct Aggregate<TeamCommand> {
  using State = TeamState;
  using Opening = CreateTeam;
  static constexpr auto kind = StreamKind::team;
  static constexpr auto not_found = RejectionCode::team_not_found;
};

struct Input {
  const CommandRequest& request;
  const Context& context;
  const StoreView& view;
  const AnyState* warm;
};

std::optional<Rejection> stale(const CommandRequest& request, StreamId stream, Version version) {
  if (!request.if_version || *request.if_version == version) return std::nullopt;
  Rejection rejection = refuse(RejectionCode::stale_version, "The stream has another version by now.").value();
  rejection.stream = stream;
  rejection.current_version = version;
  return rejection;
}

template <class AggregateEvent>
Decision<Decided> decided(StreamId stream, Version version, Decision<std::vector<AggregateEvent>> outcome) {
  if (!outcome) return fail(std::move(outcome.error()));
  Decided result{stream, version, {}, {}};
  result.events.assign(std::move_iterator(outcome->begin()), std::move_iterator(outcome->end()));
  return result;
}

std::string number_of(const TicketState& state, const Decided& result) {
  if (state.version != Version{}) return state.number;
  return std::get<TicketOpened>(std::get<TicketEvent>(result.events.front())).number;
}

template <class Command>
Decision<Decided> dispatch_one(const Input& in, const Command& command) {
  using Traits = Aggregate<Command>;
  using State = typename Traits::State;
  const bool opens = std::holds_alternative<typename Traits::Opening>(command);
  const StreamId stream{Traits::kind, opens ? 0 : in.request.target};
  static const State none{};
  const State* state = &none;
  if (!opens) {
    const AnyState* found = in.view.find(stream, in.warm);
    if (found == nullptr) return refuse(Traits::not_found, "There is no such entry.");
    state = &std::get<State>(*found);
  }
  if (auto rejection = stale(in.request, stream, state->version)) return fail(std::move(*rejection));
  auto result = decided(stream, state->version, decide(*state, command, in.context));
  if constexpr (std::is_same_v<State, TicketState>) {
    if (result) result->number = number_of(*state, *result);
  }
  return result;
}

Decision<Decided> dispatch_one(const Input& in, const ReplaceSettings& command) {
  const SettingsArea area = area_of(command.wanted);
  const Version version = version_of(in.context.settings, area);
  if (auto rejection = stale(in.request, stream_of(area), version)) return fail(std::move(*rejection));
  return decided(stream_of(area), version, decide(in.context.settings, command));
}

}  // namespace

Decision<Decided> dispatch(const CommandRequest& request, const Context& context, const StoreView& view,
                           const AnyState* warm) {
  return std::visit(
      [&](const auto& command) {
        return dispatch_one({request, context, view, warm}, command);
      },
      request.command);
}

std::optional<StreamId> target_of(const CommandRequest& request) {
  return std::visit(
      [&]<class Command>(const Command& command) -> std::optional<StreamId> {
        if constexpr (std::is_same_v<Command, ReplaceSettings>) {
          return std::nullopt;
        } else {
          using Traits = Aggregate<Command>;
          if (std::holds_alternative<typename Traits::Opening>(command)) return std::nullopt;
          return StreamId{Traits::kind, request.target};
        }
      },
      request.command);
}

}  // namespace greffe
