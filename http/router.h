// Finds the route of a path by walking its segments through a tree: no regular expressions,
// no walk over all routes.
#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "http/route.h"

namespace greffe {

class Router {
 public:
  // `routes` outlive the router. Two rows of one method and path are the caller's mistake, and
  // so is a path with more than two {…}.
  explicit Router(const Routes& routes);
  ~Router();

  struct Match {
    const Route* route = nullptr;  // null: no such path, or none of this method
    // What stands in the path's first and second {…}; points into the path that was given.
    std::array<std::string_view, 2> segments;
    std::string allow;  // the path's methods, if it has any but this one
  };
  // Any thread.
  Match find(std::string_view method, std::string_view path) const;

 private:
  struct Node;
  std::unique_ptr<Node> root_;
};

}  // namespace greffe
