// How long what was acknowledged takes until it can be found.
#pragma once

#include <string>
#include <vector>

#include "commands/writer.h"
#include "events/result.h"
#include "projections/search/search.h"
#include "tools/bench/corpus.h"
#include "tools/bench/samples.h"

namespace greffe::bench {

struct Freshness {
  Samples visible;                 // from each answer until it can be found
  double seconds = 0;              // from the first command until everything can be found
  std::size_t looked_for = 0;      // commands whose own word was then searched
  std::size_t missed = 0;          // … and not found
  std::vector<std::string> texts;  // what was said
};

// Messages, priorities and new tickets at an even pace.
Result<Freshness, std::string> steady_freshness(Writer& writer, const SearchIndex& index, const Corpus& corpus,
                                                std::size_t commands_per_second, std::chrono::milliseconds duration);

// `count` messages on half as many tickets, as fast as the writer takes them.
Result<Freshness, std::string> burst_freshness(Writer& writer, const SearchIndex& index, const Corpus& corpus,
                                               std::size_t count);

}  // namespace greffe::bench
