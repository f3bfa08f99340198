#include "commands/dispatch.h"

#include "commands/catalogue/decide.h"
#include "commands/directory/decide.h"
#include "commands/rights.h"
#include "commands/settings/decide.h"
#include "commands/ticket/decide.h"
#include "commands/ticket/left_open.h"

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
template <>
struct Aggregate<CannedReplyCommand> {
  using State = CannedReplyState;
  using Opening = CreateCannedReply;
  static constexpr auto kind = StreamKind::canned_reply;
  static constexpr auto not_found = RejectionCode::canned_reply_not_found;
};
template <>
struct Aggregate<TextTemplateCommand> {
  using State = TextTemplateState;
  using Opening = CreateTextTemplate;
  static constexpr auto kind = StreamKind::text_template;
  static constexpr auto not_found = RejectionCode::template_not_found;
};
template <>
struct Aggregate<ContextCommand> {
  using State = ContextState;
  using Opening = CreateContext;
  static constexpr auto kind = StreamKind::context;
  static constexpr auto not_found = RejectionCode::context_not_found;
};
template <>
struct Aggregate<SavedViewCommand> {
  using State = SavedViewState;
  using Opening = CreateSavedView;
  static constexpr auto kind = StreamKind::saved_view;
  static constexpr auto not_found = RejectionCode::view_not_found;
};
template <>
struct Aggregate<ContractCommand> {
  using State = ContractState;
  using Opening = CreateContract;
  static constexpr auto kind = StreamKind::contract;
  static constexpr auto not_found = RejectionCode::contract_not_found;
};

struct Input {
  const CommandRequest& request;
  const Context& context;
  const StoreView& view;
};

std::optional<Rejection> stale(const CommandRequest& request, StreamId stream, Version version) {
  if (!request.if_version || *request.if_version == version) return std::nullopt;
  Rejection rejection = refuse(RejectionCode::stale_version, "The stream has another version by now.").value();
  rejection.stream = stream;
  rejection.current_version = version;
  return rejection;
}

// The events of a decision about one aggregate, as steps on its stream.
template <class AggregateEvent>
Decision<Steps> steps_of(StreamId stream, Decision<std::vector<AggregateEvent>> events) {
  if (!events) return fail(std::move(events.error()));
  Steps steps;
  for (auto& event : *events) steps.push_back({stream, std::move(event)});
  return steps;
}
Decision<Steps> steps_of(StreamId stream, Decision<Steps> steps) {
  if (!steps) return steps;
  for (Step& step : *steps) {
    if (step.stream.id == 0) step.stream = stream;
  }
  return steps;
}

const TicketOpened* opening(const Steps& steps) {
  const auto* first = steps.empty() ? nullptr : std::get_if<TicketEvent>(&steps.front().event);
  return first == nullptr ? nullptr : std::get_if<TicketOpened>(first);
}

Decision<Decided> decided(StreamId stream, Version version, Decision<Steps> steps) {
  if (!steps) return fail(std::move(steps.error()));
  Decided result{stream, version, {}, std::move(*steps), {}};
  // A command that makes a new ticket is answered with it, whatever it was asked of.
  if (const auto* opened = opening(result.steps)) {
    result.stream = result.steps.front().stream;
    result.version = Version{};
    result.number = opened->number;
  }
  return result;
}

template <class Command>
Decision<Decided> dispatch_one(const Input& in, const Command& command) {
  using Traits = Aggregate<Command>;
  using State = typename Traits::State;
  const bool opens = std::holds_alternative<typename Traits::Opening>(command);
  const StreamId stream{Traits::kind, opens ? in.context.next.value : in.request.target};
  static const State none{};
  const State* state = &none;
  if (!opens) {
    const AnyState* found = in.view.find(stream);
    if (found == nullptr) return refuse(Traits::not_found, "There is no such entry.");
    state = &std::get<State>(*found);
  }
  // To others a view of one agent is not there, not even its version.
  if constexpr (std::is_same_v<State, SavedViewState>) {
    if (!rights::may_change(*state, in.context)) return refuse(Traits::not_found, "There is no such entry.");
  }
  if (auto rejection = stale(in.request, stream, state->version)) return fail(std::move(*rejection));
  auto result = decided(stream, state->version, steps_of(stream, decide(*state, command, in.context)));
  if constexpr (std::is_same_v<State, TicketState>) {
    if (!result) return result;
    if (result->number.empty()) result->number = state->number;
    result->left_open = left_open(result->steps, in.context.lookup);
  }
  return result;
}

Decision<Decided> dispatch_one(const Input& in, const ReplaceSettings& command) {
  const SettingsArea area = area_of(command.wanted);
  const Version version = in.context.settings.version(area);
  if (auto rejection = stale(in.request, stream_of(area), version)) return fail(std::move(*rejection));
  return decided(stream_of(area), version,
                 steps_of(stream_of(area), decide(in.context.settings, command, in.context.lookup)));
}

}  // namespace

Decision<Decided> dispatch(const CommandRequest& request, const Context& context, const StoreView& view) {
  if (auto rejection = rights::fault(request.command, context)) return fail(std::move(*rejection));
  return std::visit(
      [&](const auto& command) {
        return dispatch_one({request, context, view}, command);
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

const std::string* other_ticket_of(const CommandRequest& request) {
  const auto* command = std::get_if<TicketCommand>(&request.command);
  if (command == nullptr) return nullptr;
  return std::visit(
      []<class C>(const C& c) -> const std::string* {
        if constexpr (std::is_same_v<C, MergeTickets>) return &c.into;
        else if constexpr (std::is_same_v<C, AttachSubTicket>) return &c.child;
        else if constexpr (std::is_same_v<C, MoveSubTicket>) return &c.parent;
        else return nullptr;
      },
      *command);
}

}  // namespace greffe
