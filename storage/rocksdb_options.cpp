#include "storage/rocksdb_options.h"

#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/env.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/perf_level.h>
#include <rocksdb/table.h>

#include <algorithm>

#include "storage/rocksdb_logger.h"

namespace greffe {
namespace {

constexpr std::size_t kibi = 1024;
constexpr std::size_t mebi = 1024 * kibi;

// Debian's RocksDB has all three; another build may have none.
rocksdb::CompressionType best_compression() {
  const auto supported = rocksdb::GetSupportedCompressions();
  for (const auto wanted : {rocksdb::kLZ4Compression, rocksdb::kZSTD, rocksdb::kSnappyCompression}) {
    if (std::find(supported.begin(), supported.end(), wanted) != supported.end()) return wanted;
  }
  return rocksdb::kNoCompression;
}

}  // namespace

rocksdb::DBOptions log_db_options() {
  rocksdb::DBOptions options;
  // What was acknowledged is never rolled back in silence: only a torn last group, which
  // nobody was told of, may be dropped; any other damage refuses to open.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.track_and_verify_wals_in_manifest = true;
  options.paranoid_checks = true;
  options.verify_sst_unique_id_in_manifest = true;
  options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  options.recycle_log_file_num = 0;
  options.avoid_flush_during_recovery = false;
  // A disk that failed once is not trusted again until a restart has recovered from it.
  options.max_bgerror_resume_count = 0;
  // Group commit is ours, on one thread: a batch is in the memtable only after its sync.
  options.enable_pipelined_write = false;
  options.unordered_write = false;
  options.two_write_queues = false;
  // Bounds what recovery has to replay: the small families would else hold old WAL files
  // back until they fill a write buffer of their own.
  options.max_total_wal_size = 128 * mebi;
  options.max_background_jobs = 2;
  options.bytes_per_sync = mebi;  // flushes and compactions must not pile up dirty pages before a WAL sync
  options.info_log = rocksdb_stderr_logger();
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

rocksdb::ColumnFamilyOptions log_family_options(const std::string& family) {
  static const auto cache = rocksdb::NewLRUCache(64 * mebi);
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.format_version = 5;
  table.checksum = rocksdb::kXXH3;

  rocksdb::ColumnFamilyOptions options;
  // One compression for all levels: files whose keys only ascend then sink by renaming
  // ("trivial moves") and are never written twice.
  options.compression = best_compression();
  options.level_compaction_dynamic_level_bytes = true;
  options.force_consistency_checks = true;
  if (family == "entries") {
    options.write_buffer_size = 64 * mebi;
    options.max_write_buffer_number = 3;  // appends go on while one is flushed
    table.block_size = 16 * kibi;         // records are alike, so longer blocks compress better
  } else {
    options.write_buffer_size = 8 * mebi;  // keys come in no order: a small buffer stays in the processor's cache
  }
  if (family == "index") {
    // Most look-ups are for a key that is not there: a new command id, a free address.
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    table.whole_key_filtering = true;
  }
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

rocksdb::WriteOptions log_write_options() {
  rocksdb::WriteOptions options;
  options.sync = true;
  options.protection_bytes_per_key = protection_bytes_per_key;
  return options;
}

void stop_counting() { rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable); }

LogFailure failure_of(const rocksdb::Status& status, Position position) {
  const bool corrupt = status.IsCorruption();
  return {corrupt ? LogFailure::Kind::corrupt : LogFailure::Kind::io, position,
          status.ToString() + (corrupt ? ": stored bytes were changed; restore from a backup"
                                       : ": look at the disk and its free space, then restart")};
}

}  // namespace greffe
