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
void add_clauses(CLI::App& app, Action& action);
void add_drift(CLI::App& app, Action& action);
void add_fallback(CLI::App& app, Action& action);
void add_labels(CLI::App& app, Action& action);
void add_learn(CLI::App& app, Action& action);
void add_learn_checks(CLI::App& learn, Action& action);
void add_learn_confidence(CLI::App& learn, Action& action);
void add_prices(CLI::App& app, Action& action);
void add_replay(CLI::App& app, Action& action);
void add_simulate(CLI::App& app, Action& action);
void add_warehouse(CLI::App& app, Action& action);
void add_pack_commands(CLI::App& app, Action& action);
void add_project_commands(CLI::App& app, Action& action);

}
