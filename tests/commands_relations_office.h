// A desk with several tickets: commands are decided and folded one after another, so that what
// one ticket's command does to others can be told as given, when, then.
//
//   Desk desk;
//   const auto source = desk.open("Printer"), target = desk.open("Printers");
//   desk.merge(source, target);
//   CHECK(desk[source].merged_into == target);
#pragma once

#include <catch2/catch.hpp>

#include <map>
#include <string>
#include <vector>

#include "commands/ticket/decide.h"
#include "events/json.h"

namespace greffe::relations_desk {

inline const Instant noon = *parse_rfc3339("2025-02-28T10:30:00Z");

// Agents: anne and bob take tickets, bob is in the network team; dora has left, otto audits.
inline constexpr AgentId anne{9001}, bob{9002}, dora{9003}, otto{9004};
inline constexpr ContactId paul{9101}, rosa{9102}, gone{9103};
inline constexpr OrganisationId acme{9201}, bolt{9202};
inline constexpr TeamId network{9301}, closed_team{9302};
inline constexpr ContextId van{9401}, sold_van{9402};

inline const Actor administrator{ActorKind::administrator, 0};
inline Actor by(AgentId id) { return {ActorKind::agent, id.value}; }

// Whose event it is and which: "2 TicketAbsorbed".
inline std::string on(TicketId ticket, std::string_view event) {
  return std::to_string(ticket.value) + " " + std::string(event);
}
using Told = std::vector<std::string>;

// The one event of that type among the steps.
template <class E>
E the(const Steps& steps) {
  std::vector<E> found;
  for (const Step& step : steps) {
    if (const auto* e = std::get_if<E>(&std::get<TicketEvent>(step.event))) found.push_back(*e);
  }
  REQUIRE(found.size() == 1);
  return found.front();
}

inline Told told(const Steps& steps) {
  Told texts;
  for (const Step& step : steps) texts.push_back(on({step.stream.id}, event_name(step.event)));
  return texts;
}

template <class Map, class Key>
const typename Map::mapped_type* get(const Map& map, const Key& key) {
  const auto at = map.find(key);
  return at == map.end() ? nullptr : &at->second;
}

class Desk : public Lookup {
 public:
  Desk() {
    const auto agent = [](const char* name, AgentRole role) { return AgentDetails{{name}, {}, true, {}, role, {}}; };
    agents = {{anne, {{1}, agent("Anne", AgentRole::agent), true}},
              {bob, {{1}, agent("Bob", AgentRole::agent), true}},
              {dora, {{2}, agent("Dora", AgentRole::agent), false}},
              {otto, {{1}, agent("Otto", AgentRole::auditor), true}}};
    const auto person = [](const char* name, OrganisationId house) { return ContactDetails{{name}, {}, {}, house}; };
    contacts = {{paul, {{1}, person("Paul", acme), true}},
                {rosa, {{1}, person("Rosa", bolt), true}},
                {gone, {{2}, person("Gone", acme), false}}};
    organisations = {{acme, {{1}, {{"Acme"}}, true}}, {bolt, {{1}, {{"Bolt"}}, true}}};
    teams = {{network, {{1}, {"Network", {bob}, {}}, true}}, {closed_team, {{2}, {"Closed", {}, {}}, false}}};
    contexts[van].details = {"vehicle", {"AB-123-CD"}, "https://fleet/ab"};
    contexts[van].active = true;
    contexts[sold_van].details = {"vehicle", {"OLD-1"}, {}};
  }

  Decision<Steps> decide(TicketId ticket, const TicketCommand& command) const {
    static const TicketState none;
    const TicketState& state = ticket == TicketId{} ? none : tickets.at(ticket);
    return greffe::decide(state, command, Context{now, doer, imported, settings, *this, next(), ticket.value});
  }

  // Gives the steps of a command that must be accepted, folded in, every stream named.
  Steps accept(TicketId ticket, const TicketCommand& command) {
    auto steps = decide(ticket, command);
    if (!steps) FAIL("refused: " << name_of(steps.error().code) << " " << steps.error().detail);
    for (Step& step : *steps) {
      if (step.stream.id == 0) step.stream = stream_of(ticket == TicketId{} ? TicketId{next().value} : ticket);
    }
    fold(*steps);
    return *std::move(steps);
  }

  // Nothing changes, and nothing is refused.
  void nothing(TicketId ticket, const TicketCommand& command) { CHECK(told(accept(ticket, command)) == Told{}); }

