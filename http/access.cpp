#include "http/access.h"

#include "events/check.h"
#include "http/digest.h"
#include "http/headers.h"

namespace greffe {

TokenDigest token_digest(std::string_view token) { return sha256_of({token}); }

AccessPolicy::AccessPolicy(std::string_view administrator_token) : administrator_(token_digest(administrator_token)) {
  GREFFE_CHECK(!administrator_token.empty(), "an empty token would admit everybody");
}

Result<Principal, Problem> AccessPolicy::admit(const HttpRequest& request) const {
  const auto token = bearer_token(request);
  if (!token) return fail(token.error());
  if (!*token || !same_digest(token_digest(**token), administrator_)) {
    return fail(problem_of(RequestCode::unauthorised, "A known token is needed: Authorization: Bearer <token>."));
  }
  const auto person = act_as(request);
  if (!person) return fail(person.error());
  return Principal{Actor{ActorKind::administrator, 0}, *person};
}

}  // namespace greffe
