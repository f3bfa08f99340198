#include "projections/search/terms.h"

#include <fmt/format.h>

#include <algorithm>

#include "projections/search/words.h"

namespace greffe::search_terms {
namespace {

// Xapian holds terms of up to 245 bytes, a zero byte counting twice. What is longer keeps its
// beginning and a hash of the whole.
constexpr std::size_t whole_term_bytes_max = 200;
constexpr std::size_t kept_bytes = 150;
constexpr std::size_t beginning_letters = 3;

std::uint64_t fnv(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash;
}

std::string bounded(std::string term) {
  std::replace(term.begin(), term.end(), '\0', ' ');
  if (term.size() <= whole_term_bytes_max) return term;
  return fmt::format("{}\x1e{:016x}", std::string_view(term).substr(0, kept_bytes), fnv(term));
}

std::string prefixed(std::string_view prefix, std::string_view rest) {
  std::string term(prefix);
  term += rest;
  return bounded(std::move(term));
}

template <class Tag>
std::string prefixed(std::string_view prefix, Id<Tag> id) {
  return prefixed(prefix, std::to_string(id.value));
}

std::string_view state_of(Category category) {
  if (category == Category::deleted || category == Category::merged) return name_of(category);
  return is_open(category) ? "open" : "closed";
}

}  // namespace

std::string word(Visibility visibility, std::string_view folded) {
  return prefixed(visibility == Visibility::everyone ? "P" : "N", folded);
}
std::string stem(Visibility visibility, std::string_view stem) {
  return prefixed(visibility == Visibility::everyone ? "PZ" : "NZ", stem);
}
std::string beginning(Visibility visibility, std::string_view letters) {
  return prefixed(visibility == Visibility::everyone ? "PB" : "NB", letters);
}
std::string_view beginning_of(std::string_view folded) {
  const auto begins_letter = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; };
  std::size_t letters = 0, end = 0;
  for (; end < folded.size(); ++end) {
    if (begins_letter(folded[end]) && ++letters > beginning_letters) break;
  }
  return folded.substr(0, end);
}
std::string identifier(std::string_view folded) { return prefixed("XI", folded); }
std::string ticket(TicketId id) { return fmt::format("{}{:020}", ticket_prefix, id.value); }

std::string state(std::string_view name) { return prefixed("XV", name); }
std::string status(std::string_view key) { return prefixed("XS", key); }
std::string priority(std::string_view key) { return prefixed("XP", key); }
std::string team(TeamId id) { return prefixed("XT", id); }
std::string assignee(AgentId id) { return prefixed("XA", id); }
std::string contact(ContactId id) { return prefixed("XC", id); }
std::string organisation(OrganisationId id) { return prefixed("XO", id); }
std::string kind(TicketKind kind) { return prefixed("XK", name_of(kind)); }
std::string channel(Channel channel) { return prefixed("XH", name_of(channel)); }

std::string category(const std::vector<std::string>& path) {
  std::string joined;
  for (const auto& node : path) joined += node + '\x1f';
  return prefixed("XY", joined);
}

std::vector<std::string> filters_of(const TicketRow& row) {
  std::vector<std::string> terms = {state(state_of(row.status.category)), status(row.status.key),
                                    priority(row.priority.key), kind(row.kind), channel(row.channel)};
  if (row.team) terms.push_back(team(*row.team));
  if (row.assignee) terms.push_back(assignee(*row.assignee));
  if (row.party.contact) terms.push_back(contact(*row.party.contact));
  if (row.party.organisation) terms.push_back(organisation(*row.party.organisation));
  std::vector<std::string> path;
  for (const auto& node : row.classification.category) {
    path.push_back(node);
    terms.push_back(category(path));
  }
  return terms;
}

std::vector<std::string> identifiers_of(const TicketRow& row) {
  std::vector<std::string> terms;
  for (const auto& text : {row.number, row.external_id}) {
    const auto folded = folded_identifier(text);
    if (!folded.empty()) terms.push_back(identifier(folded));
  }
  return terms;
}

std::string instant_value(Instant instant) {
  const auto us = static_cast<std::uint64_t>(instant.time_since_epoch().count()) ^ (std::uint64_t{1} << 63);
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(us >> shift & 0xff);
  return bytes;
}

}  // namespace greffe::search_terms
