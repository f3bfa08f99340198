#include "tools/bench/child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstring>

extern char** environ;

namespace greffe::bench {
namespace {

constexpr std::string_view announcement = "listening on http://127.0.0.1:";

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

// Reads the child's stdout until the announcement; 0 if it ends or takes too long.
std::uint16_t await_port(int fd) {
  std::string seen;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (std::chrono::steady_clock::now() < deadline) {
    pollfd wait{fd, POLLIN, 0};
    if (::poll(&wait, 1, 1'000) <= 0) continue;
    char buffer[4096];
    const ssize_t got = ::read(fd, buffer, sizeof buffer);
    if (got <= 0) return 0;
    seen.append(buffer, static_cast<std::size_t>(got));
    const std::size_t at = seen.find(announcement);
    if (at == std::string::npos || seen.find('\n', at) == std::string::npos) continue;
    std::uint16_t port = 0;
    std::from_chars(seen.data() + at + announcement.size(), seen.data() + seen.size(), port);
    return port;
  }
  return 0;
}

}  // namespace

Result<std::unique_ptr<Child>, std::string> Child::start(const std::string& program,
                                                         const std::vector<std::string>& arguments,
                                                         const std::vector<std::string>& environment) {
  int pipe_ends[2];
  if (::pipe2(pipe_ends, O_CLOEXEC) != 0) return fail(fmt::format("pipe: {}", std::strerror(errno)));
  std::vector<std::string> argv_texts = {"greffe"};
  argv_texts.insert(argv_texts.end(), arguments.begin(), arguments.end());
  std::vector<std::string> environment_texts = environment;
  for (char** e = environ; *e != nullptr; ++e) environment_texts.emplace_back(*e);
  auto argv = pointers(argv_texts);
  auto envp = pointers(environment_texts);

  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], STDOUT_FILENO);
  std::unique_ptr<Child> child(new Child);
  const int error = ::posix_spawn(&child->pid_, program.c_str(), &actions, nullptr, argv.data(), envp.data());
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(pipe_ends[1]);
  child->stdout_ = pipe_ends[0];
  if (error != 0) {
    child->pid_ = -1;
    return fail(fmt::format("cannot start {}: {}", arguments.front(), std::strerror(error)));
  }
  child->port_ = await_port(pipe_ends[0]);
  if (child->port_ == 0) return fail(fmt::format("{} did not say where it listens", arguments.front()));
  return child;
}

Child::~Child() {
  stop();
  if (stdout_ >= 0) ::close(stdout_);
}

int Child::stop() {
  if (pid_ < 0) return 0;
  ::kill(pid_, SIGTERM);
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void Child::kill() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

}  // namespace greffe::bench
