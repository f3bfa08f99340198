#include "projections/row_digest.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

#include "events/check.h"
#include "projections/row_keys.h"

namespace greffe {

struct RowDigest::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
};

RowDigest::RowDigest() : state_(std::make_unique<State>()) {
  GREFFE_CHECK(state_->context != nullptr, "a digest needs memory");
  GREFFE_CHECK(EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr) == 1, "OpenSSL has SHA-256");
}

RowDigest::~RowDigest() { EVP_MD_CTX_free(state_->context); }

void RowDigest::add(std::string_view key, std::string_view value) {
  update(RowKey().add(std::uint64_t{key.size()}).add(std::uint64_t{value.size()}));
  update(key);
  update(value);
}

void RowDigest::update(std::string_view bytes) {
  GREFFE_CHECK(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1, "hashing memory cannot fail");
}

std::string RowDigest::hex() {
  std::array<unsigned char, 32> hash;
  unsigned int size = 0;
  GREFFE_CHECK(EVP_DigestFinal_ex(state_->context, hash.data(), &size) == 1 && size == hash.size(),
               "SHA-256 has 32 bytes");
  std::string text;
  for (const unsigned char byte : hash) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace greffe
