// Distinct types for every id, position and version, so that one cannot stand in for
// another. All are plain values; 0 never names anything that exists.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace greffe {

// A 64-bit number that only compares with its own kind.
template <class Tag>
struct Id {
  std::uint64_t value = 0;
  constexpr auto operator<=>(const Id&) const = default;
};

// Place of an event in the one total order of the log: 1, 2, 3 … without gaps.
using Position = Id<struct PositionTag>;

// An aggregate's id is the position of the event that created it.
using TicketId = Id<struct TicketTag>;
using ContactId = Id<struct ContactTag>;
using OrganisationId = Id<struct OrganisationTag>;
using AgentId = Id<struct AgentTag>;
using TeamId = Id<struct TeamTag>;
using CannedReplyId = Id<struct CannedReplyTag>;
using TemplateId = Id<struct TemplateTag>;
using ContextId = Id<struct ContextTag>;
using SavedViewId = Id<struct SavedViewTag>;
using ContractId = Id<struct ContractTag>;

// Count of events in one stream: its first event has version 1; 0 means "no stream yet".
struct Version {
  std::uint32_t value = 0;
  constexpr auto operator<=>(const Version&) const = default;
};

constexpr Position next(Position p) { return {p.value + 1}; }
constexpr Version next(Version v) { return {v.value + 1}; }

// The aggregates. Numbers are stored: never reuse or reorder them.
enum class StreamKind : std::uint8_t {
  ticket = 1,
  contact = 2,
  organisation = 3,
  agent = 4,
  team = 5,
  settings = 6,
  canned_reply = 7,
  text_template = 8,
  context = 9,
  saved_view = 10,
  contract = 11
};
inline constexpr StreamKind last_stream_kind = StreamKind::contract;

// One aggregate's stream. For settings, `id` is the SettingsArea (events/settings.h).
struct StreamId {
  StreamKind kind = StreamKind::ticket;
  std::uint64_t id = 0;
  constexpr auto operator<=>(const StreamId&) const = default;
};

constexpr StreamId stream_of(TicketId id) { return {StreamKind::ticket, id.value}; }
constexpr StreamId stream_of(ContactId id) { return {StreamKind::contact, id.value}; }
constexpr StreamId stream_of(OrganisationId id) { return {StreamKind::organisation, id.value}; }
constexpr StreamId stream_of(AgentId id) { return {StreamKind::agent, id.value}; }
constexpr StreamId stream_of(TeamId id) { return {StreamKind::team, id.value}; }
constexpr StreamId stream_of(CannedReplyId id) { return {StreamKind::canned_reply, id.value}; }
constexpr StreamId stream_of(TemplateId id) { return {StreamKind::text_template, id.value}; }
constexpr StreamId stream_of(ContextId id) { return {StreamKind::context, id.value}; }
constexpr StreamId stream_of(SavedViewId id) { return {StreamKind::saved_view, id.value}; }
constexpr StreamId stream_of(ContractId id) { return {StreamKind::contract, id.value}; }

}  // namespace greffe

template <class Tag>
struct std::hash<greffe::Id<Tag>> {
  std::size_t operator()(greffe::Id<Tag> id) const noexcept { return std::hash<std::uint64_t>{}(id.value); }
};

template <>
struct std::hash<greffe::StreamId> {
  std::size_t operator()(greffe::StreamId s) const noexcept {
    return std::hash<std::uint64_t>{}(s.id * 16 + static_cast<std::uint64_t>(s.kind));
  }
};
