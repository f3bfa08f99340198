#include "tools/demo/directory.h"

#include <fmt/format.h>

#include "tools/demo/texts.h"

namespace greffe::demo {
namespace {

constexpr Actor administrator{ActorKind::administrator, 0};

// Creates one entry and keeps its id.
template <class IdType>
Result<void, std::string> create(const Submit& submit, AnyCommand command, std::vector<IdType>& ids) {
  const auto answer = submit(std::move(command), 0, administrator);
  if (!answer) return fail(answer.error());
  ids.push_back({answer->stream.id});
  return {};
}

OrganisationKind kind_of(std::size_t i) {
  return i % 5 == 4 ? OrganisationKind::prospect : i % 7 == 6 ? OrganisationKind::supplier : OrganisationKind::client;
}

}  // namespace

Result<People, std::string> create_people(const Submit& submit) {
  People people;
  std::vector<OrganisationId> organisations;
  for (std::size_t i = 0; i < agent_names().size(); ++i) {
    const AgentDetails details{
        {std::string(agent_names()[i])}, {fmt::format("agent{}@greffe.example", i + 1)}, true, {}};
    if (auto done = create(submit, AgentCommand(CreateAgent{details}), people.agents); !done) return fail(done.error());
  }
  for (std::size_t i = 0; i < team_names().size(); ++i) {
    TeamDetails details{std::string(team_names()[i]), {}, {}};
    for (std::size_t a = i; a < people.agents.size(); a += team_names().size())
      details.members.push_back(people.agents[a]);
    if (auto done = create(submit, TeamCommand(CreateTeam{details}), people.teams); !done) return fail(done.error());
  }
  for (std::size_t i = 0; i < organisation_names().size(); ++i) {
    const OrganisationDetails details{{std::string(organisation_names()[i])}, kind_of(i), {}};
    if (auto done = create(submit, OrganisationCommand(CreateOrganisation{details}), organisations); !done) {
      return fail(done.error());
    }
  }
  for (std::size_t i = 0; i < client_names().size(); ++i) {
    const ContactDetails details{{std::string(client_names()[i])},
                                 {fmt::format("contact{}@client{}.example", i + 1, i % organisations.size() + 1)},
                                 {fmt::format("+33 1 55 00 {:02} {:02}", i / 10, i % 10 * 7)},
                                 organisations[i % organisations.size()],
                                 {}};
    if (auto done = create(submit, ContactCommand(CreateContact{details}), people.contacts); !done)
      return fail(done.error());
  }
  return people;
}

}  // namespace greffe::demo
