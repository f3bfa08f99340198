// Given these events, when this command, then those events (or that refusal): decisions
// tested without a log, a clock or a thread.
//
//   given(opened(), TicketAssigned{{}, {anne}}).when(ClaimTicket{}, by_agent(bob)).refused(already_assigned);
//
// The world around the aggregate is a World: who is in the directory, which numbers and
// addresses are taken.
#pragma once

#include <catch2/catch.hpp>

#include <map>
#include <string>
#include <vector>

#include "commands/directory/decide.h"
#include "commands/index_keys.h"
#include "commands/settings/decide.h"
#include "commands/ticket/decide.h"
#include "events/json.h"

namespace greffe::spec {

// 28 February 2025, 11:30 in Paris.
inline const Instant noon = *parse_rfc3339("2025-02-28T10:30:00Z");

// People of the tests. Agents: anne and bob take tickets, carl is no supporter, dora has left.
inline constexpr AgentId anne{101}, bob{102}, carl{103}, dora{104}, nobody{199};
inline constexpr ContactId paul{201}, gone_contact{202}, no_contact{299};
inline constexpr OrganisationId acme{301}, gone_organisation{302}, no_organisation{399};
inline constexpr TeamId support{401}, gone_team{402}, no_team{499};

inline Actor by_agent(AgentId id) { return {ActorKind::agent, id.value}; }
inline Actor administrator() { return {ActorKind::administrator, 0}; }

class World final : public Lookup {
 public:
  World() {
    agents = {{anne, {{1}, {{"Anne"}, {"anne@x.fr"}, true, {}}, true}},
              {bob, {{1}, {{"Bob"}, {}, true, {}}, true}},
              {carl, {{1}, {{"Carl"}, {}, false, {}}, true}},
              {dora, {{2}, {{"Dora"}, {}, true, {}}, false}}};
    contacts = {{paul, {{1}, {{"Paul"}, {}, {}, acme, {}}, true}},
                {gone_contact, {{2}, {{"Gone"}, {}, {}, {}, {}}, false}}};
    organisations = {{acme, {{1}, {{"Acme"}, {}, {}}, true}}, {gone_organisation, {{2}, {{"Gone"}, {}, {}}, false}}};
    teams = {{support, {{1}, {"Support", {anne}, {}}, true}}, {gone_team, {{2}, {"Gone", {}, {}}, false}}};
    taken[index_key(StreamKind::contact, "taken@x.fr")] = 201;
    taken[index_key(StreamKind::agent, "taken@x.fr")] = 101;
    for (const auto kind :
         {StreamKind::ticket, StreamKind::contact, StreamKind::organisation, StreamKind::agent, StreamKind::team}) {
      external_ids[index_key(kind, "EXT-TAKEN")] = 1;
    }
  }

  template <class Map, class Id>
  static auto get(const Map& map, Id id) {
    const auto at = map.find(id);
    return at == map.end() ? nullptr : &at->second;
  }
  const TicketState* ticket(TicketId id) const override { return get(tickets, id); }
  const ContactState* contact(ContactId id) const override { return get(contacts, id); }
  const OrganisationState* organisation(OrganisationId id) const override { return get(organisations, id); }
  const AgentState* agent(AgentId id) const override { return get(agents, id); }
  const TeamState* team(TeamId id) const override { return get(teams, id); }
  const CannedReplyState* canned_reply(CannedReplyId id) const override { return get(canned_replies, id); }
  const TextTemplateState* text_template(TemplateId id) const override { return get(text_templates, id); }
  const ContextState* context(ContextId id) const override { return get(contexts, id); }
  const SavedViewState* saved_view(SavedViewId id) const override { return get(saved_views, id); }
  const ContractState* contract(ContractId id) const override { return get(contracts, id); }
  std::optional<TicketId> with_number(std::string_view number) const override {
    for (const auto& [id, state] : tickets) {
      if (state.number == number) return id;
    }
    return std::nullopt;
  }
  std::optional<std::uint64_t> with_email(StreamKind kind, std::string_view folded) const override {
    const auto at = taken.find(index_key(kind, folded));
    return at == taken.end() ? std::nullopt : std::optional(at->second);
  }
  std::optional<std::uint64_t> with_external_id(StreamKind kind, std::string_view external_id) const override {
    const auto at = external_ids.find(index_key(kind, external_id));
    return at == external_ids.end() ? std::nullopt : std::optional(at->second);
  }
  std::uint64_t last_number(std::string_view series) const override {
    const auto at = numbers.find(std::string(series));
    return at == numbers.end() ? 0 : at->second;
  }

