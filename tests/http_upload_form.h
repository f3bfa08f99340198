// Bodies of multipart/form-data with the boundary "b", and a look at what a store holds.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace greffe::test {

inline std::string text_part(std::string_view name, std::string_view text) {
  return "--b\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n" + std::string(text) +
         "\r\n";
}

inline std::string file_part(std::string_view name, std::string_view file_name, std::string_view media_type,
                             std::string_view bytes) {
  std::string head = "--b\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"; filename=\"" +
                     std::string(file_name) + "\"\r\n";
  if (!media_type.empty()) head += "Content-Type: " + std::string(media_type) + "\r\n";
  return head + "\r\n" + std::string(bytes) + "\r\n";
}

inline const std::string form_end = "--b--\r\n";

// Files below the directory, at any depth. They may come and go meanwhile.
inline std::size_t count_files(const std::filesystem::path& directory) {
  std::size_t count = 0;
  std::error_code error;
  std::filesystem::recursive_directory_iterator entry(directory, error);
  for (; !error && entry != std::filesystem::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->is_regular_file(error)) ++count;
  }
  return count;
}

}  // namespace greffe::test
