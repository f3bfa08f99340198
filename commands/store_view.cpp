#include "commands/store_view.h"

#include <fmt/format.h>

#include "commands/index_keys.h"
#include "commands/ticket/snapshot.h"
#include "events/check.h"

namespace greffe {
namespace {

template <class State>
const State* state_in(const AnyState* state) {
  return state == nullptr ? nullptr : std::get_if<State>(state);
}

}  // namespace

StoreView::StoreView(const Log& log, const WriterOptions& options)
    : log_(log), snapshot_every_(options.snapshot_every), cache_(options.cache_streams_max) {
  GREFFE_CHECK(snapshot_every_ > 0, "a snapshot stands at an event");
}

const AnyState* StoreView::find(StreamId stream) const {
  if (const AnyState* known = cache_.find(stream)) return known;
  AnyState state = empty_state(stream.kind);
  if (auto folded = fold_rest(log_, stream, state); !folded) {
    note(std::move(folded.error()));
    return nullptr;
  }
  if (version_of(state) == Version{}) return nullptr;
  return &cache_.put(stream, std::move(state), {});
}

// A failure of the log is left to find(), which meets it again.
void StoreView::take(StreamId stream, AnyState read_ahead) const {
  if (cache_.find(stream) != nullptr || !fold_rest(log_, stream, read_ahead)) return;
  if (version_of(read_ahead) != Version{}) cache_.put(stream, std::move(read_ahead), {});
}

std::vector<IndexWrite> StoreView::apply(const Record& record, GroupNumber group) {
  const StreamId stream = stream_of(record.envelope);
  AnyState* state = cache_.change(stream, group);
  if (state == nullptr) state = &cache_.put(stream, empty_state(stream.kind), group);
  auto writes = index_writes(*state, stream.id, record.event);
  for (const IndexWrite& write : writes) stage(write, group);
  const bool folded = evolve(*state, record);
  GREFFE_CHECK(folded, "a decision's events are of its own aggregate");
  GREFFE_CHECK(version_of(*state) == record.envelope.version, "a stream has one event for each version");
  const auto* ticket = std::get_if<TicketState>(state);
  if (ticket != nullptr && ticket->version.value % snapshot_every_ == 0) {
    // Not staged: a state that is ahead of the log stays in the cache.
    writes.push_back({IndexSpace::ticket_snapshot, index_value(stream.id), encode_snapshot(*ticket)});
  }
  return writes;
}

std::optional<std::string> StoreView::index(IndexSpace space, std::string_view key) const {
  if (const std::string* value = staged_.find(space, key)) return *value;
  auto found = log_.lookup(space, key);
  if (found) return *std::move(found);
  note(std::move(found.error()));
  return std::nullopt;
}

void StoreView::settle(GroupNumber durable) {
  staged_.forget(durable);
  cache_.shrink(durable);
}

void StoreView::note(LogFailure failure) const {
  if (!failure_) failure_ = std::move(failure);
}

const TicketState* StoreView::ticket(TicketId id) const { return state_in<TicketState>(find(stream_of(id))); }

const ContactState* StoreView::contact(ContactId id) const { return state_in<ContactState>(find(stream_of(id))); }

const OrganisationState* StoreView::organisation(OrganisationId id) const {
  return state_in<OrganisationState>(find(stream_of(id)));
}

const AgentState* StoreView::agent(AgentId id) const { return state_in<AgentState>(find(stream_of(id))); }

const TeamState* StoreView::team(TeamId id) const { return state_in<TeamState>(find(stream_of(id))); }

const CannedReplyState* StoreView::canned_reply(CannedReplyId id) const {
  return state_in<CannedReplyState>(find(stream_of(id)));
}

const TextTemplateState* StoreView::text_template(TemplateId id) const {
  return state_in<TextTemplateState>(find(stream_of(id)));
}

const ContextState* StoreView::context(ContextId id) const { return state_in<ContextState>(find(stream_of(id))); }

const SavedViewState* StoreView::saved_view(SavedViewId id) const {
  return state_in<SavedViewState>(find(stream_of(id)));
}

const ContractState* StoreView::contract(ContractId id) const { return state_in<ContractState>(find(stream_of(id))); }

std::optional<TicketId> StoreView::with_number(std::string_view text) const {
  const auto id = number(IndexSpace::ticket_number, text);
  return id ? std::optional(TicketId{*id}) : std::nullopt;
}

std::optional<std::uint64_t> StoreView::number(IndexSpace space, std::string_view key) const {
  const auto value = index(space, key);
  if (!value || value->empty()) return std::nullopt;
  const auto number = index_number(*value);
  if (!number) {
    note({LogFailure::Kind::corrupt,
          {},
          fmt::format("Index space {} holds no number under a key. Run greffe verify.", static_cast<int>(space))});
  }
  return number;
}

std::optional<std::uint64_t> StoreView::with_email(StreamKind kind, std::string_view folded) const {
  return number(IndexSpace::email, index_key(kind, folded));
}

std::optional<std::uint64_t> StoreView::with_external_id(StreamKind kind, std::string_view external_id) const {
  return number(IndexSpace::external_id, index_key(kind, external_id));
}

std::uint64_t StoreView::last_number(std::string_view series) const {
  return number(IndexSpace::number_series, series).value_or(0);
}

}  // namespace greffe
