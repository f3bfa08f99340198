// The directories of `<dir>/search`: one a generation of the index, 000001, 000002 … The newest one
// that was finished serves (store.h); the others are of no use to anybody.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "events/result.h"
#include "projections/view_failure.h"

namespace greffe {

class SearchGenerations {
 public:
  // Makes `<dir>/search` if it is absent. Fails with not_opened if it cannot.
  static Result<SearchGenerations, ViewFailure> open(const std::filesystem::path& dir);

  // Newest first.
  std::vector<std::filesystem::path> all() const;
  // A path that no generation has, newer than all.
  std::filesystem::path next() const;
  // What cannot be deleted now is tried again with the next opening.
  void remove_all_but(const std::filesystem::path& kept) const;

 private:
  explicit SearchGenerations(std::filesystem::path root) : root_(std::move(root)) {}
  std::filesystem::path root_;
};

}  // namespace greffe
