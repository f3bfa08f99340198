// Where generations of views live: `<dir>/views/000001` …, and `<dir>/views/CURRENT`, a file
// that names the one that serves. Whatever else is there was not finished or is no longer
// needed.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "events/result.h"
#include "projections/view_failure.h"

namespace greffe {

class GenerationDirs {
 public:
  // Makes `<dir>/views` if it is absent. Fails with not_opened if it cannot.
  static Result<GenerationDirs, ViewFailure> open(const std::filesystem::path& dir);

  // The name of the generation that serves; absent if none was ever finished.
  Result<std::optional<std::string>, ViewFailure> current() const;
  // Lets `name` serve from the next opening on, durably and all or nothing.
  Result<void, ViewFailure> make_current(const std::string& name) const;

  // A name that no generation has.
  std::string new_name() const;
  std::filesystem::path path_of(const std::string& name) const { return views_ / name; }

  // Deletes all generations but `name`. Fails with io.
  Result<void, ViewFailure> remove_all_but(const std::string& name) const;

 private:
  explicit GenerationDirs(std::filesystem::path views) : views_(std::move(views)) {}
  std::filesystem::path views_;
};

}  // namespace greffe
