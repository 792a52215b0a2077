#include "app/cli/commands.h"
#include "app/cli/eventloop.h"
#include "app/cli/output.h"
#include "app/cli/usage_input.h"
#include "core/base/file.h"
#include "core/project/project.h"
#include "core/usage/replay.h"
#include "core/usage/replay_json.h"
#include "core/usage/warehouse/engines/open.h"
#include "core/usage/warehouse/engines/password.h"
#include "core/usage/warehouse/import.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <iostream>
#include <unistd.h>
#include <utility>

namespace leeway::cli {
namespace {

namespace warehouse = usage::warehouse;

struct Options
{
    std::string address;
    UsageInput input; // of which the files are not used
    std::string table;
    std::string from;
    std::string to;
    std::string output;
    std::string project;
    std::string format = "table";
    bool forget = false;
};

base::Result<warehouse::Source> source_of(const Options& options)
{
    warehouse::Source source;
    source.table = options.table;
    auto mapping = mapping_of(options.input);
    if (!mapping)
        return tl::unexpected(mapping.error());
    if (*mapping)
        source.mapping = std::move(**mapping);
    for (const auto& [text, day] :
         {std::pair(&options.from, &source.first), std::pair(&options.to, &source.last)}) {
        if (text->empty())
            continue;
        const auto date = base::parse_date(*text);
        if (!date)
            return tl::unexpected(date.error());
        *day = *date;
    }
    return source;
}

base::Result<std::unique_ptr<warehouse::Session>> session_of(const Options& options)
{
    const auto connection = warehouse::parse_connection(options.address);
    if (!connection)
        return tl::unexpected(connection.error());
    const auto password = warehouse::password_for(*connection);
    if (!password)
        return tl::unexpected(password.error());
    // The first Ctrl+C ends the query at the server too, the second one this program.
    watch_interrupts();
    return warehouse::open_session(*connection, *password);
}

int run_preview(const Options& options)
{
    const auto sheet = sheet_of(options.input);
    if (!sheet)
        return complain(sheet.error());
    const auto source = source_of(options);
    if (!source)
        return complain(source.error());
    const auto session = session_of(options);
    if (!session)
        return complain(session.error());
    const auto query = warehouse::plan(**session, *source, *sheet, not_interrupted);
    if (!query)
        return complain(query.error());
    print_line(query->sql);
    return Done;
}

void print_summary(const usage::Cube& cube, const usage::Replay& replay)
{
    Table table({"", "Imported"}, {Align::Left, Align::Right});
    table.add({"First day", base::to_string(cube.cells.front().key.day)});
    table.add({"Last day", base::to_string(cube.cells.back().key.day)});
    table.add({"Requests", fmt::format("{}", cube.requests)});
    table.add({"Cells of the cube", fmt::format("{}", cube.cells.size())});
    table.add({"Rows seen before", fmt::format("{}", cube.duplicates)});
    table.add({"Bad rows", fmt::format("{}", cube.bad_lines)});
    table.add({"Cost in " + replay.currency, replay.total.to_fixed(base::minor_digits(replay.currency))});
    table.add({"Requests without price", fmt::format("{}", replay.unpriced_requests)});
    table.print();
}

base::Status add_to_project(project::Project& project, usage::Cube cube, const usage::Cube& before)
{
    auto both = before.empty() ? base::Result<usage::Cube>(std::move(cube)) : usage::merged(before, cube);
    return both ? project.set_cube(*both) : tl::unexpected(both.error());
}

int import_with(const Options& options, const pricing::Sheet& sheet,
                const std::function<base::Status(const usage::Cube&)>& keep)
{
    const auto source = source_of(options);
    if (!source)
        return complain(source.error());
    const auto session = session_of(options);
    if (!session)
        return complain(session.error());
    const auto cube = warehouse::import_cube(**session, *source, sheet, not_interrupted);
    if (!cube)
        return complain(cube.error());
    for (const usage::BadLine& bad : cube->examples)
        note(fmt::format("{}: {}", bad.file, bad.reason));
    if (auto status = keep(*cube); !status)
        return complain(status.error());
    const usage::Replay replay = usage::replay(*cube, sheet);
    if (options.format == "json")
        print_line(usage::to_json(replay, *cube).dump(1));
    else
        print_summary(*cube, replay);
    return Done;
}

int run_import(const Options& options)
{
    if (!options.project.empty()) {
        auto project = project::Project::open(options.project);
        if (!project)
            return complain(project.error());
        const auto snapshot = project->load();
        if (!snapshot)
            return complain(snapshot.error());
        return import_with(options, snapshot->sheet, [&](const usage::Cube& cube) {
            return add_to_project(*project, cube, snapshot->cube);
        });
    }
    const auto sheet = sheet_of(options.input);
    if (!sheet)
        return complain(sheet.error());
    return import_with(options, *sheet, [&](const usage::Cube& cube) {
        return options.output.empty() ? base::Status()
                                      : base::write_file(options.output, usage::to_json(cube));
    });
}

int run_password(const Options& options)
{
    const auto connection = warehouse::parse_connection(options.address);
    if (!connection)
        return complain(connection.error());
    std::string password;
    if (!options.forget && isatty(STDIN_FILENO) != 0)
        password = getpass("Password: ");
    else if (!options.forget)
        std::getline(std::cin, password);
    if (password.empty() && !options.forget)
        return refuse("no password was given on standard input; --forget takes it out of the keychain.");
    if (auto status = warehouse::keep_password(*connection, password); !status)
        return complain(status.error());
    return Done;
}

CLI::App* add_command(CLI::App& parent, Action& action, const std::shared_ptr<Options>& options,
                      const std::string& name, const std::string& what, int (*run)(const Options&))
{
    CLI::App* command = parent.add_subcommand(name, what);
    command
        ->add_option("ADDRESS", options->address,
                     "clickhouse://user@host/database, postgresql://user@host/database or duckdb:[FILE]")
        ->required();
    command->callback([options, run, &action] {
        action = [options, run] { return with_event_loop([&] { return run(*options); }); };
    });
    return command;
}

void add_source_options(CLI::App& command, Options& options)
{
    command.add_option("TABLE", options.table, "schema.table, or a Parquet or CSV file for DuckDB")
        ->required();
    command.add_option("--from", options.from, "First day, as 2026-09-01 (UTC)");
    command.add_option("--to", options.to, "Last day (UTC)");
    add_mapping_options(command, options.input);
}

}

void add_warehouse(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<Options>();
    CLI::App* parent =
        app.add_subcommand("warehouse", "Reduce a usage log where it lies, and import the sums only");
    parent->require_subcommand(1);
    CLI::App* preview = add_command(*parent, action, options, "preview",
                                    "Print the one statement that import would run", run_preview);
    add_source_options(*preview, *options);
    CLI::App* import =
        add_command(*parent, action, options, "import", "Run it, and price what comes back", run_import);
    add_source_options(*import, *options);
    for (CLI::App* command : {preview, import})
        command->add_option("--prices", options->input.sheet,
                            "The price sheet whose context tiers and hours are told apart; default: bundled");
    CLI::Option* output =
        import->add_option("-o,--output", options->output, "Write the usage cube to this file");
    import
        ->add_option("--project", options->project,
                     "Add it to the usage of this project, by the project's prices")
        ->excludes(output);
    import->add_option("--format", options->format, "table or json")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str();
    CLI::App* password =
        add_command(*parent, action, options, "password",
                    "Keep the password on standard input in the system's keychain", run_password);
    password->add_flag("--forget", options->forget, "Take it out of the keychain");
}

}
