#include "storage/rocksdb_logger.h"

#include <rocksdb/env.h>

#include <array>
#include <cstdarg>
#include <cstdio>

namespace greffe {
namespace {

class StderrLogger final : public rocksdb::Logger {
 public:
  StderrLogger() : Logger(rocksdb::ERROR_LEVEL) {}

  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override {
    std::array<char, 1024> line;  // longer ones are cut
    std::vsnprintf(line.data(), line.size(), format, arguments);
    std::fprintf(stderr, "greffe: rocksdb: %s\n", line.data());
  }
};

}  // namespace

std::shared_ptr<rocksdb::Logger> rocksdb_stderr_logger() {
  static const auto logger = std::make_shared<StderrLogger>();
  return logger;
}

}  // namespace greffe
