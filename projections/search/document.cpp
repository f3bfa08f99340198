#include "projections/search/document.h"

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include <algorithm>

#include "projections/search/terms.h"

namespace greffe {
namespace {

// A word of a title says more about the ticket than one of its many messages.
constexpr Xapian::termcount title_weight = 4;

constexpr std::size_t spelled_letters_min = 4;
constexpr std::size_t spelled_letters_max = 30;

bool is_letter(char c) { return c < '0' || c > '9'; }
bool is_worth_spelling(std::string_view word) {
  return word.size() >= spelled_letters_min && word.size() <= spelled_letters_max &&
         std::all_of(word.begin(), word.end(), is_letter);
}

std::string beginning(const std::string& text, std::size_t bytes_max) {
  auto size = std::min(text.size(), bytes_max);
  while (size < text.size() && size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80) --size;
  return text.substr(0, size);
}

std::vector<KeptText> kept(const std::vector<TicketText>& texts) {
  const auto is_message = [](SearchField f) { return f != SearchField::title && f != SearchField::description; };
  std::vector<KeptText> kept;
  std::size_t left = kept_messages_bytes_max;
  for (auto it = texts.rbegin(); it != texts.rend(); ++it) {
    auto text = beginning(it->text, is_message(it->field) ? kept_message_bytes_max : kept_description_bytes_max);
    if (is_message(it->field)) {
      if (text.size() > left) left = 0;
      if (left == 0) continue;
      left -= text.size();
    }
    if (!text.empty()) kept.push_back({it->field, it->visibility, std::move(text)});
  }
  std::reverse(kept.begin(), kept.end());
  return kept;
}

void put_number(std::string& out, std::uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

std::string_view take(std::string_view& bytes, std::size_t size) {
  if (bytes.size() < size) throw Xapian::DatabaseCorruptError("a ticket's data in the search index is cut");
  const auto taken = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return taken;
}

std::uint64_t take_number(std::string_view& bytes, std::size_t size) {
  std::uint64_t value = 0;
  for (const char c : take(bytes, size)) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

template <NamedEnum E>
E take_name(std::string_view& bytes) {
  const auto value = take_number(bytes, 1);
  if (value >= names_of(E{}).size()) throw Xapian::DatabaseCorruptError("a ticket's data in the search index is bad");
  return static_cast<E>(value);
}

}  // namespace

std::string encode(const DocumentData& data) {
  std::string bytes;
  put_number(bytes, data.id.value, 8);
  for (const auto& text : data.texts) {
    put_number(bytes, static_cast<std::uint64_t>(text.field), 1);
    put_number(bytes, static_cast<std::uint64_t>(text.visibility), 1);
    put_number(bytes, text.text.size(), 4);
    bytes += text.text;
  }
  return bytes;
}

DocumentData decode_document_data(std::string_view bytes) {
  DocumentData data;
  data.id = {take_number(bytes, 8)};
  while (!bytes.empty()) {
    KeptText text;
    text.field = take_name<SearchField>(bytes);
    text.visibility = take_name<Visibility>(bytes);
    text.text = take(bytes, take_number(bytes, 4));
    data.texts.push_back(std::move(text));
  }
  return data;
}

// Terms are gathered first: Xapian looks each one up when it is added.
struct DocumentWriter::Counts {
  absl::flat_hash_map<std::string, Xapian::termcount> terms;
  RunningWords words;
  Position known;
  SpellingNews& news;
};

SearchDocument DocumentWriter::write(const SearchedTicket& ticket, Position known, SpellingNews& news) {
  Xapian::Document document;
  const auto& row = ticket.row;
  document.add_boolean_term(search_terms::ticket(row.id));
  for (const auto& term : search_terms::filters_of(row)) document.add_boolean_term(term);
  for (const auto& term : search_terms::identifiers_of(row)) document.add_term(term);
  document.add_value(search_terms::opened_at_slot, search_terms::instant_value(row.opened_at));
  document.add_value(search_terms::updated_at_slot, search_terms::instant_value(row.updated_at));
  Counts counts{{}, {}, known, news};
  for (const auto& text : ticket.texts) add_text(text, counts);
  for (const auto& [text, by] : ticket.replaced) {
    if (text.position <= known && by > known) take_back(text, news);
  }
  for (const auto& [term, count] : counts.terms) document.add_term(term, count);
  document.set_data(encode(DocumentData{row.id, kept(ticket.texts)}));
  return {std::move(document), std::move(counts.words)};
}

void DocumentWriter::add_text(const TicketText& text, Counts& counts) {
  const Xapian::termcount weight = text.field == SearchField::title ? title_weight : 1;
  const bool is_new = text.position > counts.known;
  absl::flat_hash_set<std::string> spelled;
  WordReader words(text.text);
  counts.words.begin_text(text.visibility);
  for (Word word; words.next(word);) {
    counts.words.add(word.folded);
    counts.terms[search_terms::word(text.visibility, word.folded)] += weight;
    for (const auto& stem : stemmer_.of(word)) {
      if (stem != word.folded) counts.terms[search_terms::stem(text.visibility, stem)] += weight;
    }
    counts.terms[search_terms::beginning(text.visibility, search_terms::beginning_of(word.folded))] += weight;
    if (is_new && is_worth_spelling(word.folded) && spelled.insert(word.folded).second) ++counts.news[word.folded];
  }
  counts.words.end_text();
}

void DocumentWriter::take_back(const TicketText& text, SpellingNews& news) {
  absl::flat_hash_set<std::string> spelled;
  WordReader words(text.text);
  for (Word word; words.next(word);) {
    if (is_worth_spelling(word.folded) && spelled.insert(word.folded).second) --news[word.folded];
  }
}

}  // namespace greffe
