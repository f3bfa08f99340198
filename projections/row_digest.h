// SHA-256 over rows in key order. Keys and values are framed by their lengths, so that two
// different sequences never hash alike.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace greffe {

class RowDigest {
 public:
  RowDigest();
  ~RowDigest();
  RowDigest(const RowDigest&) = delete;
  RowDigest& operator=(const RowDigest&) = delete;

  void add(std::string_view key, std::string_view value);

  // The digest of all that was added, in lower-case hexadecimal. Ends the digest.
  std::string hex();

 private:
  void update(std::string_view bytes);

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace greffe
