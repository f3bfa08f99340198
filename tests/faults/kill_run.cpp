// SIGKILL under load: starts a server again and again on one store, loads it with commands,
// kills it at a random moment, and in the end compares what was acknowledged with the log.
// Also sends every command that was in flight at the kill again with its key, for which there
// must be one commit and no second. Talks to 127.0.0.1 only; bounded by --kills.
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <random>
#include <thread>
#include <unordered_map>

#include "events/codec.h"
#include "storage/check_log.h"
#include "storage/rocksdb_log.h"
#include "tools/bench/child.h"
#include "tools/bench/load.h"

namespace greffe::faults {
namespace {

using bench::Child;
using std::chrono::steady_clock;

constexpr std::string_view token = "kill-run-token-that-guards-nothing";

struct Arguments {
  std::string greffe;
  std::string dir = "/var/tmp";
  unsigned kills = 20;
  std::size_t connections = 64;
  std::uint64_t seed = 1;
  unsigned rate_min = 2'000;
};

// One connection's command: what was sent last, and whether its answer has come.
struct InFlight {
  std::string key;
  std::string request;
  bool answered = true;
};

struct Totals {
  std::unordered_map<std::string, std::uint64_t> acknowledged;  // command id -> position
  std::uint64_t sent_again = 0;
  std::uint64_t unexpected = 0;  // answers that were neither 2xx nor 503
  std::vector<double> rates;     // acknowledged a second, while it was up
  std::vector<double> ready_ms;
};

std::uint64_t position_in(std::string_view body) {
  constexpr std::string_view key = "\"position\":\"";
  const std::size_t at = body.find(key);
  std::uint64_t position = 0;
  if (at != std::string_view::npos) std::from_chars(body.data() + at + key.size(), body.data() + body.size(), position);
  return position;
}

std::string post(std::string_view target, std::string_view key, std::string_view body) {
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\nIdempotency-Key: {}\r\n"
      "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
      target, token, key, body.size(), body);
}

class KillRun {
 public:
  explicit KillRun(const Arguments& arguments)
      : arguments_(arguments), random_(arguments.seed), flights_(arguments.connections) {}

  // The error is a text for people.
  Result<Totals, std::string> run(const std::string& dir) {
    for (unsigned round = 0; round < arguments_.kills; ++round) {
      if (auto done = one_round(dir, round); !done) return fail(done.error());
    }
    const auto child = start(dir);
    if (!child) return fail(child.error());
    if (auto again = send_again((*child)->port()); !again) return fail(again.error());
    return std::move(totals_);
  }

 private:
  Result<std::unique_ptr<Child>, std::string> start(const std::string& dir) {
    const auto before = steady_clock::now();
    auto child = Child::start(arguments_.greffe, {"serve", "--data", dir, "--port", "0"},
                              {fmt::format("GREFFE_ADMIN_TOKEN={}", token)});
    totals_.ready_ms.push_back(std::chrono::duration<double, std::milli>(steady_clock::now() - before).count());
    return child;
  }

  Result<void, std::string> one_round(const std::string& dir, unsigned round) {
    const auto child = start(dir);
    if (!child) return fail(child.error());
    const std::uint16_t port = (*child)->port();
    if (auto again = send_again(port); !again) return fail(again.error());

    const std::size_t acknowledged_before = totals_.acknowledged.size();
    const auto begin = steady_clock::now();
    std::thread load([&] { keep_loading(port, round); });
    std::this_thread::sleep_for(std::chrono::milliseconds(250 + random_() % 500));
    (*child)->kill();
    const double seconds = std::chrono::duration<double>(steady_clock::now() - begin).count();
    load.join();
    totals_.rates.push_back(static_cast<double>(totals_.acknowledged.size() - acknowledged_before) / seconds);
    return {};
  }

