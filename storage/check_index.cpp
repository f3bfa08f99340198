#include "storage/check_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "events/json.h"

namespace greffe {
namespace {

// "<kind>/<text>", the form of keys that are unique within one kind of aggregate.
std::string key_of(StreamKind kind, std::string_view text) {
  return fmt::format("{}/{}", stream_kind_text(kind), text);
}

template <class Details>
std::string external_id_of(const Details& details) {
  return details.external_id;
}
std::string external_id_of(const ContextDetails& details) {
  return details.external_id.empty() ? std::string() : fmt::format("{}/{}", details.type, details.external_id);
}

std::string folded(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

}  // namespace

void IndexCheck::feed(const Record& record) {
  const StreamId stream = stream_of(record.envelope);
  const Position position = record.envelope.position;
  const auto directory = [&](const auto& event) { feed_directory(event, stream, position); };
  std::visit(overloaded{[&](const TicketEvent& event) {
                          if (const auto* opened = std::get_if<TicketOpened>(&event)) {
                            feed_ticket(*opened, stream, position);
                          }
                        },
                        [](const SettingsEvent&) {}, [&](const auto& event) { std::visit(directory, event); }},
             record.event);
}

// A ticket's number and external id never change, so both are compared at once.
void IndexCheck::feed_ticket(const TicketOpened& opened, StreamId stream, Position position) {
  const Expected expected{std::to_string(stream.id), position};
  compare(IndexSpace::ticket_number, opened.number, expected);
  if (!opened.external_id.empty()) {
    compare(IndexSpace::external_id, key_of(stream.kind, opened.external_id), expected);
  }
  if (opened.sequence == 0) return;
  auto& [highest, at] = series_[opened.series];
  if (opened.sequence > highest) std::tie(highest, at) = std::pair(opened.sequence, position);
}

template <class DirectoryEvent>
void IndexCheck::feed_directory(const DirectoryEvent& event, StreamId stream, Position position) {
  Holder& holder = holders_[stream];
  holder.changed = position;
  if constexpr (requires { event.details; }) {
    if constexpr (requires { event.details.external_id; }) holder.external_id = external_id_of(event.details);
    if constexpr (requires { event.details.email; }) {
      holder.email = folded(event.details.email.text);
      if (!holder.email.empty()) emails_ever_[key_of(stream.kind, holder.email)] = position;
    }
  } else if constexpr (
      requires { event.reason; } && !requires { event.balance; }) {
    constexpr std::string_view name = DirectoryEvent::name.text;
    static_assert(name.ends_with("Deactivated") || name.ends_with("Reactivated"));
    holder.active = name.ends_with("Reactivated");
  }
}

void IndexCheck::finish() {
  std::map<std::string, Expected> emails, external_ids;
  for (const auto& [stream, holder] : holders_) {
    if (holder.active && !holder.email.empty()) {
      claim(emails, key_of(stream.kind, holder.email), stream, holder.changed);
    }
    if (!holder.external_id.empty()) {
      claim(external_ids, key_of(stream.kind, holder.external_id), stream, holder.changed);
    }
  }
  for (const auto& [key, last] : emails_ever_) emails.try_emplace(key, Expected{"", last});
  for (const auto& [key, expected] : emails) compare(IndexSpace::email, key, expected);
  for (const auto& [key, expected] : external_ids) compare(IndexSpace::external_id, key, expected);
  for (const auto& [series, last] : series_) {
    compare(IndexSpace::number_series, series, {std::to_string(last.first), last.second});
  }
}

void IndexCheck::claim(std::map<std::string, Expected>& keys, const std::string& key, StreamId owner,
                       Position position) {
  const auto [found, is_new] = keys.try_emplace(key, Expected{std::to_string(owner.id), position});
  if (is_new) return;
  report_(std::max(position, found->second.position),
          fmt::format("\"{}\" belongs to {} and to {} at once", key, found->second.value, owner.id));
}

void IndexCheck::compare(IndexSpace space, std::string_view key, const Expected& expected) {
  constexpr std::array<std::string_view, 6> names = {"",      "command_receipt", "ticket_number", "external_id",
                                                     "email", "number_series"};
  const auto value = log_.lookup(space, key);
  const auto name = names[static_cast<std::size_t>(space)];
  if (!value) {
    report_(expected.position, fmt::format("index {} \"{}\" cannot be read: {}", name, key, value.error().detail));
  } else if (value->value_or("") != expected.value) {
    report_(expected.position, fmt::format("index {} \"{}\" says \"{}\", the events say \"{}\"", name, key,
                                           value->value_or("nothing"), expected.value));
  }
}

}  // namespace greffe
