// A ticket as a Xapian document: its terms (terms.h), the instants to sort and filter by, and as
// data the texts to cut snippets from. Includes Xapian: for .cpp files of this folder only.
#pragma once

#include <xapian.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "projections/search/running_words.h"
#include "projections/search/stems.h"
#include "projections/search/texts.h"

namespace greffe {

// Raised with every change of what is indexed or kept, fold_ticket included: an index of another
// version is built anew.
inline constexpr std::uint32_t search_version = 6;

// A text as it is kept for snippets: no more than the beginning of a long one.
struct KeptText {
  SearchField field = SearchField::title;
  Visibility visibility = Visibility::internal;
  std::string text;
};
inline constexpr std::size_t kept_description_bytes_max = 4096;
inline constexpr std::size_t kept_message_bytes_max = 1024;
// Of messages and the like together; the newest are kept.
inline constexpr std::size_t kept_messages_bytes_max = 12 * 1024;

struct DocumentData {
  TicketId id;
  std::vector<KeptText> texts;
};
std::string encode(const DocumentData& data);
// Throws Xapian::DatabaseCorruptError if the bytes are none of encode's.
DocumentData decode_document_data(std::string_view bytes);

// In how many texts more each word stands, or in how many less, for the spelling.
using SpellingNews = std::map<std::string, int, std::less<>>;

struct SearchDocument {
  Xapian::Document document;
  RunningWords words;
};

class DocumentWriter {
 public:
  // The ticket's whole document, a pure function of the ticket. `news` gets the words of texts
  // said after `known`, and loses those of texts that were known and have been replaced since.
  SearchDocument write(const SearchedTicket& ticket, Position known, SpellingNews& news);

 private:
  struct Counts;
  void add_text(const TicketText& text, Counts& counts);
  static void take_back(const TicketText& text, SpellingNews& news);

  Stemmer stemmer_;
};

}  // namespace greffe
