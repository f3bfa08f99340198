#include "storage/check_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

#include "events/json.h"

namespace greffe {
namespace {

constexpr std::size_t day_digits = 6;       // yymmdd
constexpr std::size_t sequence_digits = 4;  // at least; more once a day has had 9999 tickets

// "<kind>/<text>", the form of keys that are unique within one kind of aggregate.
std::string key_of(StreamKind kind, std::string_view text) {
  return fmt::format("{}/{}", stream_kind_text(kind), text);
}

std::string folded(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

// The sequence in a number of Greffe's own making; absent in an imported one.
std::optional<std::uint64_t> sequence_of(std::string_view number) {
  if (number.size() < day_digits + sequence_digits) return std::nullopt;
  if (number.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  std::uint64_t sequence = 0;
  const auto [end, error] = std::from_chars(number.data() + day_digits, number.data() + number.size(), sequence);
  if (error != std::errc()) return std::nullopt;
  return sequence;
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
                        [&](const ContactEvent& event) { std::visit(directory, event); },
                        [&](const OrganisationEvent& event) { std::visit(directory, event); },
                        [&](const AgentEvent& event) { std::visit(directory, event); },
                        [&](const TeamEvent& event) { std::visit(directory, event); }, [](const SettingsEvent&) {}},
             record.event);
}

// A ticket's number and external id never change, so both are compared at once.
void IndexCheck::feed_ticket(const TicketOpened& opened, StreamId stream, Position position) {
  const Expected expected{std::to_string(stream.id), position};
  compare(IndexSpace::ticket_number, opened.number, expected);
  if (!opened.external_id.empty()) {
    compare(IndexSpace::external_id, key_of(stream.kind, opened.external_id), expected);
  }
  if (const auto sequence = sequence_of(opened.number)) {
    auto& [highest, at] = day_sequences_[opened.number.substr(0, day_digits)];
    if (*sequence > highest) std::tie(highest, at) = std::pair(*sequence, position);
  }
}

template <class DirectoryEvent>
void IndexCheck::feed_directory(const DirectoryEvent& event, StreamId stream, Position position) {
  Holder& holder = holders_[stream];
  holder.changed = position;
  if constexpr (requires { event.details; }) {
    holder.external_id = event.details.external_id;
    if constexpr (requires { event.details.email; }) {
      holder.email = folded(event.details.email.text);
      if (!holder.email.empty()) emails_ever_[key_of(stream.kind, holder.email)] = position;
    }
  } else {
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
  for (const auto& [day, last] : day_sequences_) {
    compare(IndexSpace::day_sequence, day, {std::to_string(last.first), last.second});
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
                                                     "email", "day_sequence"};
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
