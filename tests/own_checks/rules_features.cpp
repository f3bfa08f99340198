#include <algorithm>
#include <cctype>
#include <map>

#include "tests/own_checks/rules.h"

namespace greffe::own_checks {
namespace {

constexpr std::string_view features_path = "docs/features.md";

// Settings that let contradicting help pages both come true: the rows C1 to C12.
constexpr int contradictions = 12;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// The first word of a test file's name is the prefix that its tests have when they run.
std::string prefix_of(const std::string& path) {
  if (path.starts_with("tests/own_checks/")) return "own checks: ";
  const auto name = path.substr(path.rfind('/') + 1);
  return name.substr(0, name.find('_')) + ": ";
}

// The literals from `at` on, put together as the compiler does.
std::string literals_at(std::string_view text, std::size_t at) {
  std::string joined;
  for (;;) {
    at = text.find_first_not_of(" \n\t", at);
    if (at == std::string_view::npos || text[at] != '"') return joined;
    for (++at; at < text.size() && text[at] != '"'; ++at) {
      if (text[at] == '\\') ++at;
      if (at < text.size()) joined += text[at];
    }
    ++at;
  }
}

std::set<std::string> names_of_tests(const Tree& tree) {
  constexpr std::string_view head = "TEST_CASE(";
  std::set<std::string> names;
  for (const auto& file : tree) {
    if (!is_test(file) || !file.path.ends_with("_test.cpp")) continue;
    const auto code = code_of(file.text);
    for (auto at = code.find(head); at != std::string::npos; at = code.find(head, at + 1)) {
      names.insert(prefix_of(file.path) + literals_at(file.text, at + head.size()));
    }
  }
  return names;
}

struct Row {
  std::size_t line;
  std::map<std::string, std::string, std::less<>> cells;  // by the column's heading
  std::string feature;                                    // the first cell

  std::string cell(std::string_view heading) const {
    const auto found = cells.find(heading);
    return found == cells.end() ? "" : found->second;
  }
};

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  line.remove_prefix(1);
  for (auto bar = line.find('|'); bar != std::string_view::npos; bar = line.find('|')) {
    cells.emplace_back(trimmed(line.substr(0, bar)));
    line.remove_prefix(bar + 1);
  }
  return cells;
}

// The rows of every table with a column "tests", table by table.
std::vector<std::vector<Row>> tables_of(std::string_view text) {
  std::vector<std::vector<Row>> tables;
  std::vector<std::string> headings;
  const auto lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].starts_with('|')) {
      headings.clear();
      continue;
    }
    const auto cells = cells_of(lines[i]);
    if (headings.empty()) {
      headings = cells;
      if (std::find(cells.begin(), cells.end(), "tests") != cells.end()) tables.emplace_back();
      continue;
    }
    const bool rule = !cells.empty() && cells.front().starts_with("---");
    if (rule || std::find(headings.begin(), headings.end(), "tests") == headings.end()) continue;
    Row row{i + 1, {}, cells.empty() ? "" : cells.front()};
    for (std::size_t k = 0; k < cells.size() && k < headings.size(); ++k) row.cells[headings[k]] = cells[k];
    tables.back().push_back(std::move(row));
  }
  return tables;
}

// What stands between backticks.
std::vector<std::string> quoted(const std::string& cell) {
  std::vector<std::string> found;
  for (auto open = cell.find('`'); open != std::string::npos; open = cell.find('`', open)) {
    const auto close = cell.find('`', open + 1);
    if (close == std::string::npos) break;
    found.push_back(cell.substr(open + 1, close - open - 1));
    open = close + 1;
  }
  return found;
}

void check_row(const Row& row, const std::set<std::string>& tests, Findings& findings) {
  const auto report = [&](std::string why) { findings.push_back({std::string(features_path), row.line, why}); };
  const auto named = quoted(row.cell("tests"));
  if (named.empty() && row.cell("note").empty()) report("neither a test nor a note: " + row.feature);
  for (const auto& name : named) {
    if (!tests.contains(name)) report("no such test: " + name);
  }
}

void check_contradictions(const std::set<std::string>& features, Findings& findings) {
  for (int i = 1; i <= contradictions; ++i) {
    const auto id = "C" + std::to_string(i) + " ";
    const bool there = std::any_of(features.begin(), features.end(),
                                   [&](const std::string& feature) { return (feature + " ").starts_with(id); });
    if (!there) findings.push_back({std::string(features_path), 1, "no row for C" + std::to_string(i)});
  }
}

}  // namespace

Findings features_are_tested(const Tree& tree) {
  const auto file = std::find_if(tree.begin(), tree.end(), [](const auto& f) { return f.path == features_path; });
  if (file == tree.end()) return {{std::string(features_path), 1, "there is no such table"}};
  const auto tests = names_of_tests(tree);
  Findings findings;
  std::set<std::string> all;
  for (const auto& table : tables_of(file->text)) {
    std::set<std::string> features;
    for (const auto& row : table) {
      if (!features.insert(row.feature).second) {
        findings.push_back({std::string(features_path), row.line, "twice in one table: " + row.feature});
      }
      check_row(row, tests, findings);
    }
    all.insert(features.begin(), features.end());
  }
  check_contradictions(all, findings);
  return findings;
}

}  // namespace greffe::own_checks
