// What the demo's people write: short stories of tickets, in French and English.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace greffe::demo {

struct Story {
  std::string_view title, description;
  std::string_view category, sub_category, request_type;
  std::string_view first_answer, question, client_answer, note, resolution;
};

std::span<const Story> stories();
std::span<const std::string_view> client_names();
std::span<const std::string_view> organisation_names();
std::span<const std::string_view> agent_names();
std::span<const std::string_view> team_names();

}  // namespace greffe::demo
