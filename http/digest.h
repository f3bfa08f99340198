// SHA-256, by OpenSSL.
#pragma once

#include <array>
#include <initializer_list>
#include <string_view>

namespace greffe {

// Over the parts one after another, each preceded by its length, so that ("ab", "c") and
// ("a", "bc") differ.
std::array<unsigned char, 32> sha256_of(std::initializer_list<std::string_view> parts);

// In a time that does not depend on where they differ.
bool same_digest(const std::array<unsigned char, 32>& a, const std::array<unsigned char, 32>& b);

}  // namespace greffe
