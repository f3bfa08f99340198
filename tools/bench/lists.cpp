#include <fmt/format.h>
#include <malloc.h>

#include <numeric>

#include "tools/bench/list_cases.h"
#include "tools/bench/list_rows.h"
#include "tools/bench/measures.h"
#include "tools/bench/samples.h"

namespace greffe::bench {
namespace {

constexpr double page_target_ms = 10;
constexpr std::size_t times_a_page = 100, late_page = 100, times_a_count = 20;

// The floor of a page: the view is there as one sorted array, whose fifty tickets from some
// place on are given.
Samples time_sorted_array(std::uint64_t ticket_count, std::size_t page) {
  std::vector<std::uint64_t> sorted(ticket_count);
  std::iota(sorted.begin(), sorted.end(), 0U);
  Prose chance(1);
  Samples samples;
  std::uint64_t sum = 0;
  for (int i = 0; i < 10'000; ++i) {
    const auto wanted = chance.below(ticket_count);
    const auto ids = samples.time([&] {
      const auto begin = std::lower_bound(sorted.begin(), sorted.end(), wanted);
      const auto left = static_cast<std::size_t>(sorted.end() - begin);
      return std::vector<std::uint64_t>(begin, begin + static_cast<std::ptrdiff_t>(std::min(page, left)));
    });
    sum += ids.front();
  }
  return sum == 0 ? Samples() : samples;
}

// One index in which so many of a thousand tickets are open.
class ListBench {
 public:
  ListBench(std::uint64_t ticket_count, std::uint64_t open_per_mille)
      : tickets_(ticket_count), open_per_mille_(open_per_mille), rows_(ticket_count) {}

  void fill() {
    const auto heap_before = mallinfo2().uordblks;
    rows_.name_everyone(index_);
    for (std::uint64_t i = 0; i < tickets_; ++i) {
      const auto row = rows_.row(i, is_open());
      const auto start = std::chrono::steady_clock::now();
      index_.put(row);
      fill_ms_ += ms_since(start);
    }
    heap_bytes_ = mallinfo2().uordblks - heap_before;
  }

  std::vector<Figure> measure(const Samples& page_floor) {
    fill();
    const auto cases = list_cases(tickets_);
    for (const ListCase& c : cases) time_pages(c);
    std::vector<Figure> figures = {pages("first pages", first_pages_, page_floor),
                                   pages("pages further on", late_pages_, page_floor), counts(cases)};
    figures.push_back(changes());
    return figures;
  }

 private:
  bool is_open() { return rows_.below(1000) < open_per_mille_; }
  void put(const TicketRow& row, Samples& samples) {
    const auto start = std::chrono::steady_clock::now();
    index_.put(row);
    samples.add(ms_since(start));
  }

  void time_page(const ListQuery& query, Samples& samples) {
    std::vector<TicketId> ids;
    for (std::size_t i = 0; i < times_a_page; ++i) {
      const auto page = samples.time([&] { return index_.query(query); });
      sound_ = sound_ && page && page->ids.size() <= query.limit && (i == 0 || page->ids == ids);
      if (page) ids = page->ids;
    }
  }

  void time_pages(const ListCase& c) {
    auto query = c.query;
    Samples first, late;
    time_page(query, first);
    std::uint64_t listed = 0;
    for (std::size_t page = 1;; ++page) {
      const auto got = index_.query(query);
      if (!got) break;
      listed += got->ids.size();
      if (page >= late_page || got->next_cursor.empty()) break;
      query.cursor = got->next_cursor;
    }
    // As many as there are, or as many as were asked for.
    sound_ = sound_ && listed == std::min<std::uint64_t>(index_.count(c.query), late_page * c.query.limit);
    time_page(query, late);
    if (first.percentile_ms(0.99) > slowest_ms_) {
      slowest_ms_ = first.percentile_ms(0.99);
      slowest_ = c.name;
    }
    first_pages_.add(first);
    late_pages_.add(late);
  }

  Figure figure(std::string what, std::string unit) const {
    return {.id = "lists",
            .what = fmt::format("{}, {} tickets, {} of 1000 open", what, tickets_, open_per_mille_),
            .unit = std::move(unit)};
  }

