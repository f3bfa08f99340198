// SHA-256 over bytes as they come, by OpenSSL.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace greffe {

// For one thread at a time.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(std::string_view bytes);

  // The digest as 64 lower-case hexadecimal digits. Only once, and no update() after it.
  std::string finish_hex();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace greffe
