#include "storage/memory_log.h"

namespace {

struct MemoryLogs {
  greffe::Log& log() { return *opened; }
  void reopen() {}
  std::unique_ptr<greffe::Log> opened = greffe::open_memory_log();
};

}  // namespace

#define GREFFE_LOG_UNDER_TEST MemoryLogs
#include "tests/storage_log_contract.h"
