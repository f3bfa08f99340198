// The subcommands of `greffe`. Each registers its options with the command line and, when
// chosen, leaves its exit code: 0 done, 1 found or met a problem (said on stderr), 2 wrong
// usage, 3 the store cannot be opened.
#pragma once

namespace CLI {
class App;
}

namespace greffe {

inline constexpr int exit_done = 0;
inline constexpr int exit_problem = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_no_store = 3;

void add_serve(CLI::App& app, int& exit_code);
void add_import(CLI::App& app, int& exit_code);
void add_replay(CLI::App& app, int& exit_code);
void add_verify(CLI::App& app, int& exit_code);
void add_rebuild(CLI::App& app, int& exit_code);
void add_demo(CLI::App& app, int& exit_code);
void add_bench(CLI::App& app, int& exit_code);

}  // namespace greffe
