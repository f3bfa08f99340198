#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <filesystem>

#include "http/api.h"
#include "tools/admin_token.h"
#include "tools/programs.h"
#include "tools/serve/import_route.h"
#include "tools/serve/settings.h"
#include "tools/store.h"

namespace greffe {
namespace {

struct Arguments {
  SettingTexts flags;
  std::string config;
};

// Termination is asked for by a signal, whoever wants it: a person, a service manager, or the
// store when it failed. Only the main thread waits for it.
sigset_t block_termination_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  return signals;
}

FrontOptions front_options(const ServeSettings& settings) {
  FrontOptions options;
  options.address = settings.address;
  options.port = static_cast<std::uint16_t>(settings.port);
  options.worker_count = settings.workers;
  options.connections_max = settings.connections_max;
  options.body_bytes_max = settings.body_bytes_max;
  return options;
}

// The first line is read by programs that start this one; keep its form.
void announce(const ServeSettings& settings, std::uint16_t port, const AdminToken& token) {
  const bool v6 = settings.address.find(':') != std::string::npos;
  fmt::print("listening on http://{}:{}\n", v6 ? "[" + settings.address + "]" : settings.address, port);
  if (token.fresh) {
    fmt::print("the administrator's token, shown this once: {}\n", *token.fresh);
    fmt::print("try: curl -H 'Authorization: Bearer {}' 'http://{}:{}/v1/tickets?view=open'\n", *token.fresh,
               settings.address, port);
  }
  std::fflush(stdout);
}

int serve(const ServeSettings& settings) {
  const sigset_t signals = block_termination_signals();
  std::atomic<bool> failed = false;
  const auto on_failure = [&failed](const std::string& what) {
    fmt::print(stderr,
               "greffe serve: {}\ngreffe serve: stopping; nothing acknowledged is lost, start again to recover\n",
               what);
    failed = true;
    ::kill(::getpid(), SIGTERM);
  };
  const SystemClock clock;
  StoreOptions options;
  options.writer.queue_max = settings.queue_max;
  options.writer.cache_streams_max = settings.cache_streams_max;
  options.profile = settings.profile;
  options.time_zone = settings.time_zone;
  options.with_search = true;
  options.on_search_failure = [](const std::string& what) {
    fmt::print(stderr, "greffe serve: {}\ngreffe serve: searches answer from where it stands; start again to go on\n",
               what);
  };
  options.with_documents = true;
  auto store = Store::open(settings.data, options, clock, on_failure);
  if (!store) {
    fmt::print(stderr, "greffe serve: {}\n", store.error());
    return exit_no_store;
  }
  auto token = load_admin_token(settings.data);
  if (!token) {
    fmt::print(stderr, "greffe serve: {}\n", token.error());
    return exit_problem;
  }

  ApiHooks hooks;
  std::atomic<const Front*> running = nullptr;
  hooks.front_stats = [&running] {
    const Front* front = running;
    return front != nullptr ? front->stats() : FrontStats{};
  };
  hooks.import = import_route((*store)->writer());
  hooks.blobs = (*store)->documents();
  hooks.search = (*store)->search();
  hooks.on_defect = [](const std::string& what) { fmt::print(stderr, "greffe serve: defect: {}\n", what); };
  Api api((*store)->writer(), (*store)->views(), (*store)->log(), clock, token->policy, std::move(hooks));
  FrontOptions front_settings = front_options(settings);
  front_settings.plan_body = [&api](const HttpRequest& head) { return api.plan_body(head); };
  Front front(front_settings,
              [&api](const HttpRequest& request, HttpResponse& response) { api.handle(request, response); });
  const auto port = front.start();
  if (!port) {
    fmt::print(stderr, "greffe serve: {}\n", port.error().detail);
    return exit_problem;
  }
  running = &front;
  announce(settings, *port, *token);

  int signal = 0;
  ::sigwait(&signals, &signal);
  front.stop();
  return failed ? exit_problem : exit_done;
}

int run(const Arguments& arguments) {
  std::vector<SettingTexts> sources = {arguments.flags, settings_from_environment()};
  if (!arguments.config.empty()) {
    auto file = settings_from_file(arguments.config);
    if (!file) {
      fmt::print(stderr, "greffe serve: {}\n", file.error());
      return exit_usage;
    }
    sources.push_back(std::move(*file));
  }
  const auto settings = merge_settings(sources);
  if (!settings) {
    fmt::print(stderr, "greffe serve: {}\n", settings.error());
    return exit_usage;
  }
  return serve(*settings);
}

}  // namespace

void add_serve(CLI::App& app, int& exit_code) {
  auto* command =
      app.add_subcommand("serve", "Serve a store over HTTP until SIGTERM; makes the store if there is none");
  command->footer(
      "Each setting may also stand in the environment (GREFFE_PORT=8080) or in the file (port = 8080).\n"
      "GREFFE_ADMIN_TOKEN sets the administrator's token; without it a new store makes one and shows it once.");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--config", arguments->config, "TOML file with settings");
  for (const ServeSetting& setting : serve_settings()) {
    command->add_option_function<std::string>(
        "--" + setting.name,
        [arguments, name = setting.name](const std::string& value) { arguments->flags[name] = value; }, setting.help);
  }
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace greffe
