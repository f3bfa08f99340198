// Directory entries as their readers see them.
#pragma once

#include "events/directory.h"
#include "events/time.h"

namespace greffe {

// One entry of any of the four kinds: Details is ContactDetails, OrganisationDetails,
// AgentDetails or TeamDetails; IdType the matching id.
template <class IdType, class Details>
struct DirectoryRow {
  IdType id;
  Details details;
  bool active = true;
  Instant created_at;
  Instant updated_at;
  Version version;

  static constexpr auto fields =
      std::make_tuple(field("id", &DirectoryRow::id), field("details", &DirectoryRow::details),
                      field("active", &DirectoryRow::active), field("created_at", &DirectoryRow::created_at),
                      field("updated_at", &DirectoryRow::updated_at), field("version", &DirectoryRow::version));
  bool operator==(const DirectoryRow& o) const { return same_fields(*this, o); }
};

using ContactRow = DirectoryRow<ContactId, ContactDetails>;
using OrganisationRow = DirectoryRow<OrganisationId, OrganisationDetails>;
using AgentRow = DirectoryRow<AgentId, AgentDetails>;
using TeamRow = DirectoryRow<TeamId, TeamDetails>;

}  // namespace greffe
