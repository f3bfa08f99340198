// The administrator's token. The store keeps only its SHA-256, in `<dir>/admin-token.sha256`;
// GREFFE_ADMIN_TOKEN, where it is set, is used instead and leaves nothing on the disk.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "events/result.h"
#include "http/access.h"

namespace greffe {

struct AdminToken {
  AccessPolicy policy;
  // Present only when it was made just now: the one time that it can be shown.
  std::optional<std::string> fresh;
};

// Takes the token from the environment, or the digest from the store, or makes a token. The
// error is a text for people: a token too short, a file that cannot be read or written.
Result<AdminToken, std::string> load_admin_token(const std::filesystem::path& dir);

}  // namespace greffe
