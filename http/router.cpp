#include "http/router.h"

#include "events/check.h"

namespace greffe {

struct Router::Node {
  std::vector<std::pair<std::string, std::unique_ptr<Node>>> named;
  std::unique_ptr<Node> any;  // stands for {…}
  std::vector<const Route*> routes;

  Node* find(std::string_view segment) const {
    for (const auto& [name, node] : named) {
      if (name == segment) return node.get();
    }
    return nullptr;
  }

  Node& make(std::string_view segment) {
    if (segment.starts_with('{')) {
      if (!any) any = std::make_unique<Node>();
      return *any;
    }
    if (auto* node = find(segment)) return *node;
    return *named.emplace_back(std::string(segment), std::make_unique<Node>()).second;
  }
};

namespace {

// Takes the first segment off "/a/b". False if there is none.
bool take_segment(std::string_view& path, std::string_view& segment) {
  if (!path.starts_with('/')) return false;
  path.remove_prefix(1);
  const auto end = std::min(path.find('/'), path.size());
  segment = path.substr(0, end);
  path.remove_prefix(end);
  return true;
}

}  // namespace

Router::Router(const Routes& routes) : root_(std::make_unique<Node>()) {
  for (const auto& route : routes) {
    Node* node = root_.get();
    std::string_view path = route.path;
    std::string_view segment;
    std::ptrdiff_t placeholders = 0;
    while (take_segment(path, segment)) {
      node = &node->make(segment);
      if (segment.starts_with('{')) ++placeholders;
    }
    GREFFE_CHECK(placeholders <= 2, "a path has at most two placeholders");
    for (const auto* other : node->routes) GREFFE_CHECK(other->method != route.method, "two routes are the same");
    node->routes.push_back(&route);
  }
}

Router::~Router() = default;

Router::Match Router::find(std::string_view method, std::string_view path) const {
  Match match;
  const Node* node = root_.get();
  std::string_view segment;
  std::size_t placeholders = 0;
  while (node && take_segment(path, segment)) {
    const Node* next = node->find(segment);
    if (!next && node->any && !segment.empty()) {
      next = node->any.get();
      match.segments.at(placeholders++) = segment;
    }
    node = next;
  }
  if (!node || !path.empty()) return match;
  for (const auto* route : node->routes) {
    if (route->method == method) match.route = route;
    if (!match.allow.empty()) match.allow += ", ";
    match.allow += route->method == "GET" ? "GET, HEAD" : route->method;
  }
  return match;
}

}  // namespace greffe
