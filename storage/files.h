// Small durable files beside the log, by the system's own calls: std::fstream cannot fsync.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "storage/log.h"

namespace greffe {

// The file's first `bytes_max` bytes; absent if there is no such file. Fails with io.
Result<std::optional<std::string>, LogFailure> read_small_file(const std::filesystem::path& file,
                                                               std::size_t bytes_max);

// Puts `bytes` in place of what the file held, durably and all or nothing: temporary file
// "<file>.new", fsync, rename, fsync of the directory. Fails with io.
Result<void, LogFailure> replace_file(const std::filesystem::path& file, std::string_view bytes);

// Makes the directory entry itself durable: files made or renamed in it survive a power cut.
Result<void, LogFailure> sync_directory(const std::filesystem::path& directory);

}  // namespace greffe
