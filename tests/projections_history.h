// Histories for tests of the views: legal enough for a writer to have made them, by hand or
// at random, kept in a log without a disk.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "events/codec.h"
#include "storage/memory_log.h"

namespace greffe::projections_test {

inline const Instant nine = *parse_rfc3339("2025-03-03T09:00:00Z");
inline constexpr Milliseconds minute{60'000};
constexpr Milliseconds minutes(std::uint64_t count) { return minute * static_cast<std::int64_t>(count); }

inline const StatusAt fresh{"new", Category::fresh}, working{"working", Category::open},
    waiting{"waiting", Category::pending}, held{"held", Category::on_hold}, done{"done", Category::closed};
inline const PriorityAt low{"low", 0}, normal{"normal", 1}, urgent{"urgent", 2};

inline Actor agent(AgentId id) { return {ActorKind::agent, id.value}; }
inline Actor contact(ContactId id) { return {ActorKind::contact, id.value}; }

class History {
 public:
  Log& log() { return *log_; }
  const std::vector<Record>& records() const { return records_; }
  Position tail() const { return log_->tail(); }

  // One commit of one event. Without a stream it begins one, whose id is its position.
  // `occurred` is counted from nine; without it, the event happened when it was recorded,
  // a minute after the one before.
  struct How {
    Actor actor = {ActorKind::administrator, 0};
    std::optional<Milliseconds> occurred = {};
    std::optional<Actor> on_behalf_of = {};
    bool imported = false;
  };
  Position add(StreamId stream, Event event, How how) {
    Record record;
    Envelope& e = record.envelope;
    e.position = e.commit_first = next(tail());
    recorded_at_ += minute;
    e.recorded_at = recorded_at_;
    e.occurred_at = how.occurred ? nine + *how.occurred : recorded_at_;
    e.stream_kind = stream.kind;
    e.stream_id = stream.id == 0 ? e.position.value : stream.id;
    e.version = next(versions_[stream_of(e)]);
    e.actor = how.actor;
    e.on_behalf_of = how.on_behalf_of;
    e.imported = how.imported;
    record.event = std::move(event);
    versions_[stream_of(e)] = e.version;
    append(record);
    return e.position;
  }
  Position add(StreamId stream, Event event) { return add(stream, std::move(event), How{}); }

  TicketId open(TicketOpened opened, How how) {
    if (opened.number.empty()) opened.number = std::to_string(25030300000 + tail().value + 1);
    if (opened.status.key.empty()) opened.status = fresh;
    if (opened.priority.key.empty()) opened.priority = normal;
    return {add({StreamKind::ticket, 0}, TicketEvent(std::move(opened)), how).value};
  }
  TicketId open(TicketOpened opened = {}) { return open(std::move(opened), How{}); }
  Position on(TicketId ticket, TicketEvent event, How how) { return add(stream_of(ticket), std::move(event), how); }
  Position on(TicketId ticket, TicketEvent event) { return on(ticket, std::move(event), How{}); }

  ContactId contact(const std::string& name, std::optional<OrganisationId> of = {}) {
    return {add({StreamKind::contact, 0}, ContactEvent(ContactCreated{{{name}, {}, {}, of, {}}})).value};
  }
  OrganisationId organisation(const std::string& name) {
    return {add({StreamKind::organisation, 0}, OrganisationEvent(OrganisationCreated{{{name}, {}, {}}})).value};
  }
  AgentId agent(const std::string& name) {
    return {add({StreamKind::agent, 0}, AgentEvent(AgentCreated{{{name}, {}, true, {}}})).value};
  }
  TeamId team(const std::string& name) {
    return {add({StreamKind::team, 0}, TeamEvent(TeamCreated{{name, {}, {}}})).value};
  }
  void targets(std::vector<SlaTarget> targets) {
    add(stream_of(SettingsArea::sla), SettingsEvent(SlaTargetsDefined{std::move(targets)}));
  }

  // Any record, also one that no writer would make. What fails throws: a history may be
  // written by a thread of its own, where Catch2 must not be used.
  void append(const Record& record) {
    LogEntry entry{stream_of(record.envelope), record.envelope.version, {}};
    if (!encode(record, entry.bytes)) throw std::length_error("the record is too long");
    append_bytes(std::move(entry));
    records_.push_back(record);
  }
  void append_bytes(LogEntry entry) {
    LogGroup group;
    group.entries.push_back(std::move(entry));
    if (!log_->append(log_->tail(), group)) throw std::logic_error("the log refused the group");
  }

 private:
  const std::unique_ptr<Log> log_ = open_memory_log();
  std::vector<Record> records_;
  std::map<StreamId, Version> versions_;
  Instant recorded_at_ = nine;
};

// Makes a history longer at random. `draw(n)` gives a number below n.
class Author {
 public:
  using Draw = std::function<std::uint64_t(std::uint64_t below)>;
  Author(History& history, Draw draw) : history_(history), draw_(std::move(draw)) {}

  void write(std::size_t count) {
    while (count-- > 0) write_one();
  }

 private:
  struct Ticket {
    TicketId id;
    Milliseconds opened{0};
    StatusAt status = fresh;
    PriorityAt priority = normal;
    Party party;
    std::optional<TeamId> team;
    std::optional<AgentId> assignee;
    std::uint32_t reopen_count = 0;
  };

  template <class T>
  const T& one_of(const std::vector<T>& values) {
    return values[draw_(values.size())];
  }
  template <class T>
  std::optional<T> maybe(const std::vector<T>& values) {
    if (values.empty() || draw_(3) == 0) return std::nullopt;
    return one_of(values);
  }
  std::string name() { return one_of<std::string>({"Anne", "bob", "Élise", "Zoé", "anne", ""}); }
  Party party() { return {maybe(contacts_), maybe(organisations_)}; }
  Actor actor() {
    if (!agents_.empty() && draw_(3) > 0) return projections_test::agent(one_of(agents_));
    if (!contacts_.empty() && draw_(2) > 0) return projections_test::contact(one_of(contacts_));
    return {ActorKind::administrator, 0};
  }
  Milliseconds now() { return minutes(history_.tail().value + 1); }

  // Acts on a ticket now and then happened some time before they are recorded.
  History::How how(const Ticket& ticket) {
    History::How how{actor()};
    if (draw_(8) == 0) how.occurred = std::max(ticket.opened, now() - minutes(draw_(300)));
    if (draw_(8) == 0 && !agents_.empty()) how.on_behalf_of = projections_test::agent(one_of(agents_));
    return how;
  }

  void write_one() {
    switch (draw_(16)) {
      case 0: return directory();
      case 1: return rename_or_switch();
      case 2: return settings();
      case 3:
      case 4: return open();
      default: return tickets_.empty() ? open() : act(tickets_[draw_(tickets_.size())]);
    }
  }

  void directory() {
    switch (draw_(4)) {
      case 0: contacts_.push_back(history_.contact(name(), maybe(organisations_))); break;
      case 1: organisations_.push_back(history_.organisation(name())); break;
      case 2: agents_.push_back(history_.agent(name())); break;
      default: teams_.push_back(history_.team(name()));
    }
  }

  template <class Aggregate, class Changed, class Off, class On, class IdType>
  void change(const std::vector<IdType>& ids, Changed changed) {
    if (ids.empty()) return directory();
    const auto stream = stream_of(one_of(ids));
    const auto kind = draw_(4);
    if (kind == 0) history_.add(stream, Aggregate(Off{{"left"}}));
    else if (kind == 1) history_.add(stream, Aggregate(On{{"back"}}));
    else history_.add(stream, Aggregate(std::move(changed)));
  }
  void rename_or_switch() {
    switch (draw_(4)) {
      case 0:
        return change<ContactEvent, ContactChanged, ContactDeactivated, ContactReactivated>(
            contacts_, {{{name()}, {"a@b.c"}, {}, maybe(organisations_), "EXT"}});
      case 1:
        return change<OrganisationEvent, OrganisationChanged, OrganisationDeactivated, OrganisationReactivated>(
            organisations_, {{{name()}, OrganisationKind::supplier, {}}});
      case 2:
        return change<AgentEvent, AgentChanged, AgentDeactivated, AgentReactivated>(agents_,
                                                                                    {{{name()}, {}, true, {}}});
      default: return change<TeamEvent, TeamChanged, TeamDeactivated, TeamReactivated>(teams_, {{name(), agents_, {}}});
    }
  }

  void settings() {
    if (draw_(3) > 0) return directory();
    history_.targets({{"normal", minutes(1 + draw_(100)), minutes(draw_(50)), minutes(10), minutes(draw_(500))},
                      {"urgent", minute, minute, minute, minutes(1 + draw_(60))}});
  }

  void open() {
    Ticket ticket;
    ticket.party = party();
    ticket.team = maybe(teams_);
    TicketOpened opened;
    opened.kind = static_cast<TicketKind>(draw_(2));
    opened.channel = static_cast<Channel>(draw_(5));
    opened.title = {name()};
    opened.description = {std::string(draw_(60), 'd')};
    opened.party = ticket.party;
    opened.team = ticket.team;
    ticket.opened = minutes(draw_(history_.tail().value + 1));
    History::How how{actor(), ticket.opened};
    how.imported = draw_(6) == 0;
    ticket.id = history_.open(std::move(opened), how);
    tickets_.push_back(ticket);
  }

  void act(Ticket& t) {
    const auto how = this->how(t);
    const bool closed = t.status.category == Category::closed;
    switch (draw_(9)) {
      case 0: history_.on(t.id, TitleChanged{{"old"}, {name()}}, how); break;
      case 1: history_.on(t.id, DescriptionChanged{{std::string(draw_(60), 'e')}}, how); break;
      case 2: assign(t, how); break;
      case 3: move(t, how); break;
      case 4: history_.on(t.id, PriorityChanged{t.priority, change(t.priority)}, how); break;
      case 5: link(t, how); break;
      case 6: history_.on(t.id, TicketClassified{{}, {{name(), "Network"}, "incident", "hardware"}}, how); break;
      case 7: history_.on(t.id, MessagePosted{static_cast<Visibility>(draw_(2)), {"hello"}}, how); break;
      default: closed ? reopen(t, how) : change_status(t, how);
    }
  }
  PriorityAt change(PriorityAt& priority) { return priority = one_of<PriorityAt>({low, normal, urgent}); }
  void assign(Ticket& t, const History::How& how) {
    if (agents_.empty()) return directory();
    if (t.assignee && draw_(3) == 0) {
      history_.on(t.id, TicketUnassigned{*t.assignee}, how);
      t.assignee.reset();
    } else {
      const AgentId to = one_of(agents_);
      history_.on(t.id, TicketAssigned{t.assignee, to, AssignCause::assigned}, how);
      t.assignee = to;
    }
  }
  void move(Ticket& t, const History::How& how) {
    if (teams_.empty()) return directory();
    const TeamId to = one_of(teams_);
    history_.on(t.id, TicketMovedToTeam{t.team, to}, how);
    t.team = to;
  }
  void link(Ticket& t, const History::How& how) {
    const Party to = party();
    history_.on(t.id, ContactLinked{t.party, to}, how);
    t.party = to;
  }
  void reopen(Ticket& t, const History::How& how) {
    history_.on(t.id, TicketReopened{t.status, working, ReopenCause::reopened, {}, ++t.reopen_count}, how);
    t.status = working;
  }
  void change_status(Ticket& t, const History::How& how) {
    const StatusAt to = one_of<StatusAt>({working, waiting, held, done, done});
    if (to.category == Category::closed) history_.on(t.id, TicketClosed{t.status, to, {"solved"}}, how);
    else history_.on(t.id, StatusChanged{t.status, to}, how);
    t.status = to;
  }

  History& history_;
  const Draw draw_;
  std::vector<Ticket> tickets_;
  std::vector<ContactId> contacts_;
  std::vector<OrganisationId> organisations_;
  std::vector<AgentId> agents_;
  std::vector<TeamId> teams_;
};

}  // namespace greffe::projections_test