  std::map<AgentId, AgentState> agents;
  std::map<ContactId, ContactState> contacts;
  std::map<OrganisationId, OrganisationState> organisations;
  std::map<TeamId, TeamState> teams;
  std::map<TicketId, TicketState> tickets;
  std::map<CannedReplyId, CannedReplyState> canned_replies;
  std::map<TemplateId, TextTemplateState> text_templates;
  std::map<ContextId, ContextState> contexts;
  std::map<SavedViewId, SavedViewState> saved_views;
  std::map<ContractId, ContractState> contracts;
  std::map<std::string, std::uint64_t> taken, external_ids, numbers;
  Settings settings = default_settings();
};

inline std::string text_of(const Event& event) { return std::string(event_name(event)) + " " + to_json(event).dump(); }

template <class AggregateEvent>
std::vector<std::string> texts_of(const std::vector<AggregateEvent>& events) {
  std::vector<std::string> texts;
  for (const auto& event : events) texts.push_back(text_of(Event(event)));
  return texts;
}

inline std::vector<std::string> texts_of(const std::vector<FieldFault>& faults) {
  std::vector<std::string> texts;
  for (const auto& fault : faults) texts.push_back(fault.field + " " + std::string(name_of(fault.code)));
  return texts;
}

// A person who uses the service, and one who manages it for their organisation.
inline Actor by_contact(ContactId id) { return {ActorKind::contact, id.value}; }

// What came of a decision; each check ends the sentence that given() began.
template <class AggregateEvent>
class Outcome {
 public:
  explicit Outcome(Decision<std::vector<AggregateEvent>> decision) : decision_(std::move(decision)) {}
  // Of a ticket's decision, whichever tickets the events go to.
  explicit Outcome(const Decision<Steps>& decision) : decision_(std::vector<AggregateEvent>()) {
    if (!decision) {
      decision_ = fail(decision.error());
      return;
    }
    for (const Step& step : *decision) decision_->push_back(std::get<AggregateEvent>(step.event));
  }

  template <class... Es>
  void then(Es... events) const {
    if (!decision_)
      FAIL("refused: " << name_of(decision_.error().code) << " "
                       << Catch::StringMaker<std::vector<std::string>>::convert(texts_of(decision_.error().fields)));
    CHECK(texts_of(*decision_) == texts_of(std::vector<AggregateEvent>{std::move(events)...}));
  }
  void nothing() const { then(); }

  void refused(RejectionCode code) const {
    REQUIRE_FALSE(decision_);
    CHECK(name_of(decision_.error().code) == name_of(code));
  }
  void refused(std::vector<FieldFault> faults) const {
    refused(RejectionCode::invalid_fields);
    CHECK(texts_of(decision_.error().fields) == texts_of(faults));
  }
  void refused(const std::string& field, FieldCode code) const { refused(std::vector<FieldFault>{{field, code}}); }

  const Decision<std::vector<AggregateEvent>>& decision() const { return decision_; }

 private:
  Decision<std::vector<AggregateEvent>> decision_;
};

struct By {
  Actor doer = administrator();
  bool imported = false;
  Instant now = noon;
};

template <class State, class AggregateEvent, class Command>
class Given {
 public:
  explicit Given(std::vector<AggregateEvent> events) {
    for (const auto& event : events) evolve(state, event);
  }
  Given& in(World w) {
    world = std::move(w);
    return *this;
  }
  Outcome<AggregateEvent> when(const Command& command, By by = {}) const {
    return Outcome<AggregateEvent>(
        decide(state, command, Context{by.now, by.doer, by.imported, world.settings, world, Position{900}, 500}));
  }
  Outcome<AggregateEvent> when(const Command& command, Actor doer) const {
    return when(command, By{doer, false, noon});
  }

  State state;
  World world;
};

using GivenTicket = Given<TicketState, TicketEvent, TicketCommand>;

template <class... Es>
GivenTicket given(Es... events) {
  return GivenTicket(std::vector<TicketEvent>{std::move(events)...});
}

inline const StatusAt is_new{"new", Category::fresh}, is_open_{"open", Category::open},
    is_pending{"pending", Category::pending}, is_closed{"closed", Category::closed},
    is_resolved{"resolved", Category::closed};
inline const PriorityAt normal{"normal", 1}, critical{"critical", 3};

// A ticket as OpenTicket{title "Printer"} makes it.
inline TicketOpened opened() {
  TicketOpened e;
  e.number = "2502280001";
  e.series = "250228";
  e.sequence = 1;
  e.notify_client = true;
  e.title = {"Printer"};
  e.status = is_new;
  e.priority = normal;
  return e;
}
inline TicketClosed closed() { return {is_new, is_closed, {}}; }

}  // namespace greffe::spec
