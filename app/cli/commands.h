#pragma once

#include <functional>
#include <memory>
#include <string>

namespace CLI {
class App;
}

namespace leeway::cli {

/// What a chosen command does; its result is the program's exit code.
using Action = std::function<int()>;

/// Each adds its command to `app` and sets `action` when the command line names it.
void add_check(CLI::App& app, Action& action);
void add_replay(CLI::App& app, Action& action);
void add_simulate(CLI::App& app, Action& action);
void add_project_commands(CLI::App& app, Action& action);

}
