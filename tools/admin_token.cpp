#include "tools/admin_token.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace greffe {
namespace {

constexpr std::size_t token_bytes_min = 16;

std::string hex_of(const unsigned char* bytes, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out += fmt::format("{:02x}", bytes[i]);
  return out;
}

std::optional<TokenDigest> digest_from(const std::string& hex) {
  TokenDigest digest;
  if (hex.size() != digest.size() * 2 || hex.find_first_not_of("0123456789abcdef") != std::string::npos)
    return std::nullopt;
  for (std::size_t i = 0; i < digest.size(); ++i) {
    digest[i] = static_cast<unsigned char>(std::stoi(hex.substr(i * 2, 2), nullptr, 16));
  }
  return digest;
}

// Written once, readable by the owner only, on the disk before anybody sees the token.
Result<void, std::string> keep(const std::filesystem::path& path, const TokenDigest& digest) {
  const int fd = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  const std::string text = hex_of(digest.data(), digest.size()) + "\n";
  const bool written =
      fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  const int error = errno;
  if (fd >= 0) ::close(fd);
  if (!written) return fail(fmt::format("cannot write {}: {}", path.string(), std::strerror(error)));
  return {};
}

std::string random_token() {
  std::array<unsigned char, 24> bytes;
  // OpenSSL's generator seeds itself from the kernel; without it no token can be made at all.
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return {};
  return "greffe_" + hex_of(bytes.data(), bytes.size());
}

}  // namespace

Result<AdminToken, std::string> load_admin_token(const std::filesystem::path& dir) {
  if (const char* given = std::getenv("GREFFE_ADMIN_TOKEN"); given != nullptr && *given != '\0') {
    if (std::strlen(given) < token_bytes_min) {
      return fail(fmt::format("GREFFE_ADMIN_TOKEN has fewer than {} characters", token_bytes_min));
    }
    return AdminToken{AccessPolicy(std::string_view(given)), std::nullopt};
  }
  const std::filesystem::path path = dir / "admin-token.sha256";
  if (std::ifstream file(path); file) {
    std::string hex;
    std::getline(file, hex);
    const auto digest = digest_from(hex);
    if (!digest)
      return fail(fmt::format("{} is damaged; remove it and the next start makes a new token", path.string()));
    return AdminToken{AccessPolicy(*digest), std::nullopt};
  }
  std::string token = random_token();
  if (token.empty()) return fail(std::string("the system gave no random bytes for a token"));
  const TokenDigest digest = token_digest(token);
  if (auto kept = keep(path, digest); !kept) return fail(kept.error());
  return AdminToken{AccessPolicy(digest), std::move(token)};
}

}  // namespace greffe
