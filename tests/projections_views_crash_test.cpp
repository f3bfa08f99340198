// A projector that is killed: what it had not made durable is applied again, once.
#include <spawn.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdlib>
#include <random>

#include "tests/projections_views.h"

extern char** environ;

namespace greffe {
namespace {

using namespace projections_test;

constexpr const char* dir_variable = "GREFFE_CRASH_TEST_DIR";

// The same history in both processes.
void write_history(Author& author, History& history, std::size_t count) {
  author.write(count);
  REQUIRE(history.tail().value >= count);
}

struct SameHistory {
  std::mt19937_64 random{42};
  History history;
  Author author{history, [this](std::uint64_t below) { return random() % below; }};
};

// Runs the hidden test below in a process of its own; the signal that ended it.
int signal_of_child(const std::filesystem::path& dir) {
  REQUIRE(::setenv(dir_variable, dir.c_str(), 1) == 0);
  std::string program = "/proc/self/exe", filter = "[.killed]";
  char* arguments[] = {program.data(), filter.data(), nullptr};
  pid_t child = 0;
  REQUIRE(::posix_spawn(&child, "/proc/self/exe", nullptr, nullptr, arguments, environ) == 0);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

}  // namespace

TEST_CASE("this process is killed while it applies", "[.killed]") {
  const char* dir = std::getenv(dir_variable);
  if (dir == nullptr) return;  // run by hand
  SameHistory same;
  write_history(same.author, same.history, 500);
  auto views = open_views(dir, same.history.log(), {16, false});
  catch_up(*views);
  views->stop();  // durable up to here
  views.reset();
  views = open_views(dir, same.history.log(), {16, false});
  write_history(same.author, same.history, 700);
  const auto status = views->catch_up([](std::uint64_t count, std::uint64_t) {
    if (count > 400) std::raise(SIGKILL);
  });
  FAIL("it was not killed: " << status.has_value());
}

TEST_CASE("after a kill the views go on from what was durable, each event counted once") {
  TemporaryDirectory dir;
  REQUIRE(signal_of_child(dir.path()) == SIGKILL);
  SameHistory same_history;
  write_history(same_history.author, same_history.history, 500);
  write_history(same_history.author, same_history.history, 700);
  History& history = same_history.history;
  const auto views = open_views(dir.path(), history.log());
  const auto durable = views->status().seen.position;
  CHECK(durable >= Position{500});
  CHECK(durable < history.tail());
  catch_up(*views);
  TemporaryDirectory other;
  const auto never_killed = open_views(other.path(), history.log());
  catch_up(*never_killed);
  CHECK(same(views->digest(), never_killed->digest()));
  const auto rebuilt = rebuild(*views);
  CHECK(same(rebuilt.before, rebuilt.after));
}

}  // namespace greffe
