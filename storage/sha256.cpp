#include "storage/sha256.h"

#include <openssl/evp.h>

#include <array>

#include "events/check.h"

namespace greffe {

struct Sha256::Context {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> evp{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  const bool good = context_->evp && EVP_DigestInit_ex(context_->evp.get(), EVP_sha256(), nullptr) == 1;
  GREFFE_CHECK(good, "SHA-256 is not available");
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) {
  GREFFE_CHECK(EVP_DigestUpdate(context_->evp.get(), bytes.data(), bytes.size()) == 1, "SHA-256 failed");
}

std::string Sha256::finish_hex() {
  std::array<unsigned char, 32> digest{};
  GREFFE_CHECK(EVP_DigestFinal_ex(context_->evp.get(), digest.data(), nullptr) == 1, "SHA-256 failed");
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  for (const auto byte : digest) {
    hex.push_back(digits[byte >> 4U]);
    hex.push_back(digits[byte & 15U]);
  }
  return hex;
}

}  // namespace greffe
