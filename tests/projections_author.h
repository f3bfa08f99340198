// Histories written at random, with every event of a ticket.
#pragma once

#include "tests/projections_author_relations.h"
#include "tests/projections_author_work.h"

namespace greffe::projections_test {

// Makes a history longer at random. `draw(n)` gives a number below n.
class Author {
 public:
  using Draw = Desk::Draw;
  Author(History& history, Draw draw) : desk_{history, std::move(draw), {}, {}, {}, {}, {}} {}

  void write(std::size_t count) {
    while (count-- > 0) write_one();
  }

  // The tickets as they stand, and merges of one's own choice.
  const std::vector<AuthoredTicket>& tickets() const { return desk_.tickets; }
  AuthoredRelations& relations() { return relations_; }

 private:
  using Ticket = AuthoredTicket;

  void write_one() {
    switch (desk_.draw(16)) {
      case 0: return directory();
      case 1: return rename_or_switch();
      case 2: return settings();
      case 3:
      case 4: return open();
      default: return desk_.tickets.empty() ? open() : act(desk_.draw(desk_.tickets.size()));
    }
  }

  void directory() {
    switch (desk_.draw(4)) {
      case 0: desk_.contacts.push_back(history_.contact(desk_.name(), desk_.maybe(desk_.organisations))); break;
      case 1: desk_.organisations.push_back(history_.organisation(desk_.name())); break;
      case 2: desk_.agents.push_back(history_.agent(desk_.name())); break;
      default: desk_.teams.push_back(history_.team(desk_.name()));
    }
  }

  template <class Aggregate, class Changed, class Off, class On, class IdType>
  void change(const std::vector<IdType>& ids, Changed changed) {
    if (ids.empty()) return directory();
    const auto stream = stream_of(desk_.one_of(ids));
    const auto kind = desk_.draw(4);
    if (kind == 0) history_.add(stream, Aggregate(Off{{"left"}}));
    else if (kind == 1) history_.add(stream, Aggregate(On{{"back"}}));
    else history_.add(stream, Aggregate(std::move(changed)));
  }
  void rename_or_switch() {
    switch (desk_.draw(4)) {
      case 0:
        return change<ContactEvent, ContactChanged, ContactDeactivated, ContactReactivated>(
            desk_.contacts, {{{desk_.name()}, {"a@b.c"}, {}, desk_.maybe(desk_.organisations), "EXT"}});
      case 1:
        return change<OrganisationEvent, OrganisationChanged, OrganisationDeactivated, OrganisationReactivated>(
            desk_.organisations, {{{desk_.name()}, OrganisationKind::supplier, {}}});
      case 2:
        return change<AgentEvent, AgentChanged, AgentDeactivated, AgentReactivated>(desk_.agents,
                                                                                    {{{desk_.name()}, {}, true, {}}});
      default:
        return change<TeamEvent, TeamChanged, TeamDeactivated, TeamReactivated>(desk_.teams,
                                                                                {{desk_.name(), desk_.agents, {}}});
    }
  }

  void settings() {
    const auto kind = desk_.draw(4);
    if (kind > 1) return directory();
    if (kind == 1) return statuses();
    history_.targets(
        {{"normal", minutes(1 + desk_.draw(100)), minutes(desk_.draw(50)), minutes(10), minutes(desk_.draw(500))},
         {"urgent", minute, minute, minute, minutes(1 + desk_.draw(60))}});
  }
  void statuses() {
    StatusesDefined defined;
    for (const StatusAt& status : {fresh, working, waiting, held, done}) {
      Status& one = defined.statuses.emplace_back();
      one.key = status.key;
      one.category = status.category;
      one.tracks_time = desk_.draw(3) > 0;
    }
    history_.statuses(std::move(defined));
  }

