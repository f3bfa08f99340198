#include "projections/search/generations.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

namespace greffe {
namespace {

constexpr std::size_t name_length = 6;

std::optional<std::uint64_t> number_of(const std::filesystem::path& path) {
  const auto name = path.filename().string();
  std::uint64_t number = 0;
  const auto [stopped, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc() || stopped != name.data() + name.size() || name.size() < name_length) return std::nullopt;
  return number;
}

}  // namespace

Result<SearchGenerations, ViewFailure> SearchGenerations::open(const std::filesystem::path& dir) {
  std::error_code error;
  auto root = dir / "search";
  std::filesystem::create_directories(root, error);
  if (!error) return SearchGenerations(std::move(root));
  return fail(ViewFailure{
      ViewFailure::Kind::not_opened, {}, fmt::format("cannot make {}: {}", root.string(), error.message())});
}

std::vector<std::filesystem::path> SearchGenerations::all() const {
  std::vector<std::filesystem::path> found;
  std::error_code error;
  for (std::filesystem::directory_iterator it(root_, error), end; !error && it != end; it.increment(error)) {
    if (number_of(it->path())) found.push_back(it->path());
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return *number_of(a) > *number_of(b); });
  return found;
}

std::filesystem::path SearchGenerations::next() const {
  const auto found = all();
  const auto newest = found.empty() ? 0 : *number_of(found.front());
  return root_ / fmt::format("{:0{}}", newest + 1, name_length);
}

void SearchGenerations::remove_all_but(const std::filesystem::path& kept) const {
  for (const auto& path : all()) {
    std::error_code left_for_next_time;
    if (path != kept) std::filesystem::remove_all(path, left_for_next_time);
  }
}

}  // namespace greffe
