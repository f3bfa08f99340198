#include "http/past_names.h"

#include "projections/as_of.h"

namespace greffe {
namespace {

template <class Row>
std::optional<std::string> name_in(const std::optional<Row>& row) {
  if (!row) return std::nullopt;
  if constexpr (std::is_same_v<Row, TeamRow>) return row->details.display_name;
  else return row->details.display_name.text;
}

std::optional<std::string> read_name(const Log& log, StreamId entry, Instant instant) {
  switch (entry.kind) {
    case StreamKind::contact: return name_in(entry_as_of(log, ContactId{entry.id}, instant));
    case StreamKind::organisation: return name_in(entry_as_of(log, OrganisationId{entry.id}, instant));
    case StreamKind::agent: return name_in(entry_as_of(log, AgentId{entry.id}, instant));
    case StreamKind::team: return name_in(entry_as_of(log, TeamId{entry.id}, instant));
    default: return std::nullopt;
  }
}

}  // namespace

const std::optional<std::string>& PastNames::name_of(StreamId entry) {
  const auto [known, first] = known_.try_emplace(entry);
  if (first) known->second = read_name(log_, entry, instant_);
  return known->second;
}

}  // namespace greffe
