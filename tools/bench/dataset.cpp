#include "tools/bench/dataset.h"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>

namespace greffe::bench {
namespace {

constexpr std::size_t agent_count = 20;
constexpr std::size_t team_count = 5;
constexpr std::string_view subjects[] = {
    "Impossible d'ouvrir la facture du mois dernier", "Printer on the second floor does not answer",
    "Accès refusé à l'espace client depuis ce matin", "Order 4711 was delivered without its cables",
    "Demande de devis pour dix postes téléphoniques", "Mail to the accounting department bounces"};
constexpr std::string_view body =
    "Bonjour, depuis hier après-midi nous ne pouvons plus travailler normalement. Le message affiché est toujours le "
    "même, un redémarrage n'y change rien, et trois collègues ont le même problème. Merci de nous dire quoi faire.";

}  // namespace

struct CommandStream::State {
  std::mutex mutex;
  std::condition_variable room;
  std::size_t in_flight = 0;
  std::uint64_t events = 0, commands = 0;
  std::string refusal;
};

CommandStream::CommandStream(Writer& writer, std::size_t in_flight_max)
    : state_(std::make_shared<State>()), writer_(writer), in_flight_max_(in_flight_max) {}

CommandStream::~CommandStream() { finish(); }

void CommandStream::submit(CommandRequest request, std::function<void(const Accepted&)> accepted) {
  {
    std::unique_lock lock(state_->mutex);
    state_->room.wait(lock, [&] { return state_->in_flight < in_flight_max_; });
    ++state_->in_flight;
  }
  writer_.submit(std::move(request), [state = state_, accepted = std::move(accepted)](Decision<Accepted> answer) {
    if (answer && accepted) accepted(*answer);
    const std::lock_guard lock(state->mutex);
    --state->in_flight;
    if (answer) {
      ++state->commands;
      state->events += answer->events.size();
    } else if (state->refusal.empty()) {
      state->refusal = fmt::format("{}: {}", name_of(answer.error().code), answer.error().detail);
      for (const FieldFault& fault : answer.error().fields) {
        state->refusal += fmt::format(" {} {}", fault.field, name_of(fault.code));
      }
    }
    // Waking the producer for each answer would cost more than the command itself.
    if (state->in_flight == 0 || state->in_flight % 256 == 0) state->room.notify_all();
  });
}

void CommandStream::finish() {
  std::unique_lock lock(state_->mutex);
  state_->room.wait(lock, [&] { return state_->in_flight == 0; });
}

std::uint64_t CommandStream::accepted_events() const {
  const std::lock_guard lock(state_->mutex);
  return state_->events;
}

std::uint64_t CommandStream::accepted_commands() const {
  const std::lock_guard lock(state_->mutex);
  return state_->commands;
}

std::string CommandStream::first_refusal() const {
  const std::lock_guard lock(state_->mutex);
  return state_->refusal;
}

CommandRequest request_by(std::optional<AgentId> agent, AnyCommand command, std::uint64_t target) {
  CommandRequest request;
  request.command = std::move(command);
  request.target = target;
  request.actor = {ActorKind::administrator, 0};
  if (agent) request.on_behalf_of = Actor{ActorKind::agent, agent->value};
  return request;
}

Result<Dataset, std::string> populate(Writer& writer, std::size_t ticket_count) {
  Dataset data;
  std::mutex mutex;  // answers come from the writer's thread
  CommandStream stream(writer, 2048);
  const auto keep = [&mutex](auto& ids) {
    return [&](const Accepted& a) {
      const std::lock_guard lock(mutex);
      ids.push_back({a.stream.id});
    };
  };
  for (std::size_t i = 0; i < agent_count; ++i) {
    const AgentDetails details{{fmt::format("Agent {:02}", i)}, {fmt::format("agent{}@desk.example", i)}, true, {}};
    stream.submit(request_by({}, AgentCommand(CreateAgent{details})), keep(data.agents));
  }
  for (std::size_t i = 0; i < team_count; ++i) {
    stream.submit(request_by({}, TeamCommand(CreateTeam{{fmt::format("Team {}", i), {}, {}}})), keep(data.teams));
  }
  for (std::size_t i = 0; i < ticket_count / 10 + 1; ++i) {
    const ContactDetails details{{fmt::format("Contact {:06}", i)}, {fmt::format("c{}@client.example", i)}, {}, {}, {}};
    stream.submit(request_by({}, ContactCommand(CreateContact{details})), keep(data.contacts));
  }
  stream.finish();
  if (!stream.first_refusal().empty()) return fail(stream.first_refusal());

  for (std::size_t i = 0; i < ticket_count; ++i) {
    OpenTicket open;
    open.title = fmt::format("{} ({})", subjects[i % std::size(subjects)], i);
    open.description = std::string(body);
    open.party.contact = data.contacts[(i * 7919) % data.contacts.size()];
    open.team = data.teams[i % data.teams.size()];
    if (i % 3 != 0) open.assignee = data.agents[i % data.agents.size()];
    open.priority = i % 10 == 0 ? "critical" : i % 4 == 0 ? "high" : "normal";
    stream.submit(request_by(data.agents[i % 7], TicketCommand(std::move(open))), [&](const Accepted& a) {
      const std::lock_guard lock(mutex);
      data.tickets.push_back({a.stream.id});
      data.numbers.push_back(a.number);
    });
  }
  stream.finish();
  for (std::size_t i = 0; i < data.tickets.size(); ++i) {
    const std::uint64_t id = data.tickets[i].value;
    const AgentId agent = data.agents[i % data.agents.size()];
    stream.submit(request_by(agent, TicketCommand(PostMessage{Visibility::everyone, std::string(body)}), id));
    if (i % 5 == 0) stream.submit(request_by(agent, TicketCommand(ChangeStatus{"pending"}), id));
    if (i % 2 == 0) stream.submit(request_by(agent, TicketCommand(CloseTicket{}), id));
  }
  stream.finish();
  if (!stream.first_refusal().empty()) return fail(stream.first_refusal());
  return data;
}

}  // namespace greffe::bench
