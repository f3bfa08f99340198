#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <chrono>
#include <memory>

#include "tools/bench/floor.h"

namespace greffe::bench {
namespace {

using std::chrono::steady_clock;

Result<std::unique_ptr<rocksdb::DB>, std::string> open(const std::filesystem::path& dir) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  const auto status = rocksdb::DB::Open(options, dir, &db);
  if (!status.ok()) return fail(status.ToString());
  return std::unique_ptr<rocksdb::DB>(db);
}

double seconds_since(steady_clock::time_point start) {
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

}  // namespace

Result<double, std::string> synced_batches_per_second(const std::filesystem::path& dir, double seconds) {
  auto db = open(dir);
  if (!db) return fail(db.error());
  const std::string record(256, 'r');
  rocksdb::WriteOptions synced;
  synced.sync = true;
  std::uint64_t count = 0;
  const auto start = steady_clock::now();
  while (seconds_since(start) < seconds) {
    rocksdb::WriteBatch batch;
    for (int i = 0; i < 256; ++i) {
      if (const auto s = batch.Put(fmt::format("{:016x}", ++count), record); !s.ok()) return fail(s.ToString());
    }
    if (const auto s = (*db)->Write(synced, &batch); !s.ok()) return fail(s.ToString());
  }
  return static_cast<double>(count) / seconds_since(start);
}

Result<double, std::string> sequential_reads_per_second(const std::filesystem::path& dir, double seconds) {
  auto db = open(dir);
  if (!db) return fail(db.error());
  std::uint64_t count = 0, bytes = 0;
  const auto start = steady_clock::now();
  while (seconds_since(start) < seconds) {
    const std::unique_ptr<rocksdb::Iterator> it((*db)->NewIterator(rocksdb::ReadOptions()));
    for (it->SeekToFirst(); it->Valid(); it->Next(), ++count) bytes += it->value().size();
    if (!it->status().ok()) return fail(it->status().ToString());
    if (count == 0) return fail(std::string("nothing to read"));
  }
  if (bytes != count * 256) return fail(std::string("the floor's records are damaged"));
  return static_cast<double>(count) / seconds_since(start);
}

}  // namespace greffe::bench
