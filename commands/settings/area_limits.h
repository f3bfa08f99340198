// Bounds of the settings areas, in bytes of UTF-8 or counts. An area that keeps to all of them
// may still be too long for one event, in many languages or with many long choices: then its
// longest field is refused as too long (commands/settings/area_size.h).
#pragma once

#include <cstddef>
#include <cstdint>

namespace greffe::area_limits {

inline constexpr std::size_t number_pattern_bytes_max = 40;
inline constexpr std::size_t number_formats_max = 8;
inline constexpr std::size_t category_nodes_max = 300;
inline constexpr std::size_t listed_values_max = 200;
inline constexpr std::size_t mandatory_rules_max = 20;
inline constexpr std::size_t notification_rules_max = 40;
inline constexpr std::size_t managers_max = 50;
inline constexpr std::size_t notification_edge_bytes_max = 4'000;  // header, footer
inline constexpr std::size_t intake_forms_max = 50;
inline constexpr std::size_t questions_max = 30;  // of one form
inline constexpr std::size_t choices_max = 50;
inline constexpr std::size_t rates_max = 100;
inline constexpr std::size_t context_types_max = 50;
inline constexpr std::size_t url_pattern_bytes_max = 500;
inline constexpr std::size_t media_types_max = 100;
inline constexpr std::uint64_t attachment_bytes_max = std::uint64_t{1} << 40U;
inline constexpr std::uint32_t days_max = 3'650;  // ten years
inline constexpr std::uint32_t sub_ticket_depth_max = 10;
inline constexpr std::uint32_t sub_tickets_max = 1'000;

}  // namespace greffe::area_limits
