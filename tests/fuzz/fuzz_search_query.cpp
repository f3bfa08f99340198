// Search texts come from outside: any bytes must be answered or refused, never throw, and every
// snippet must be HTML without markup of the tickets' own.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "events/check.h"
#include "events/codec.h"
#include "projections/search/search.h"
#include "storage/memory_log.h"

using namespace greffe;

namespace {

struct Desk {
  Desk() {
    for (const char* title : {"Imprimante <réseau> & \"toner\"", "Mot de passe oublié", "Printer's queue is stuck"}) {
      Record record;
      const Position at = next(log->tail());
      record.envelope.position = record.envelope.commit_first = at;
      record.envelope.stream_id = at.value;
      record.envelope.version = Version{1};
      TicketOpened opened;
      opened.number = "250228000" + std::to_string(at.value);
      opened.title = {title};
      record.event = TicketEvent(opened);
      LogGroup group;
      group.entries.push_back({stream_of(record.envelope), Version{1}, {}});
      GREFFE_CHECK(encode(record, group.entries[0].bytes), "the record fits");
      GREFFE_CHECK(log->append(log->tail(), group).has_value(), "the log takes it");
    }
    std::filesystem::remove_all(dir);
    index = std::move(*SearchIndex::open(dir, *log, {.follow = false}, {}));
    GREFFE_CHECK(index->catch_up({}).has_value(), "the index is built");
  }
  const std::filesystem::path dir =
      std::filesystem::temp_directory_path() / ("greffe-fuzz-search-" + std::to_string(::getpid()));
  std::unique_ptr<Log> log = open_memory_log();
  std::unique_ptr<SearchIndex> index;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Desk desk;
  if (size == 0) return 0;
  SearchQuery query;
  query.text.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
  query.mark_begin = query.mark_end = "|";
  if (data[0] % 2 == 0) query.audience = SearchAudience::everything();
  else query.audience = SearchAudience::public_texts_of({ContactId{data[0]}}, {});
  if (data[0] >= 128) query.cursor = query.text.substr(0, 40);
  const auto page = desk.index->search(query);
  if (!page) {
    GREFFE_CHECK(page.error().kind != SearchFault::Kind::unreadable, "a query damaged the index");
    return 0;
  }
  for (const auto& hit : page->hits) {
    for (const auto& snippet : hit.snippets) {
      GREFFE_CHECK(snippet.text.find_first_of("<>\"") == std::string::npos, "a snippet is not escaped");
    }
  }
  return 0;
}
