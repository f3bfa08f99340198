#include "projections/generation_dirs.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <system_error>
#include <vector>

#include "storage/files.h"

namespace greffe {
namespace {

constexpr std::size_t name_length = 6;

// The number of a generation's name; absent if the name is no generation's.
std::optional<std::uint64_t> number_of(const std::string& name) {
  std::uint64_t number = 0;
  const char* end = name.data() + name.size();
  const auto [stopped, error] = std::from_chars(name.data(), end, number);
  if (error != std::errc() || stopped != end || name.size() < name_length) return std::nullopt;
  return number;
}

std::vector<std::string> names_in(const std::filesystem::path& views) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator it(views, error), end; !error && it != end; it.increment(error)) {
    auto name = it->path().filename().string();
    if (number_of(name)) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace

Result<GenerationDirs, ViewFailure> GenerationDirs::open(const std::filesystem::path& dir) {
  std::error_code error;
  const auto views = dir / "views";
  std::filesystem::create_directories(views, error);
  if (!error) return GenerationDirs(views);
  return fail(ViewFailure{
      ViewFailure::Kind::not_opened, {}, fmt::format("cannot make {}: {}", views.string(), error.message())});
}

Result<std::optional<std::string>, ViewFailure> GenerationDirs::current() const {
  auto bytes = read_small_file(views_ / "CURRENT", 64);
  if (!bytes) return fail(ViewFailure{ViewFailure::Kind::io, {}, bytes.error().detail});
  if (!*bytes) return std::nullopt;
  std::string name = std::move(**bytes);
  if (name.ends_with('\n')) name.pop_back();
  // Views can be thrown away, so a damaged name is no more than a missing one.
  if (!number_of(name)) return std::nullopt;
  return name;
}

Result<void, ViewFailure> GenerationDirs::make_current(const std::string& name) const {
  const auto replaced = replace_file(views_ / "CURRENT", name + "\n");
  if (!replaced) return fail(ViewFailure{ViewFailure::Kind::io, {}, replaced.error().detail});
  return {};
}

std::string GenerationDirs::new_name() const {
  std::uint64_t highest = 0;
  for (const std::string& name : names_in(views_)) highest = std::max(highest, *number_of(name));
  return fmt::format("{:0{}}", highest + 1, name_length);
}

Result<void, ViewFailure> GenerationDirs::remove_all_but(const std::string& kept) const {
  for (const std::string& name : names_in(views_)) {
    if (name == kept) continue;
    std::error_code error;
    std::filesystem::remove_all(views_ / name, error);
    if (error) {
      return fail(ViewFailure{
          ViewFailure::Kind::io, {}, fmt::format("cannot delete {}: {}", (views_ / name).string(), error.message())});
    }
  }
  return {};
}

}  // namespace greffe
