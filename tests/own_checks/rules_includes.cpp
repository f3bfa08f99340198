#include <algorithm>
#include <map>

#include "tests/own_checks/rules.h"

namespace greffe::own_checks {
namespace {

using Folders = std::set<std::string>;

// What a folder may include beside itself. A folder that is not here may include nothing.
const std::map<std::string, Folders>& allowed_folders() {
  static const std::map<std::string, Folders> allowed = {
      {"events", {}},
      {"storage", {"events"}},
      {"commands", {"events", "storage"}},
      {"projections", {"events", "storage"}},
      {"reactors", {"events", "storage", "commands", "projections"}},
      {"http", {"events", "storage", "commands", "projections"}},
      {"tools", {"events", "storage", "commands", "projections", "reactors", "http"}},
  };
  return allowed;
}

// Third-party headers that a public header needs, because its types are the interface.
const std::map<std::string, Folders>& allowed_in_headers() {
  static const std::map<std::string, Folders> allowed = {
      {"tl/expected.hpp", {"events/result.h"}},
      {"nlohmann/json.hpp", {"events/json.h", "events/field_json.h"}},
      {"flatbuffers/flatbuffers.h", {"events/table_codec.h"}},
  };
  return allowed;
}

// The folder whose rules a file follows: a test program's is the folder that it tests, since
// it is linked against that folder's library only.
std::string layer_of(const SourceFile& file) {
  const auto folder = folder_of(file.path);
  if (folder != "tests") return folder;
  const auto name = file.path.substr(folder.size() + 1);
  const auto layer = name.substr(0, name.find('_'));
  return allowed_folders().contains(layer) ? layer : "";
}

bool is_generated(const std::string& target) { return target.ends_with("_generated.h"); }

// Depth-first search for a way back to a file that is still being visited.
class CycleSearch {
 public:
  explicit CycleSearch(const Tree& tree) {
    for (const auto& file : tree) {
      if (is_cpp(file)) includes_[file.path] = includes_of(file.text);
    }
  }

  Findings run() {
    for (const auto& [path, includes] : includes_) visit(path);
    return std::move(findings_);
  }

 private:
  void visit(const std::string& path) {
    if (!done_.insert(path).second) return;
    way_.push_back(path);
    for (const auto& include : includes_.at(path)) {
      if (!includes_.contains(include.target)) continue;
      const auto back = std::find(way_.begin(), way_.end(), include.target);
      if (back != way_.end()) report(path, include.line, back);
      else visit(include.target);
    }
    way_.pop_back();
  }

  void report(const std::string& path, std::size_t line, std::vector<std::string>::const_iterator from) {
    std::string cycle;
    for (auto step = from; step != way_.cend(); ++step) cycle += *step + " -> ";
    findings_.push_back({path, line, "include cycle: " + cycle + *from});
  }

  std::map<std::string, std::vector<Include>> includes_;
  std::set<std::string> done_;
  std::vector<std::string> way_;
  Findings findings_;
};

// The headers that files of other folders include, straight or through others, each with one
// of those files. A header that only its own folder (and that folder's tests) sees is private.
std::map<std::string, std::string> headers_seen_from_outside(const Tree& tree) {
  std::map<std::string, std::vector<Include>> includes;
  for (const auto& file : tree) {
    if (is_cpp(file)) includes[file.path] = includes_of(file.text);
  }
  std::map<std::string, std::string> seen;
  for (const auto& file : tree) {
    const auto layer = layer_of(file);
    if (!is_cpp(file) || layer.empty()) continue;
    std::vector<std::string> way = {file.path};
    std::set<std::string> reached;
    while (!way.empty()) {
      const auto path = way.back();
      way.pop_back();
      if (!includes.contains(path) || !reached.insert(path).second) continue;
      if (!path.starts_with("tests/") && folder_of(path) != layer) seen.emplace(path, file.path);
      for (const auto& include : includes.at(path)) way.push_back(include.target);
    }
  }
  return seen;
}

}  // namespace

Findings includes_run_one_way(const Tree& tree) {
  Findings findings;
  for (const auto& file : tree) {
    const auto layer = layer_of(file);
    if (!is_cpp(file) || !allowed_folders().contains(layer)) continue;
    const auto& allowed = allowed_folders().at(layer);
    for (const auto& include : includes_of(file.text)) {
      const auto target = folder_of(include.target);
      const bool from_the_root = include.quoted && !target.empty();  // quoted_includes_exist finds the others
      if (!from_the_root || target == layer || (is_test(file) && target == "tests")) continue;
      const bool generated_elsewhere = is_generated(include.target);
      if (allowed.contains(target) && !generated_elsewhere) continue;
      findings.push_back({file.path, include.line,
                          generated_elsewhere ? "generated code is its own folder's: " + include.target
                                              : layer + " may not include " + include.target});
    }
  }
  return findings;
}

Findings quoted_includes_exist(const Tree& tree) {
  std::set<std::string> paths;
  for (const auto& file : tree) paths.insert(file.path);
  Findings findings;
  for (const auto& file : tree) {
    if (!is_cpp(file)) continue;
    for (const auto& include : includes_of(file.text)) {
      if (!include.quoted) continue;
      auto target = include.target;
      if (is_generated(target)) target.replace(target.rfind("_generated.h"), std::string::npos, ".fbs");
      if (paths.contains(target)) continue;
      findings.push_back({file.path, include.line, "no such file from the repository's root: " + include.target});
    }
  }
  return findings;
}

Findings includes_have_no_cycle(const Tree& tree) { return CycleSearch(tree).run(); }

Findings headers_hide_third_parties(const Tree& tree) {
  const auto seen_from_outside = headers_seen_from_outside(tree);
  Findings findings;
  for (const auto& file : tree) {
    const auto seen = seen_from_outside.find(file.path);
    if (seen == seen_from_outside.end()) continue;
    for (const auto& include : includes_of(file.text)) {
      const bool standard = include.target.find_first_of("./") == std::string::npos;
      if (include.quoted || standard) continue;
      const auto allowed = allowed_in_headers().find(include.target);
      if (allowed != allowed_in_headers().end() && allowed->second.contains(file.path)) continue;
      findings.push_back({file.path, include.line, "<" + include.target + "> reaches " + seen->second});
    }
  }
  return findings;
}

}  // namespace greffe::own_checks
