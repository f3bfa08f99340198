#include "commands/index_keys.h"

#include <charconv>

#include "commands/field_rules.h"
#include "events/json.h"

namespace greffe {
namespace {

using Writes = std::vector<IndexWrite>;

void take(Writes& out, IndexSpace space, std::string key, std::uint64_t id) {
  out.push_back({space, std::move(key), index_value(id)});
}

void take_external_id(Writes& out, StreamKind kind, const std::string& external_id, std::uint64_t id) {
  if (!external_id.empty()) take(out, IndexSpace::external_id, index_key(kind, external_id), id);
}

// From the address held before to the one held now; empty = none.
void move_email(Writes& out, StreamKind kind, const std::string& before, const std::string& now, std::uint64_t id) {
  if (before == now) return;
  if (!before.empty()) out.push_back({IndexSpace::email, index_key(kind, before), {}});
  if (!now.empty()) take(out, IndexSpace::email, index_key(kind, now), id);
}

template <class Details>
std::string held_email(const Entry<Details>& entry) {
  if constexpr (requires { entry.details.email; }) {
    return entry.active ? folded_email(entry.details.email.text) : std::string();
  } else {
    return {};
  }
}

template <class State, class Event>
void entry_writes(Writes& out, StreamKind kind, const State& before, std::uint64_t id, const Event& event) {
  State after = before;
  evolve(after, event);
  move_email(out, kind, held_email(before), held_email(after), id);
  if constexpr (requires { after.details.external_id; }) {
    if (before.version == Version{}) take_external_id(out, kind, external_key(after.details), id);
  }
}

void ticket_writes(Writes& out, std::uint64_t id, const TicketEvent& event) {
  const auto* opened = std::get_if<TicketOpened>(&event);
  if (opened == nullptr) return;
  take(out, IndexSpace::ticket_number, opened->number, id);
  if (opened->sequence > 0) take(out, IndexSpace::number_series, opened->series, opened->sequence);
  take_external_id(out, StreamKind::ticket, opened->external_id, id);
}

}  // namespace

std::string index_key(StreamKind kind, std::string_view text) {
  std::string key(stream_kind_text(kind));
  key += '/';
  key += text;
  return key;
}

std::string index_value(std::uint64_t number) { return std::to_string(number); }

std::optional<std::uint64_t> index_number(std::string_view value) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
  if (read.ec != std::errc() || read.ptr != value.data() + value.size()) return std::nullopt;
  return number;
}

std::vector<IndexWrite> index_writes(const AnyState& before, std::uint64_t id, const Event& event) {
  Writes out;
  std::visit(overloaded{
                 [&](const TicketState&, const TicketEvent& e) { ticket_writes(out, id, e); },
                 [&](const auto& state, const auto& e) {
                   if constexpr (requires { state.details; } && !std::is_same_v<decltype(e), const TicketEvent&>) {
                     auto copy = state;
                     if constexpr (requires { evolve(copy, e); }) entry_writes(out, kind_of(event), state, id, e);
                   }
                 },
             },
             before, event);
  return out;
}

}  // namespace greffe
