// A view that cannot digest an event stands still; the others go on.
#include "projections/row_table.h"
#include "tests/projections_views.h"

namespace greffe {
namespace {

using namespace projections_test;

// Copies each ticket's row as of its last event, and gives up at one position, after having
// changed something.
class FragileView final : public View {
 public:
  FragileView(const RowSource& newest, Family family, Position poison)
      : table_(newest, family, "", 1024 * 1024), poison_(poison) {}
  std::string_view name() const override { return "fragile"; }
  Version version() const override { return {}; }
  void apply(const Record& record) override {
    table_.find_or_make(1).message_count += 1;
    if (record.envelope.position == poison_) throw std::runtime_error("I cannot digest this");
    table_.find_or_make(2).message_count += 1;
  }
  void flush(RowBatch& batch, Position at) override { table_.flush(batch, at); }
  void discard() override { table_.discard(); }

 private:
  RowTable<TicketRow> table_;
  const Position poison_;
};

ExtraViews fragile(std::uint64_t poison) {
  return {{"fragile", [poison](const RowSource& newest, Family family) {
             return std::make_unique<FragileView>(newest, family, Position{poison});
           }}};
}
const ExtraViews healthy = fragile(0);

std::string digest_of(const ViewsDigest& digest, const std::string& view) {
  for (const auto& [name, hex] : digest.by_view) {
    if (name == view) return hex;
  }
  return {};
}

// The digest of the healthy views over the first `count` events of the history.
ViewsDigest healthy_digest(const History& history, std::size_t count) {
  History part;
  for (std::size_t i = 0; i < count; ++i) part.append(history.records()[i]);
  TemporaryDirectory dir;
  const auto views = open_views(dir.path(), part.log(), {4096, false}, healthy);
  catch_up(*views);
  return views->digest();
}

struct Tickets {
  History history;
  TemporaryDirectory dir;
  Tickets() {
    const auto id = history.open();
    for (int i = 0; i < 19; ++i) history.on(id, MessagePosted{});
  }
};

}  // namespace

TEST_CASE("a view that meets poison keeps exactly what came before it") {
  Tickets t;
  const std::size_t batch = GENERATE(1, 7, 4096);
  const auto views = open_views(t.dir.path(), t.history.log(), {batch, false}, fragile(12));
  catch_up(*views);
  const auto status = views->status();
  REQUIRE(status.parked.size() == 1);
  CHECK(status.parked[0].view == "fragile");
  CHECK(status.parked[0].position == Position{12});
  CHECK(status.parked[0].cause == "I cannot digest this");
  CHECK(status.seen.position == Position{20});
  const auto digest = views->digest();
  CHECK(digest_of(digest, "fragile") == digest_of(healthy_digest(t.history, 11), "fragile"));
  for (const std::string view : {"tickets", "timeline", "history", "sla", "work", "numbers", "directory"}) {
    CHECK(digest_of(digest, view) == digest_of(healthy_digest(t.history, 20), view));
  }
}

TEST_CASE("a parked view stays parked over a restart, until a rebuild by a program that can") {
  Tickets t;
  catch_up(*open_views(t.dir.path(), t.history.log(), {4096, false}, fragile(12)));
  auto views = open_views(t.dir.path(), t.history.log(), {4096, false}, healthy);
  t.history.open();
  catch_up(*views);
  REQUIRE(views->status().parked.size() == 1);
  CHECK(views->status().parked[0].cause == "I cannot digest this");
  CHECK(digest_of(views->digest(), "fragile") == digest_of(healthy_digest(t.history, 11), "fragile"));
  rebuild(*views);
  CHECK(views->status().parked.empty());
  CHECK(same(views->digest(), healthy_digest(t.history, 21)));
}

TEST_CASE("a rebuild that meets poison fails and leaves the live views alone") {
  Tickets t;
  auto views = open_views(t.dir.path(), t.history.log(), {4096, false}, healthy);
  catch_up(*views);
  views.reset();
  views = open_views(t.dir.path(), t.history.log(), {4096, false}, fragile(12));
  const auto before = views->digest();
  const auto rebuilt = views->rebuild({});
  REQUIRE_FALSE(rebuilt);
  CHECK(rebuilt.error().kind == ViewFailure::Kind::poison);
  CHECK(rebuilt.error().position == Position{12});
  CHECK(same(views->digest(), before));
  REQUIRE(views->status().parked.size() == 1);
  CHECK_FALSE(views->status().rebuilding);
}

TEST_CASE("two views may park at one event") {
  Tickets t;
  auto extra = fragile(5);
  extra.push_back({"tickets-of-nobody", extra[0].make});
  const auto views = open_views(t.dir.path(), t.history.log(), {4096, false}, extra);
  catch_up(*views);
  CHECK(views->status().parked.size() == 2);
  CHECK(views->status().seen.position == Position{20});
}

TEST_CASE("an event of a ticket that was never opened parks the views that cannot place it") {
  Tickets t;
  t.history.on(TicketId{999}, MessagePosted{});
  t.history.open();
  const auto views = open_views(t.dir.path(), t.history.log());
  catch_up(*views);
  std::vector<std::string> parked;
  for (const auto& view : views->status().parked) parked.push_back(view.view);
  CHECK(parked == std::vector<std::string>{"tickets", "sla"});
  CHECK(views->status().seen.position == Position{22});
  CHECK(views->list({})->page.rows.size() == 1);
}

}  // namespace greffe
