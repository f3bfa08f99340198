#include <algorithm>

#include "commands/texts/template.h"

namespace greffe {
namespace {

constexpr TextVariable in_replies[] = {
    {"ticket.number", {}},
    {"ticket.title", {}},
    {"ticket.description", {}},
    {"ticket.status", {}},    // its label in the text's language
    {"ticket.priority", {}},  // likewise
    {"ticket.category", {}},  // the path, "Incident / Network"
    {"ticket.request_type", {}},
    {"ticket.team", {}},
    {"ticket.opened_at", {}},  // times are local: 28/02/2025 11:30
    {"ticket.updated_at", {}},
    {"ticket.due_at", {}},
    {"ticket.estimated_resolution_at", {}},
    {"ticket.closed_at", {}},
    {"ticket.follow_up_of", {}},  // the closed ticket's number
    {"client.name", {}},
    {"client.email", {}},
    {"client.organisation", {}},
    {"assignee.name", {}},
    {"agent.name", {}},  // who has the text made
};

constexpr TextVariable beyond_replies[] = {
    {"messages", {}, true},  // oldest first
    {"author", "messages"},      {"body", "messages"},
    {"at", "messages"},          {"header", {}, false, true},  // of the notification settings
    {"footer", {}, false, true},
};

constexpr auto in_documents = [] {
  std::array<TextVariable, std::size(in_replies) + std::size(beyond_replies)> all{};
  std::copy(std::begin(in_replies), std::end(in_replies), all.begin());
  std::copy(std::begin(beyond_replies), std::end(beyond_replies), all.begin() + std::size(in_replies));
  return all;
}();

}  // namespace

std::span<const TextVariable> variables_of(TextPurpose purpose) {
  if (purpose == TextPurpose::reply) return in_replies;
  return in_documents;
}

}  // namespace greffe
