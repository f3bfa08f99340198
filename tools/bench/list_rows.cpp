#include "tools/bench/list_rows.h"

#include <fmt/format.h>

namespace greffe::bench {

std::string ListRows::title() {
  static const std::vector<std::string> subjects{"imprimante", "réseau",       "accès",    "facture",
                                                 "écran",      "mot de passe", "commande", "serveur",
                                                 "session",    "licence",      "rapport",  "téléphone"};
  const auto& first = subjects[chance_.skewed(subjects.size())];
  auto title = fmt::format("Problème {} {}", first, subjects[below(subjects.size())]);
  if (below(10) < 7) title += fmt::format(" {} n° {}", subjects[below(subjects.size())], below(100'000));
  return title;
}

void ListRows::add_people(TicketRow& row) {
  if (below(10) != 0) row.party.contact = ContactId{chance_.skewed(contacts) + 1};
  row.party.organisation = OrganisationId{chance_.skewed(organisations) + 1};
  row.team = TeamId{chance_.skewed(teams) + 1};
  if (below(8) != 0) row.assignee = AgentId{chance_.skewed(agents) + 1};
  row.creator = {ActorKind::agent, chance_.skewed(agents) + 1};
  for (auto more = below(6) == 0 ? 1 + below(2) : 0; more > 0; --more) {
    row.copies.push_back(AgentId{chance_.skewed(agents) + 1});
  }
}

void ListRows::add_dates(TicketRow& row, bool open) {
  const auto in_a_month = [&] { return row.opened_at + std::chrono::hours(below(24 * 30)); };
  row.updated_at = row.opened_at + std::chrono::seconds(below(5'000'000));
  if (!open) row.first_closed_at = row.last_closed_at = row.updated_at;
  if (below(3) == 0) row.due_at = in_a_month();
  if (below(5) == 0) row.estimated_resolution_at = in_a_month();
}

TicketRow ListRows::row(std::uint64_t index, bool open) {
  static const std::vector<std::string> origins{"appel", "mail", "courrier", ""};
  TicketRow row;
  row.id = {index * 12 + 1};
  row.number = fmt::format("2016{}-{}", 1000 + index / 4000, index % 4000);
  row.title.text = title();
  row.kind = below(5) == 0 ? TicketKind::internal : TicketKind::external;
  row.channel = static_cast<Channel>(chance_.skewed(names_of(Channel{}).size()));
  row.origin = origins[chance_.skewed(origins.size())];
  const auto category = open ? static_cast<Category>(below(4)) : Category::closed;
  row.status = {fmt::format("{}{}", name_of(category), below(2)), category};
  const auto rank = static_cast<std::uint32_t>(below(4));
  row.priority = {fmt::format("p{}", rank), rank};
  row.classification.category = {fmt::format("root{}", below(8)), fmt::format("leaf{}", below(10))};
  row.classification.request_type = fmt::format("type{}", below(12));
  row.classification.group = fmt::format("group{}", below(6));
  row.opened_at = opened_at(index);
  add_people(row);
  add_dates(row, open);
  if (below(5) == 0) row.context_types.push_back(fmt::format("type{}", below(6)));
  if (below(20) == 0) row.parent = TicketId{below(ticket_count_) * 12 + 1};
  row.needs_look = below(50) == 0;
  return row;
}

void ListRows::name_everyone(ListIndex& index) {
  const auto name = [&](StreamKind kind, std::uint64_t count) {
    for (std::uint64_t id = 1; id <= count; ++id) {
      std::string text = "Nom ";
      for (int i = 0; i < 8; ++i) text += static_cast<char>('a' + below(26));
      index.name({kind, id}, text);
    }
  };
  name(StreamKind::contact, contacts);
  name(StreamKind::organisation, organisations);
  name(StreamKind::agent, agents);
  name(StreamKind::team, teams);
}

}  // namespace greffe::bench
