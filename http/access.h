// The one place where rights are decided: who a request speaks for, or why it is refused.
// Today one token exists, the administrator's, and it may do everything, also in the name of
// an agent or a contact (header Greffe-Act-As).
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "events/record.h"
#include "http/front/request.h"
#include "http/problem.h"

namespace greffe {

// Whom a request speaks for. Both are kept in every event it causes.
struct Principal {
  Actor actor;                        // whose token it was
  std::optional<Actor> on_behalf_of;  // the person acted for

  // The person whose "mine" and allowed actions count.
  const Actor& person() const { return on_behalf_of ? *on_behalf_of : actor; }
  std::optional<AgentId> agent() const {
    if (person().kind != ActorKind::agent) return std::nullopt;
    return AgentId{person().id};
  }
};

// What a store keeps of a token: enough to recognise it, not to use it.
using TokenDigest = std::array<unsigned char, 32>;
TokenDigest token_digest(std::string_view token);

// Immutable, hence safe for any thread.
class AccessPolicy {
 public:
  explicit AccessPolicy(const TokenDigest& administrator) : administrator_(administrator) {}
  // An empty token is the caller's mistake.
  explicit AccessPolicy(std::string_view administrator_token);

  // 401 without a known token, 400 malformed_header if Greffe-Act-As is not agent/<id> or
  // contact/<id>. That the person exists and is active is checked where the act is decided, and for
  // queries before they are handled.
  Result<Principal, Problem> admit(const HttpRequest& request) const;

 private:
  TokenDigest administrator_;
};

}  // namespace greffe
