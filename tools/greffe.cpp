// The one program. What each subcommand does is in the file of its name; this one only
// gathers them.
#include <CLI/CLI.hpp>

#include "tools/programs.h"

int main(int argc, char** argv) {
  CLI::App app("Greffe: the help desk's registry. Commands append events, views answer, auditors replay.");
  app.name("greffe");
  app.set_version_flag("--version", "greffe " GREFFE_VERSION);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  app.failure_message(CLI::FailureMessage::help);

  int exit_code = greffe::exit_done;
  greffe::add_serve(app, exit_code);
  greffe::add_import(app, exit_code);
  greffe::add_replay(app, exit_code);
  greffe::add_verify(app, exit_code);
  greffe::add_rebuild(app, exit_code);
  greffe::add_demo(app, exit_code);
  greffe::add_bench(app, exit_code);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? greffe::exit_done : greffe::exit_usage;
  }
  return exit_code;
}
