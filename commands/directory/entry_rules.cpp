#include "commands/directory/entry_rules.h"

namespace greffe::entry_rules {

std::optional<Rejection> check_unique(StreamKind kind, std::string_view external_id, std::string_view email,
                                      const Lookup& lookup) {
  if (!external_id.empty() && lookup.with_external_id(kind, external_id)) {
    return refuse(RejectionCode::external_id_taken, "An entry of this kind with this external id exists.").value();
  }
  if (!email.empty() && lookup.with_email(kind, folded_email(email))) {
    return refuse(RejectionCode::email_taken, "Another active entry of this kind has this address.").value();
  }
  return std::nullopt;
}

}  // namespace greffe::entry_rules