  void open() {
    Ticket ticket;
    ticket.party = desk_.party();
    ticket.team = desk_.maybe(desk_.teams);
    TicketOpened opened;
    opened.kind = static_cast<TicketKind>(desk_.draw(2));
    opened.channel = static_cast<Channel>(desk_.draw(5));
    opened.title = {desk_.name()};
    opened.description = {std::string(desk_.draw(60), 'd')};
    opened.party = ticket.party;
    opened.team = ticket.team;
    if (desk_.draw(4) == 0) opened.answers = {{"q1", "Which line?", {desk_.name()}}};
    ticket.opened = minutes(desk_.draw(history_.tail().value + 1));
    History::How how{desk_.actor(), ticket.opened};
    how.imported = desk_.draw(6) == 0;
    ticket.id = history_.open(std::move(opened), how);
    ticket.number = History::number_of(ticket.id);
    desk_.tickets.push_back(ticket);
  }

  void act(std::size_t index) {
    Ticket& t = desk_.tickets[index];
    if (!t.is_live() || desk_.draw(6) == 0) return relations_.act(index);
    if (desk_.draw(3) == 0) return work_.act(t);
    const auto how = desk_.how(t);
    const bool closed = t.status.category == Category::closed;
    switch (desk_.draw(9)) {
      case 0: history_.on(t.id, TitleChanged{{"old"}, {desk_.name()}}, how); break;
      case 1: history_.on(t.id, DescriptionChanged{{std::string(desk_.draw(60), 'e')}}, how); break;
      case 2: assign(t, how); break;
      case 3: move(t, how); break;
      case 4: history_.on(t.id, PriorityChanged{t.priority, change(t.priority)}, how); break;
      case 5: link(t, how); break;
      case 6: history_.on(t.id, TicketClassified{{}, {{desk_.name(), "Network"}, "incident", "hardware"}}, how); break;
      case 7: message(t, how); break;
      default: closed ? reopen(t, how) : change_status(t, how);
    }
  }
  void message(Ticket& t, const History::How& how) {
    MessagePosted posted{static_cast<Visibility>(desk_.draw(2)), {"hello"}, ++t.messages};
    posted.automatic = desk_.draw(8) == 0;
    history_.on(t.id, posted, how);
  }
  PriorityAt change(PriorityAt& priority) { return priority = desk_.one_of<PriorityAt>({low, normal, urgent}); }
  void assign(Ticket& t, const History::How& how) {
    if (desk_.agents.empty()) return directory();
    if (t.assignee && desk_.draw(3) == 0) {
      history_.on(t.id, TicketUnassigned{*t.assignee}, how);
      t.assignee.reset();
    } else {
      const AgentId to = desk_.one_of(desk_.agents);
      history_.on(t.id, TicketAssigned{t.assignee, to, AssignCause::assigned}, how);
      t.assignee = to;
    }
  }
  void move(Ticket& t, const History::How& how) {
    if (desk_.teams.empty()) return directory();
    const TeamId to = desk_.one_of(desk_.teams);
    history_.on(t.id, TicketMovedToTeam{t.team, to}, how);
    t.team = to;
  }
  void link(Ticket& t, const History::How& how) {
    const Party to = desk_.party();
    history_.on(t.id, ContactLinked{t.party, to}, how);
    t.party = to;
  }
  void reopen(Ticket& t, const History::How& how) {
    history_.on(t.id, TicketReopened{t.status, working, ReopenCause::reopened, {}, ++t.reopen_count}, how);
    t.status = working;
  }
  void change_status(Ticket& t, const History::How& how) {
    const StatusAt to = desk_.one_of<StatusAt>({working, waiting, held, done, done});
    if (to.category == Category::closed) history_.on(t.id, TicketClosed{t.status, to, {"solved"}}, how);
    else history_.on(t.id, StatusChanged{t.status, to}, how);
    t.status = to;
  }

  Desk desk_;
  History& history_ = desk_.history;
  AuthoredWork work_{desk_};
  AuthoredRelations relations_{desk_};
};

}  // namespace greffe::projections_test
