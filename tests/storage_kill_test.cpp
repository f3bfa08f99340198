// A process that appends is killed at any moment: what it was told is durable is there
// after reopening, and no group is there in part.
#include <catch2/catch.hpp>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "storage/rocksdb_log.h"
#include "tests/storage_groups.h"
#include "tests/temporary_directory.h"

extern char** environ;

namespace greffe {
namespace {

constexpr std::uint32_t group_size = 7;
constexpr const char* child_directory = "GREFFE_KILL_TEST_DIRECTORY";

// Starts this very program with the hidden test below; its stdout is the pipe's end.
pid_t start_child(const std::filesystem::path& dir, int out) {
  REQUIRE(::setenv(child_directory, dir.c_str(), 1) == 0);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  std::string program = "/proc/self/exe", test = "[kill-child]";
  char* const arguments[] = {program.data(), test.data(), nullptr};
  pid_t child = 0;
  const int failed = ::posix_spawn(&child, program.c_str(), &actions, nullptr, arguments, environ);
  ::posix_spawn_file_actions_destroy(&actions);
  REQUIRE(failed == 0);
  return child;
}

// Reads acknowledged tails (8 bytes each) until `count` came, kills, and reads the rest.
std::uint64_t kill_after(pid_t child, int in, int count, std::chrono::microseconds pause) {
  std::uint64_t acknowledged = 0;
  for (int i = 0; i < count; ++i) {
    if (::read(in, &acknowledged, sizeof acknowledged) != sizeof acknowledged) FAIL("the child ended by itself");
  }
  std::this_thread::sleep_for(pause);
  REQUIRE(::kill(child, SIGKILL) == 0);
  while (::read(in, &acknowledged, sizeof acknowledged) == sizeof acknowledged) {
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  return acknowledged;
}

void check_whole_groups(const std::filesystem::path& dir, std::uint64_t acknowledged) {
  const auto log = open_rocksdb_log(dir);
  REQUIRE(log);
  const std::uint64_t tail = (*log)->tail().value;
  CHECK(tail >= acknowledged);
  CHECK(tail <= acknowledged + group_size);
  CHECK(tail % group_size == 0);
  CHECK(all_of(**log).size() == tail);
  CHECK(all_of(*(*log)->read_stream(stream_of(TicketId{1}), Version{1})).size() == tail);
  CHECK(value_of(**log, IndexSpace::external_id, "last") == std::to_string(tail));
}

}  // namespace

TEST_CASE("appends until it is killed", "[.][kill-child]") {
  const char* dir = std::getenv(child_directory);
  REQUIRE(dir != nullptr);
  const auto log = open_rocksdb_log(dir);
  REQUIRE(log);
  while (true) {
    const auto version = static_cast<std::uint32_t>((*log)->tail().value) + 1;
    append(**log, numbered_group(TicketId{1}, version, group_size));
    const std::uint64_t tail = (*log)->tail().value;
    REQUIRE(::write(STDOUT_FILENO, &tail, sizeof tail) == sizeof tail);
  }
}

TEST_CASE("a killed process loses no acknowledged group and leaves none in part", "[log][damage]") {
  const TemporaryDirectory dir;
  for (int kill = 0; kill < 5; ++kill) {
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    const pid_t child = start_child(dir.path(), ends[1]);
    ::close(ends[1]);
    const auto acknowledged = kill_after(child, ends[0], 3 + 5 * kill, std::chrono::microseconds(700 * kill));
    ::close(ends[0]);
    check_whole_groups(dir.path(), acknowledged);
  }
}

}  // namespace greffe
