// Histories for tests of the views, written by hand: legal enough for a writer to have made
// them, kept in a log without a disk. Random ones are in projections_author.h.
#pragma once

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
    waiting{"waiting", Category::pending}, held{"held", Category::on_hold}, done{"done", Category::closed},
    merged{"merged", Category::merged}, deleted{"deleted", Category::deleted};
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
  Position add(StreamId stream, Event event, How how) { return commit({{stream, std::move(event)}}, how); }
  Position add(StreamId stream, Event event) { return add(stream, std::move(event), How{}); }

  // One commit of several events; returns the first's position.
  struct Step {
    StreamId stream;
    Event event;
  };
  Position commit(std::vector<Step> steps, How how) {
    const Position first = next(tail());
    recorded_at_ += minute;
    for (Step& step : steps) {
      Record record;
      Envelope& e = record.envelope;
      e.position = next(tail());
      e.commit_first = first;
      e.commit_count = static_cast<std::uint32_t>(steps.size());
      e.recorded_at = recorded_at_;
      e.occurred_at = how.occurred ? nine + *how.occurred : recorded_at_;
      e.stream_kind = step.stream.kind;
      e.stream_id = step.stream.id == 0 ? e.position.value : step.stream.id;
      e.version = versions_[stream_of(e)] = next(versions_[stream_of(e)]);
      e.actor = how.actor;
      e.on_behalf_of = how.on_behalf_of;
      e.imported = how.imported;
      record.event = std::move(step.event);
      append(record);
    }
    return first;
  }

  // The number of a ticket that was opened without naming one.
  static std::string number_of(TicketId id) { return std::to_string(25030300000 + id.value); }

  TicketId open(TicketOpened opened, How how) {
    if (opened.number.empty()) opened.number = number_of({tail().value + 1});
    if (opened.status.key.empty()) opened.status = fresh;
    if (opened.priority.key.empty()) opened.priority = normal;
    return {add({StreamKind::ticket, 0}, TicketEvent(std::move(opened)), how).value};
  }
  TicketId open(TicketOpened opened = {}) { return open(std::move(opened), How{}); }
  Position on(TicketId ticket, TicketEvent event, How how) { return add(stream_of(ticket), std::move(event), how); }
  Position on(TicketId ticket, TicketEvent event) { return on(ticket, std::move(event), How{}); }

  // A message with the next number of its ticket.
  Position message(TicketId ticket, MessagePosted posted, How how) {
    posted.message = ++message_counts_[ticket];
    return on(ticket, std::move(posted), how);
  }
  Position message(TicketId ticket, const std::string& body, Visibility visibility = Visibility::everyone) {
    return message(ticket, {visibility, {body}}, How{});
  }

  // Merges a ticket without assignee or sub-tickets, and undoes it.
  Position merge(TicketId source, TicketId target, const StatusAt& old, How how) {
    return commit({{stream_of(source), TicketEvent(TicketMergedInto{target, number_of(target), old, merged, {}, {}})},
                   {stream_of(target), TicketEvent(TicketAbsorbed{source, number_of(source), 1})}},
                  how);
  }
  Position unmerge(TicketId source, TicketId target, const StatusAt& old, How how) {
    return commit({{stream_of(source), TicketEvent(TicketUnmerged{target, number_of(target), merged, old, {}, {}})},
                   {stream_of(target), TicketEvent(TicketReleased{source, number_of(source)})}},
                  how);
  }
  Position merge(TicketId source, TicketId target) { return merge(source, target, fresh, How{}); }
  Position unmerge(TicketId source, TicketId target) { return unmerge(source, target, fresh, How{}); }

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
  void statuses(StatusesDefined defined) { add(stream_of(SettingsArea::statuses), SettingsEvent(std::move(defined))); }
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
  std::map<TicketId, std::uint32_t> message_counts_;
  Instant recorded_at_ = nine;
};

}  // namespace greffe::projections_test
