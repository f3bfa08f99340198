// A help desk's past for the search: tickets with a title of 5 to 10 words, a description of 30
// to 80 and up to six messages, imported with their own times over two years.
#pragma once

#include <string>
#include <vector>

#include "commands/writer.h"
#include "events/result.h"

namespace greffe::bench {

struct Corpus {
  std::vector<TicketId> tickets;
  std::vector<TeamId> teams;
  std::vector<ContactId> contacts;
  // Some titles and descriptions, to look for what stands there.
  std::vector<std::string> texts;
};

inline constexpr Instant corpus_begin = Instant(std::chrono::seconds(1'704'067'200));  // 2024-01-01
inline constexpr std::chrono::hours corpus_duration{2 * 365 * 24};

// Deterministic.
Result<Corpus, std::string> write_corpus(Writer& writer, std::size_t ticket_count);

}  // namespace greffe::bench
