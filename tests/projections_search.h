// A search index over a history in a directory of its own, and what every test asks of it.
#pragma once

#include <catch2/catch.hpp>

#include "projections/search/search.h"
#include "tests/projections_history.h"
#include "tests/temporary_directory.h"

namespace greffe::projections_test {

inline std::unique_ptr<SearchIndex> open_search(const std::filesystem::path& dir, const Log& log,
                                                SearchIndex::Options options = {.follow = false},
                                                SearchIndex::OnFailure on_failure = {}) {
  auto index = SearchIndex::open(dir, log, options, std::move(on_failure));
  if (!index) FAIL("the index did not open: " << index.error().detail);
  return std::move(*index);
}

inline void must_search(const Result<void, ViewFailure>& result) {
  if (!result) FAIL("the index failed: " << result.error().detail);
}

inline std::string digest_of(SearchIndex& index) {
  const auto digest = index.digest();
  if (!digest) FAIL("no digest: " << digest.error().detail);
  return digest->documents;
}

// A history with its index, for given / when / then.
struct SearchScene {
  History history;
  TemporaryDirectory dir;
  std::unique_ptr<SearchIndex> index = open_search(dir.path(), history.log());

  void reopen(SearchIndex::Options options, SearchIndex::OnFailure on_failure = {}) {
    index.reset();
    index = open_search(dir.path(), history.log(), options, std::move(on_failure));
  }
  TicketId open(const std::string& title, const std::string& description = "", TicketOpened opened = {}) {
    opened.title = {title};
    opened.description = {description};
    return history.open(std::move(opened));
  }
  void say(TicketId ticket, const std::string& body, Visibility visibility = Visibility::everyone) {
    history.on(ticket, MessagePosted{visibility, {body}});
  }

  SearchPage page(SearchQuery query) {
    must_search(index->catch_up({}));
    const auto found = index->search(query);
    if (!found) FAIL("no answer: " << name_of(found.error().kind) << ", " << found.error().detail);
    return *found;
  }
  static SearchQuery as_agent(const std::string& text, SearchFilters filters = {}) {
    SearchQuery query;
    query.text = text;
    query.audience = SearchAudience::everything();
    query.filters = std::move(filters);
    return query;
  }
  // The tickets found, in order of their ids.
  std::vector<TicketId> find(SearchQuery query) {
    query.limit = search_limit_max;
    std::vector<TicketId> ids;
    for (const auto& hit : page(std::move(query)).hits) ids.push_back(hit.id);
    std::sort(ids.begin(), ids.end());
    return ids;
  }
  std::vector<TicketId> find(const std::string& text, SearchFilters filters = {}) {
    return find(as_agent(text, std::move(filters)));
  }
  std::vector<TicketId> find_as(ContactId contact, const std::string& text) {
    auto query = as_agent(text);
    query.audience = SearchAudience::public_texts_of({contact}, {});
    return find(std::move(query));
  }
  bool finds(TicketId id, const std::string& text) {
    const auto found = find(text);
    return std::find(found.begin(), found.end(), id) != found.end();
  }
  // "title: …<mark>…" a line.
  std::string snippets(const std::string& text) {
    std::string lines;
    for (const auto& hit : page(as_agent(text)).hits) {
      for (const auto& snippet : hit.snippets)
        lines += std::string(name_of(snippet.field)) + ": " + snippet.text + "\n";
    }
    return lines;
  }
};

using Tickets = std::vector<TicketId>;

}  // namespace greffe::projections_test

// For Catch's messages.
template <class Tag>
struct Catch::StringMaker<greffe::Id<Tag>> {
  static std::string convert(const greffe::Id<Tag>& id) { return std::to_string(id.value); }
};
