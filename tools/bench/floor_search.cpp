#include "tools/bench/floor_search.h"

#include <xapian.h>

#include "projections/search/terms.h"
#include "projections/search/words.h"

namespace greffe::bench {
namespace {

std::vector<std::string> terms_of(const std::string& text) {
  std::vector<std::string> terms;
  WordReader words(text);
  for (Word word; words.next(word);) terms.push_back(search_terms::word(Visibility::everyone, word.folded));
  return terms;
}

Xapian::Document document_of(const std::string& text) {
  Xapian::Document document;
  Xapian::termpos position = 0;
  for (const auto& term : terms_of(text)) document.add_posting(term, ++position);
  document.set_data(text);
  return document;
}

template <class Work>
auto guarded(Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const Xapian::Error& error) {
    return fail("bare Xapian: " + error.get_description());
  }
}

}  // namespace

Result<Samples, std::string> time_bare_queries(const std::filesystem::path& index,
                                               const std::vector<std::string>& texts) {
  return guarded([&]() -> Result<Samples, std::string> {
    constexpr Xapian::doccount page = 20;
    const Xapian::Database database(index.string());
    Samples samples;
    std::size_t bytes = 0;
    for (const auto& text : texts) {
      const auto terms = terms_of(text);
      if (terms.empty()) continue;
      bytes += samples.time([&] {
        Xapian::Enquire enquire(database);
        enquire.set_query(Xapian::Query(Xapian::Query::OP_AND, terms.begin(), terms.end()));
        std::size_t read = 0;
        const auto found = enquire.get_mset(0, page);
        for (auto hit = found.begin(); hit != found.end(); ++hit) read += hit.get_document().get_data().size();
        return read;
      });
    }
    if (bytes == 0) return fail(std::string("bare Xapian found nothing"));
    return samples;
  });
}

Result<Samples, std::string> time_bare_commits(const std::filesystem::path& path,
                                               const std::vector<std::string>& texts) {
  return guarded([&]() -> Result<Samples, std::string> {
    Xapian::WritableDatabase database(path.string(), Xapian::DB_CREATE_OR_OVERWRITE);
    Samples samples;
    for (const auto& text : texts) {
      samples.time([&] {
        const auto added = database.add_document(document_of(text));
        database.commit();
        return added;
      });
    }
    return samples;
  });
}

Result<double, std::string> time_bare_build(const std::filesystem::path& path, const std::vector<std::string>& texts) {
  return guarded([&]() -> Result<double, std::string> {
    const auto start = std::chrono::steady_clock::now();
    Xapian::WritableDatabase database(path.string(), Xapian::DB_CREATE_OR_OVERWRITE);
    for (const auto& text : texts) database.add_document(document_of(text));
    database.commit();
    return ms_since(start) / 1e3;
  });
}

}  // namespace greffe::bench