  Figure pages(const char* which, const Samples& samples, const Samples& floor) const {
    auto f =
        figure(fmt::format("{} of 50, {} views with filters and sorts", which, list_cases(tickets_).size()), "pages/s");
    take_samples(f, samples);
    f.target_p99_ms = page_target_ms;
    f.quantities = {{"p99 of the slowest first page: " + slowest_, slowest_ms_, "ms", 0}};
    f.floor = "50 ids out of one sorted array";
    take_floor(f, floor);
    f.check = "the same page came every time, and all pages together have as many tickets as are counted";
    f.sound = sound_;
    return f;
  }

  Figure counts(const std::vector<ListCase>& cases) {
    std::vector<FacetColumn> all;
    for (std::size_t i = 0; i < names_of(FacetColumn{}).size(); ++i) all.push_back(static_cast<FacetColumn>(i));
    Samples tabs, facets;
    bool equal = true;
    for (const ListCase& c : cases) {
      const auto count = index_.count(c.query);
      for (std::size_t i = 0; i < times_a_count; ++i) {
        tabs.time([&] { return index_.counts(c.query); });
        const auto found = facets.time([&] { return index_.facets(c.query, all); });
        // Tickets are of exactly one kind; only a filter by kind would count others too.
        for (const Facet& facet : found) {
          if (facet.column != FacetColumn::kind) continue;
          std::uint64_t sum = facet.absent;
          for (const FacetValue& value : facet.values) sum += value.count;
          equal = equal && sum == count;
        }
      }
    }
    auto f = figure(fmt::format("{} facets of a view", all.size()), "answers/s");
    take_samples(f, facets);
    f.quantities = {{"counters of all tabs, p50", tabs.percentile_ms(0.5), "ms", 0},
                    {"counters of all tabs, p99", tabs.percentile_ms(0.99), "ms", 0}};
    f.floor = "none: counting is the work itself";
    f.check = equal ? "the kinds add up to the count of the view" : "the kinds do NOT add up to the count of the view";
    f.sound = equal;
    return f;
  }

  Figure changes() {
    Samples anew, touched;
    const std::uint64_t changes = std::min<std::uint64_t>(tickets_, 100'000);
    for (std::uint64_t i = 0; i < changes; ++i) put(rows_.row(rows_.below(tickets_), is_open()), anew);
    // What most events do: a message, a status.
    auto busy = rows_.row(tickets_ - 1, true);
    for (std::uint64_t i = 0; i < changes; ++i) {
      busy.updated_at += std::chrono::seconds(1);
      put(busy, touched);
    }
    auto f = figure("changes that move a ticket in every order", "puts/s");
    take_samples(f, anew);
    f.quantities = {{"a new ticket, on average", fill_ms_ * 1e3 / static_cast<double>(tickets_), "µs", 0},
                    {"a change of updated_at alone, on average", 1e6 / touched.per_second(), "µs", 0},
                    {"memory a ticket", static_cast<double>(heap_bytes_) / static_cast<double>(tickets_), "bytes", 0}};
    f.floor = "none: S5 and S8 measure what it is part of";
    f.check = fmt::format("{} tickets are in the lists", index_.size());
    f.sound = index_.size() == tickets_;
    return f;
  }

  const std::uint64_t tickets_, open_per_mille_;
  ListRows rows_;
  ListIndex index_;
  Samples first_pages_, late_pages_;
  std::string slowest_;
  double fill_ms_ = 0, slowest_ms_ = 0;
  std::size_t heap_bytes_ = 0;
  bool sound_ = true;
};

}  // namespace

Figures lists(const MeasureOptions& options) {
  const auto page_floor = time_sorted_array(options.tickets, ListQuery{}.limit);
  std::vector<Figure> figures;
  for (const std::uint64_t open_per_mille : {10U, 500U, 1000U}) {
    for (auto& figure : ListBench(options.tickets, open_per_mille).measure(page_floor)) {
      figures.push_back(std::move(figure));
    }
  }
  return figures;
}

}  // namespace greffe::bench
