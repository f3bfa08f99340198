// Where this build's sources and products stand. Defined in a file of its own, which the build
// writes: as a definition on the command line it would make every test differ from place to
// place for the compiler cache.
#pragma once

#include <filesystem>

namespace greffe::test {

std::filesystem::path source_dir();  // of the repository
std::filesystem::path build_dir();

}  // namespace greffe::test
