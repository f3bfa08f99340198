// The files of tools/profiles as the build put them into the program (cmake/profiles.cmake).
#pragma once

#include <span>
#include <string_view>

namespace greffe {

struct ProfileText {
  std::string_view name;  // "mobility"
  std::string_view json;
};

// In alphabetical order; lives as long as the program.
std::span<const ProfileText> profile_texts();

}  // namespace greffe