  Rejection refusal(TicketId ticket, const TicketCommand& command) const {
    auto steps = decide(ticket, command);
    if (steps) FAIL("accepted, with " << steps->size() << " events");
    return std::move(steps.error());
  }
  void refused(TicketId ticket, const TicketCommand& command, RejectionCode code) const {
    CHECK(name_of(refusal(ticket, command).code) == name_of(code));
  }
  void refused(TicketId ticket, const TicketCommand& command, const std::string& field, FieldCode code) const {
    const auto rejection = refusal(ticket, command);
    CHECK(name_of(rejection.code) == name_of(RejectionCode::invalid_fields));
    REQUIRE(rejection.fields.size() == 1);
    CHECK(rejection.fields[0].field + " " + std::string(name_of(rejection.fields[0].code)) ==
          field + " " + std::string(name_of(code)));
  }

  TicketId open(OpenTicket wanted) {
    if (wanted.title.empty()) wanted.title = "Printer";
    return TicketId{accept({}, wanted).front().stream.id};
  }
  TicketId open() { return open(OpenTicket{}); }
  TicketId open_for(ContactId contact) {
    OpenTicket wanted;
    wanted.party.contact = contact;
    return open(wanted);
  }
  TicketId open_internal() {
    OpenTicket wanted;
    wanted.kind = TicketKind::internal;
    return open(wanted);
  }
  TicketId open_below(TicketId parent) {
    OpenSubTicket command;
    command.ticket.title = "Part";
    return TicketId{accept(parent, command).front().stream.id};
  }
  Steps merge(TicketId source, TicketId target) { return accept(source, merge_into(target)); }
  Steps unmerge(TicketId source) { return accept(source, UnmergeTicket{}); }
  Steps close(TicketId ticket) { return accept(ticket, CloseTicket{}); }
  Steps force_closed(TicketId ticket) { return accept(ticket, forced_close()); }
  // As DeleteTicket leaves it, whatever it asks for.
  void mark_deleted(TicketId ticket) {
    fold({{stream_of(ticket),
           TicketEvent(TicketDeleted{tickets.at(ticket).status, {"deleted", Category::deleted}, {}})}});
  }
  void link(TicketId ticket, LinkType type, TicketId other) { accept(ticket, LinkTickets{type, number(other)}); }

  MergeTickets merge_into(TicketId target) const {
    MergeTickets command;
    command.into = number(target);
    return command;
  }
  static CloseTicket forced_close() {
    CloseTicket command;
    command.force = true;
    command.reason = "Enough.";
    return command;
  }

  const TicketState& operator[](TicketId ticket) const { return tickets.at(ticket); }
  std::string number(TicketId ticket) const { return tickets.at(ticket).number; }
  Position next() const { return {tail + 1}; }

  void fold(const Steps& steps) {
    for (const Step& step : steps) {
      ++tail;
      const TicketId id{step.stream.id};
      const auto& event = std::get<TicketEvent>(step.event);
      if (const auto* opened = std::get_if<TicketOpened>(&event)) {
        REQUIRE(id.value == tail);
        last_numbers[opened->series] = opened->sequence;
        numbers[opened->number] = id;
      } else {
        REQUIRE(tickets.contains(id));
      }
      evolve(tickets[id], event, now);
    }
  }

  const TicketState* ticket(TicketId id) const override { return get(tickets, id); }
  const ContactState* contact(ContactId id) const override { return get(contacts, id); }
  const OrganisationState* organisation(OrganisationId id) const override { return get(organisations, id); }
  const AgentState* agent(AgentId id) const override { return get(agents, id); }
  const TeamState* team(TeamId id) const override { return get(teams, id); }
  const CannedReplyState* canned_reply(CannedReplyId) const override { return nullptr; }
  const TextTemplateState* text_template(TemplateId) const override { return nullptr; }
  const ContextState* context(ContextId id) const override { return get(contexts, id); }
  const SavedViewState* saved_view(SavedViewId) const override { return nullptr; }
  const ContractState* contract(ContractId) const override { return nullptr; }
  std::optional<TicketId> with_number(std::string_view wanted) const override {
    const auto* id = get(numbers, wanted);
    return id == nullptr ? std::nullopt : std::optional(*id);
  }
  std::optional<std::uint64_t> with_email(StreamKind, std::string_view) const override { return std::nullopt; }
  std::optional<std::uint64_t> with_external_id(StreamKind, std::string_view) const override { return std::nullopt; }
  std::uint64_t last_number(std::string_view series) const override {
    const auto* last = get(last_numbers, series);
    return last == nullptr ? 0 : *last;
  }

  std::map<TicketId, TicketState> tickets;
  std::map<AgentId, AgentState> agents;
  std::map<ContactId, ContactState> contacts;
  std::map<OrganisationId, OrganisationState> organisations;
  std::map<TeamId, TeamState> teams;
  std::map<ContextId, ContextState> contexts;
  Settings settings = default_settings();
  Actor doer = administrator;
  bool imported = false;
  Instant now = noon;

 private:
  std::map<std::string, TicketId, std::less<>> numbers;
  std::map<std::string, std::uint64_t, std::less<>> last_numbers;
  std::uint64_t tail = 0;
};

}  // namespace greffe::relations_desk
