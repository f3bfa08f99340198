// Names that clients give to files, made harmless: they are shown to people and become names on
// their disks.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace greffe {

inline constexpr std::size_t file_name_bytes_max = 255;

// The last part of the path, in UTF-8 (bytes that are none are taken for Latin-1), without
// control characters and those that change the direction of writing ("gpj.exe" shown as
// "exe.jpg"), and cut to 255 bytes before its extension. Absent if nothing is left of it.
std::optional<std::string> clean_file_name(std::string_view name);

}  // namespace greffe
