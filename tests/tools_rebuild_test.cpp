// `greffe rebuild` and `greffe verify` on stores with a search and documents, and a search that fails
// while the store goes on.
#include <CLI/CLI.hpp>
#include <catch2/catch.hpp>

#include <atomic>
#include <fstream>
#include <thread>

#include "commands/settings/settings.h"
#include "tests/temporary_directory.h"
#include "tools/programs.h"
#include "tools/store.h"

using namespace greffe;
using namespace std::chrono_literals;

namespace {

class StandingClock final : public Clock {
 public:
  Instant now() const override { return *parse_rfc3339("2025-02-28T10:00:00Z"); }
};

struct Shop {
  TemporaryDirectory dir;
  StandingClock clock;
  StoreOptions options = [] {
    StoreOptions with_all;
    with_all.with_search = with_all.with_documents = true;
    return with_all;
  }();
  std::unique_ptr<Store> store = open();

  std::unique_ptr<Store> open() {
    auto opened = Store::open(dir.path(), options, clock, [](const std::string& failure) { FAIL(failure); });
    if (!opened) FAIL(opened.error());
    return std::move(*opened);
  }
  Accepted accept(TicketCommand command, std::uint64_t target = 0) {
    CommandRequest request;
    request.command = std::move(command);
    request.target = target;
    request.actor = {ActorKind::administrator, 0};
    auto accepted = store->writer().submit(std::move(request));
    if (!accepted) FAIL(name_of(accepted.error().code));
    return std::move(*accepted);
  }
  std::uint64_t ticket(const std::string& title) {
    OpenTicket open;
    open.title = title;
    return accept(open).stream.id;
  }
  BlobRef attach(std::uint64_t ticket, const std::string& bytes) {
    auto writer = store->documents()->write(bytes.size());
    REQUIRE(writer);
    REQUIRE((*writer)->append(bytes));
    const auto blob = (*writer)->finish();
    REQUIRE(blob);
    AttachDocument command;
    command.sha256 = blob->sha256.hex;
    command.size_bytes = blob->size_bytes;
    command.media_type = "text/plain";
    command.file_name = "a.txt";
    accept(command, ticket);
    return *blob;
  }
  void close() {
    REQUIRE(store->search()->wait_for(store->log().tail(), 30s));
    store.reset();
  }
};

// The exit code of a subcommand.
int run(void (*add)(CLI::App&, int&), const std::string& name, const Shop& shop, const std::string& more = {}) {
  CLI::App app;
  int exit_code = -1;
  add(app, exit_code);
  app.parse(name + " --data " + shop.dir.path().string() + " " + more);
  return exit_code;
}

}  // namespace

TEST_CASE("a rebuild finds the views and the search as the log has them, also where there is no search yet") {
  Shop shop;
  shop.ticket("panne");
  shop.close();
  CHECK(run(add_rebuild, "rebuild", shop) == exit_done);
  std::filesystem::remove_all(shop.dir.path() / "search");
  CHECK(run(add_rebuild, "rebuild", shop) == exit_done);
  shop.store = shop.open();
  CHECK(shop.store->search()->status().documents == 1);
}

TEST_CASE("a search that is not the log's is found by a rebuild, and put right") {
  Shop shop, other;
  shop.ticket("panne");
  other.ticket("coupure");
  shop.close();
  other.close();
  // Both logs end at the same position and instant: nothing else tells that it is another's index.
  std::filesystem::remove_all(shop.dir.path() / "search");
  std::filesystem::copy(other.dir.path() / "search", shop.dir.path() / "search",
                        std::filesystem::copy_options::recursive);
  CHECK(run(add_rebuild, "rebuild", shop) == exit_problem);
  CHECK(run(add_rebuild, "rebuild", shop) == exit_done);
  shop.store = shop.open();
  SearchQuery query;
  query.text = "panne";
  query.audience = SearchAudience::everything();
  const auto page = shop.store->search()->search(query);
  REQUIRE(page);
  CHECK(page->hits.size() == 1);
}

TEST_CASE("verify reads the documents too, unless told to leave them out") {
  Shop shop;
  const auto ticket = shop.ticket("panne");
  const auto blob = shop.attach(ticket, "bytes of a file");
  shop.close();
  CHECK(run(add_verify, "verify", shop) == exit_done);
  const auto& hex = blob.sha256.hex;
  const auto file = shop.dir.path() / "blobs" / hex.substr(0, 2) / hex.substr(2, 2) / hex;
  SECTION("changed") { std::ofstream(file, std::ios::binary | std::ios::trunc) << "other bytes"; }
  SECTION("gone") { std::filesystem::remove(file); }
  SECTION("the whole directory gone") { std::filesystem::remove_all(shop.dir.path() / "blobs"); }
  CHECK(run(add_verify, "verify", shop) == exit_problem);
  CHECK(run(add_verify, "verify", shop, "--no-documents") == exit_done);
}

TEST_CASE("a search that fails is told once, and all else goes on") {
  Shop shop;
  shop.close();
  std::atomic<int> told = 0;
  std::atomic<bool> of_the_search = false;
  shop.options.on_search_failure = [&](const std::string& what) {
    of_the_search = what.starts_with("search ");
    ++told;
  };
  shop.store = shop.open();
  // Neither its files nor the place for new ones: it cannot be made anew.
  std::filesystem::remove_all(shop.dir.path() / "search");
  std::ofstream(shop.dir.path() / "search") << "in the way";
  shop.ticket("panne");
  for (const auto until = std::chrono::steady_clock::now() + 30s; told == 0;) {
    REQUIRE(std::chrono::steady_clock::now() < until);
    std::this_thread::sleep_for(1ms);
  }
  REQUIRE(shop.store->search()->status().failure);
  shop.ticket("coupure");
  CHECK(shop.store->views().catch_up({}));
  shop.store.reset();
  CHECK(told == 1);
  CHECK(of_the_search);
}
