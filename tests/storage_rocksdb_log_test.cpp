#include <rapidcheck.h>

#include <map>
#include <sstream>

#include "storage/memory_log.h"
#include "storage/rocksdb_log.h"
#include "tests/temporary_directory.h"

namespace {

struct RocksdbLogs {
  RocksdbLogs() { reopen(); }
  greffe::Log& log() { return *opened; }
  void reopen() {
    opened.reset();
    auto again = greffe::open_rocksdb_log(directory.path());
    if (!again) throw std::runtime_error(again.error().detail);
    opened = *std::move(again);
  }
  greffe::TemporaryDirectory directory;
  std::unique_ptr<greffe::Log> opened;
};

}  // namespace

#define GREFFE_LOG_UNDER_TEST RocksdbLogs
#include "tests/storage_log_contract.h"

namespace greffe {
namespace {

// One step of a random history: a group, or (if it is empty) closing and opening again.
LogGroup any_group() {
  LogGroup group;
  for (int n = *rc::gen::inRange(0, 5); n > 0; --n) {
    const auto ticket = *rc::gen::inRange<std::uint64_t>(1, 4);
    group.entries.push_back(entry(TicketId{ticket}, 0, *rc::gen::arbitrary<std::string>()));
  }
  for (int n = *rc::gen::inRange(0, 4); n > 0; --n) {
    const auto space = *rc::gen::element(IndexSpace::email, IndexSpace::external_id);
    group.index.push_back(
        {space, *rc::gen::element<std::string>("a", "b", "ab", ""), *rc::gen::arbitrary<std::string>()});
  }
  return group;
}

void check_same(const Log& log, const Log& model) {
  RC_ASSERT(log.tail() == model.tail());
  RC_ASSERT(all_of(log) == all_of(model));
  for (std::uint64_t ticket = 0; ticket <= 4; ++ticket) {
    for (std::uint32_t from = 0; from <= 3; ++from) {
      const StreamId stream = stream_of(TicketId{ticket});
      RC_ASSERT(all_of(*log.read_stream(stream, Version{from})) == all_of(*model.read_stream(stream, Version{from})));
    }
  }
  for (const auto space : {IndexSpace::email, IndexSpace::external_id, IndexSpace::ticket_number}) {
    for (const char* key : {"a", "b", "ab", "", "c"})
      RC_ASSERT(value_of(log, space, key) == value_of(model, space, key));
  }
}

}  // namespace

TEST_CASE("the RocksDB log does what the memory log does, whatever the groups and reopenings", "[log]") {
  auto params = rc::detail::configuration().testParams;
  params.maxSuccess = 15;  // every reopening costs many a sync
  const auto same_answers = [] {
    RocksdbLogs rocksdb;
    const auto model = open_memory_log();
    std::map<StreamId, Version> versions;
    for (int steps = *rc::gen::inRange(1, 20); steps > 0; --steps) {
      LogGroup group = any_group();
      for (LogEntry& e : group.entries) e.version = versions[e.stream] = next(versions[e.stream]);
      if (group.entries.empty() && group.index.empty()) {
        rocksdb.reopen();
        continue;
      }
      RC_ASSERT(rocksdb.log().append(model->tail(), group).has_value());
      RC_ASSERT(model->append(model->tail(), group).has_value());
    }
    check_same(rocksdb.log(), *model);
    rocksdb.reopen();
    check_same(rocksdb.log(), *model);
  };
  const auto result = rc::detail::checkTestable(same_answers, rc::detail::TestMetadata{}, params);
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  INFO(text.str());
  CHECK(result.is<rc::detail::SuccessResult>());
}

}  // namespace greffe
