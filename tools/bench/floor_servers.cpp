#include <fmt/format.h>
#include <httplib.h>
#include <nlohmann/json.hpp>
#include <rocksdb/db.h>
#include <signal.h>

#include <atomic>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <thread>

#include "tools/bench/floor.h"

namespace greffe::bench {
namespace {

// cpp-httplib holds a thread for each open connection: as many as any load here opens.
constexpr std::size_t threads = 160;

int serve_until_terminated(httplib::Server& server) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  server.new_task_queue = [] { return new httplib::ThreadPool(threads); };
  server.set_keep_alive_max_count(1'000'000'000);
  server.set_tcp_nodelay(true);
  const int port = server.bind_to_any_port("127.0.0.1");
  if (port <= 0) return 1;
  std::thread listener([&] { server.listen_after_bind(); });
  std::printf("listening on http://127.0.0.1:%d\n", port);
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  server.stop();
  listener.join();
  return 0;
}

}  // namespace

int serve_synced_puts(const std::filesystem::path& dir, std::size_t answer_bytes) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  if (const auto status = rocksdb::DB::Open(options, dir, &opened); !status.ok()) {
    fmt::print(stderr, "floor: {}\n", status.ToString());
    return 1;
  }
  std::unique_ptr<rocksdb::DB> db(opened);
  std::atomic<std::uint64_t> next_key = 1;
  const std::string padding(answer_bytes > 30 ? answer_bytes - 30 : 0, 'x');
  httplib::Server server;
  server.Post("/put", [&](const httplib::Request& request, httplib::Response& response) {
    const auto parsed = nlohmann::json::parse(request.body, nullptr, false);
    const std::uint64_t key = next_key++;
    rocksdb::WriteOptions synced;
    synced.sync = true;
    const auto status = db->Put(synced, fmt::format("{:016x}", key), request.body);
    response.status = parsed.is_discarded() || !status.ok() ? 500 : 200;
    response.set_content(nlohmann::json({{"position", key}, {"padding", padding}}).dump(), "application/json");
  });
  return serve_until_terminated(server);
}

int serve_bytes(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  const std::string body = bytes.str();
  httplib::Server server;
  server.Get("/get", [&](const httplib::Request&, httplib::Response& response) {
    response.set_content(body, "application/json");
  });
  return serve_until_terminated(server);
}

}  // namespace greffe::bench
