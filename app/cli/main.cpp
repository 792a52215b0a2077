#include "app/cli/commands.h"
#include "app/cli/output.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv)
{
    using namespace leeway::cli;
    CLI::App app("See how free you are to leave an AI vendor, before you sign", "leeway-cli");
    app.set_version_flag("--version", LEEWAY_VERSION);
    app.require_subcommand(1);
    app.set_help_all_flag("--help-all", "Help for all commands");
    app.footer("Exit codes: 0 done, 1 findings below the --fail-under bar, 2 bad usage, 3 unreadable input, "
               "4 other failure.");
    Action action;
    add_check(app, action);
    add_clauses(app, action);
    add_drift(app, action);
    add_fallback(app, action);
    add_labels(app, action);
    add_learn(app, action);
    add_pack_commands(app, action);
    add_prices(app, action);
    add_replay(app, action);
    add_simulate(app, action);
    add_warehouse(app, action);
    add_project_commands(app, action);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? Done : BadUsage;
    }
    return action ? action() : BadUsage;
}
