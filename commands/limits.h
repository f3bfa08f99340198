// Bounds of every field, in bytes of UTF-8 unless said otherwise. Chosen so that the longest
// event stays below record_bytes_max (events/record.h).
#pragma once

#include <cstddef>
#include <cstdint>

namespace greffe::limits {

inline constexpr std::size_t title_bytes_max = 500;
inline constexpr std::size_t text_bytes_max = 20'000;   // description, message body
inline constexpr std::size_t reason_bytes_max = 2'000;  // reason, resolution
inline constexpr std::size_t key_bytes_max = 64;        // status, priority, origin, classification node
inline constexpr std::size_t category_depth_max = 5;
inline constexpr std::size_t display_name_bytes_max = 200;
inline constexpr std::size_t email_bytes_max = 254;
inline constexpr std::size_t phone_bytes_max = 64;
inline constexpr std::size_t external_id_bytes_max = 128;
inline constexpr std::size_t command_id_bytes_max = 255;
inline constexpr std::size_t team_members_max = 500;
inline constexpr std::size_t statuses_max = 50;
inline constexpr std::size_t priorities_max = 20;
inline constexpr std::size_t languages_max = 10;
inline constexpr std::size_t url_bytes_max = 2'000;
inline constexpr std::size_t watchers_max = 100;
inline constexpr std::size_t contexts_max = 20;
inline constexpr std::size_t details_max = 20;  // lines of a context's summary
inline constexpr std::size_t todos_max = 200;
inline constexpr std::size_t documents_max = 1'000;
inline constexpr std::size_t articles_max = 50;
inline constexpr std::size_t interventions_max = 100;
inline constexpr std::size_t recipients_max = 50;
inline constexpr std::size_t media_type_bytes_max = 127;
inline constexpr std::size_t file_name_bytes_max = 255;
inline constexpr std::uint32_t points_max = 1'000'000;
inline constexpr std::size_t label_bytes_max = 100;  // a status's or priority's name in one language

}  // namespace greffe::limits
