// The tickets of a random history, as far as its author must know them to write legal events.
#pragma once

#include <functional>
#include <optional>

#include "tests/projections_history.h"

namespace greffe::projections_test {

struct AuthoredTicket {
  TicketId id;
  std::string number;
  Milliseconds opened{0};
  StatusAt status = fresh;
  PriorityAt priority = normal;
  Party party;
  std::optional<TeamId> team;
  std::optional<AgentId> assignee;
  std::uint32_t reopen_count = 0;
  std::uint32_t messages = 0, contexts = 0, todos = 0, documents = 0, articles = 0, interventions = 0;
  std::vector<ContextAt> linked_contexts;
  std::vector<std::uint32_t> left_todos, left_documents, left_articles;
  std::vector<WatcherAdded> watchers;
  std::vector<TicketsLinked> links;
  std::optional<std::size_t> parent, merged_into;  // indices among the tickets, as are the next
  std::vector<std::size_t> children, lent;
  StatusAt status_before;
  std::optional<AgentId> assignee_before;

  bool is_live() const { return status.category <= Category::closed; }
};

// The tickets and the dice. `draw(n)` gives a number below n.
struct Desk {
  using Draw = std::function<std::uint64_t(std::uint64_t below)>;
  History& history;
  const Draw draw;
  std::vector<AuthoredTicket> tickets;
  std::vector<ContactId> contacts;
  std::vector<OrganisationId> organisations;
  std::vector<AgentId> agents;
  std::vector<TeamId> teams;

  template <class T>
  const T& one_of(const std::vector<T>& values) {
    return values[draw(values.size())];
  }
  template <class T>
  std::optional<T> maybe(const std::vector<T>& values) {
    if (values.empty() || draw(3) == 0) return std::nullopt;
    return one_of(values);
  }
  std::string name() { return one_of<std::string>({"Anne", "bob", "Élise", "Zoé", "anne", ""}); }
  Party party() { return {maybe(contacts), maybe(organisations)}; }
  Actor actor() {
    if (!agents.empty() && draw(3) > 0) return projections_test::agent(one_of(agents));
    if (!contacts.empty() && draw(2) > 0) return projections_test::contact(one_of(contacts));
    return {ActorKind::administrator, 0};
  }
  Milliseconds now() { return minutes(history.tail().value + 1); }
  Instant some_instant() { return nine + minutes(draw(1000)); }

  // Acts on a ticket now and then happened some time before they are recorded.
  History::How how(const AuthoredTicket& ticket) {
    History::How how{actor()};
    if (draw(8) == 0) how.occurred = std::max(ticket.opened, now() - minutes(draw(300)));
    if (draw(8) == 0 && !agents.empty()) how.on_behalf_of = projections_test::agent(one_of(agents));
    return how;
  }
};

inline History::Step step(const AuthoredTicket& ticket, TicketEvent event) {
  return {stream_of(ticket.id), std::move(event)};
}

}  // namespace greffe::projections_test