  // Ends when the server dies: the broken connection is what this run is about.
  void keep_loading(std::uint16_t port, unsigned round) {
    std::uint64_t sequence = 0;
    const auto next = [&](std::size_t connection, std::string& out) {
      InFlight& flight = flights_[connection];
      flight.key = fmt::format("kill/{}/{}", round, sequence++);
      flight.request = request_for(sequence, flight.key);
      flight.answered = false;
      out = flight.request;
    };
    const auto take = [&](std::size_t connection, int status, std::string_view body) {
      answer(connection, status, body);
    };
    const auto loaded =
        bench::run_load({port, arguments_.connections, Milliseconds(0), Milliseconds(60'000)}, next, take);
    if (loaded) ++totals_.unexpected;
  }

  // Openings with an assignee are two events in one commit: they would show a half one.
  std::string request_for(std::uint64_t sequence, const std::string& key) {
    if (tickets_.empty() || sequence % 4 == 0) {
      const std::string assignee = agent_.empty() ? "" : fmt::format(",\"assignee\":\"{}\"", agent_);
      return post("/v1/tickets", key, fmt::format(R"({{"title":"Kill run {}"{}}})", key, assignee));
    }
    return post("/v1/tickets/" + tickets_[sequence % tickets_.size()] + "/post-message", key,
                R"({"visibility":"internal","body":"Written while the server is about to be killed."})");
  }

  void answer(std::size_t connection, int status, std::string_view body) {
    InFlight& flight = flights_[connection];
    flight.answered = true;
    if (status < 200 || status > 299) {
      if (status != 503) ++totals_.unexpected;
      return;
    }
    totals_.acknowledged[flight.key] = position_in(body);
    constexpr std::string_view number_key = "\"number\":\"";
    const std::size_t at = body.find(number_key);
    if (at == std::string_view::npos || tickets_.size() >= 500) return;
    const std::size_t from = at + number_key.size();
    tickets_.emplace_back(body.substr(from, body.find('"', from) - from));
  }

  // Sends what was in flight at the kill again, each once; and makes the agent on first use.
  Result<void, std::string> send_again(std::uint16_t port) {
    if (agent_.empty()) {
      if (auto made = make_agent(port); !made) return made;
    }
    for (std::size_t i = 0; i < flights_.size(); ++i) {
      if (flights_[i].answered || flights_[i].request.empty()) continue;
      ++totals_.sent_again;
      const auto sent =
          once(port, flights_[i].request, [&](int status, std::string_view body) { answer(i, status, body); });
      if (!sent) return sent;
    }
    return {};
  }

  Result<void, std::string> make_agent(std::uint16_t port) {
    const std::string request = post("/v1/agents", "kill/agent", R"({"display_name":"Agent","assignable":true})");
    return once(port, request, [&](int status, std::string_view body) {
      constexpr std::string_view key = "\"id\":\"";
      const std::size_t at = body.find(key);
      if (status == 201 && at != std::string_view::npos) {
        const std::size_t from = at + key.size();
        agent_ = std::string(body.substr(from, body.find('"', from) - from));
      }
    });
  }

  // One request on a connection of its own.
  Result<void, std::string> once(std::uint16_t port, const std::string& request,
                                 const std::function<void(int, std::string_view)>& take) {
    const auto sent = bench::run_load(
        {port, 1, Milliseconds(0), Milliseconds(0)}, [&](std::size_t, std::string& out) { out = request; },
        [&](std::size_t, int status, std::string_view body) { take(status, body); });
    if (!sent) return fail(sent.error());
    return {};
  }

  const Arguments& arguments_;
  std::mt19937_64 random_;
  std::vector<InFlight> flights_;
  std::vector<std::string> tickets_;
  std::string agent_;
  Totals totals_;
};

struct Verdict {
  std::uint64_t lost = 0, duplicated = 0, moved = 0, half_commits = 0, findings = 0;
  bool clean() const { return lost + duplicated + moved + half_commits + findings == 0; }
};

struct Stored {
  std::uint64_t last_position = 0;
  std::uint64_t commits = 0;
  std::uint64_t events = 0, promised_events = 0;
};

Result<Verdict, std::string> compare(const std::string& dir, const Totals& totals) {
  const auto log = open_rocksdb_log(dir, {.writable = false, .create = false});
  if (!log) return fail(log.error().detail);
  std::unordered_map<std::string, Stored> stored;
  const auto reader = (*log)->read({1});
  while (reader->next()) {
    const auto record = decode(reader->bytes());
    if (!record) return fail(fmt::format("position {} is no record", reader->position().value));
    const Envelope& e = record->envelope;
    if (!e.command_id.starts_with("kill/")) continue;
    Stored& s = stored[e.command_id];
    s.last_position = e.position.value;
    ++s.events;
    if (e.position == e.commit_first) {
      ++s.commits;
      s.promised_events += e.commit_count;
    }
  }
  if (reader->failure()) return fail(reader->failure()->detail);
  Verdict verdict;
  for (const auto& [key, position] : totals.acknowledged) {
    const auto found = stored.find(key);
    if (found == stored.end()) ++verdict.lost;
    else if (found->second.last_position != position) ++verdict.moved;
  }
  for (const auto& [key, s] : stored) {
    if (s.commits > 1) ++verdict.duplicated;
    if (s.events != s.promised_events) ++verdict.half_commits;
  }
  verdict.findings = check_log(**log).findings.size();
  return verdict;
}

int report(const Arguments& arguments, Totals& totals, const Verdict& v) {
  std::sort(totals.rates.begin(), totals.rates.end());
  std::sort(totals.ready_ms.begin(), totals.ready_ms.end());
  const double rate = totals.rates[totals.rates.size() / 2];
  fmt::print("seed {}, {} kills, {} connections: {:.0f} commands/s acknowledged (median of rounds; least {:.0f})\n",
             arguments.seed, arguments.kills, arguments.connections, rate, totals.rates.front());
  fmt::print("ready again after {:.0f} ms (median), {:.0f} ms (worst); {} commands in flight sent again\n",
             totals.ready_ms[totals.ready_ms.size() / 2], totals.ready_ms.back(), totals.sent_again);
  fmt::print(
      "acked {}, lost {}, duplicated {}, at another position {}, half commits {}, findings of verify {}, unexpected "
      "answers {}\n",
      totals.acknowledged.size(), v.lost, v.duplicated, v.moved, v.half_commits, v.findings, totals.unexpected);
  if (rate < arguments.rate_min) fmt::print("the load was below {} commands/s\n", arguments.rate_min);
  return v.clean() && totals.unexpected == 0 && rate >= arguments.rate_min ? 0 : 1;
}

int run(const Arguments& arguments) {
  std::string dir = arguments.dir + "/greffe-kill-XXXXXX";
  if (::mkdtemp(dir.data()) == nullptr) {
    fmt::print(stderr, "cannot make a directory in {}\n", arguments.dir);
    return 2;
  }
  auto totals = KillRun(arguments).run(dir);
  if (!totals) {
    fmt::print(stderr, "kill run: {} (store kept in {})\n", totals.error(), dir);
    return 1;
  }
  const auto verdict = compare(dir, *totals);
  if (!verdict) {
    fmt::print(stderr, "kill run: {} (store kept in {})\n", verdict.error(), dir);
    return 1;
  }
  const int exit_code = report(arguments, *totals, *verdict);
  if (exit_code == 0) std::filesystem::remove_all(dir);
  else fmt::print("store kept in {}\n", dir);
  return exit_code;
}

}  // namespace
}  // namespace greffe::faults

int main(int argc, char** argv) {
  CLI::App app("Kills a serving Greffe again and again and counts what is lost");
  greffe::faults::Arguments arguments;
  app.add_option("--greffe", arguments.greffe, "The program to kill")->required();
  app.add_option("--dir", arguments.dir, "Where to make the store")->capture_default_str();
  app.add_option("--kills", arguments.kills)->check(CLI::Range(1, 10'000))->capture_default_str();
  app.add_option("--connections", arguments.connections)->check(CLI::Range(1, 128))->capture_default_str();
  app.add_option("--seed", arguments.seed)->capture_default_str();
  app.add_option("--rate-min", arguments.rate_min, "Commands a second below which the run is void")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  return greffe::faults::run(arguments);
}
