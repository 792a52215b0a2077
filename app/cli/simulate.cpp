#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/tables.h"
#include "app/cli/usage_input.h"
#include "core/project/project.h"
#include "core/simulation/matrix.h"
#include "core/simulation/matrix_json.h"

#include <CLI/CLI.hpp>

namespace leeway::cli {
namespace {

struct Options
{
    std::string scenario;
    std::string project;
    UsageInput input;
    std::string format = "table";
};

struct Traffic
{
    usage::Cube cube;
    pricing::Sheet sheet;
};

base::Result<Traffic> traffic_of(const Options& options)
{
    if (!options.project.empty()) {
        const auto project = project::Project::open(options.project, project::Access::ReadOnly);
        if (!project)
            return tl::unexpected(project.error());
        auto snapshot = project->load();
        if (!snapshot)
            return tl::unexpected(snapshot.error());
        return Traffic{std::move(snapshot->cube), std::move(snapshot->sheet)};
    }
    auto sheet = sheet_of(options.input);
    if (!sheet)
        return tl::unexpected(sheet.error());
    auto cube = cube_of(options.input, *sheet);
    if (!cube)
        return tl::unexpected(cube.error());
    return Traffic{std::move(*cube), std::move(*sheet)};
}

int run(const Options& options)
{
    const auto set = simulation::load_scenarios(options.scenario);
    if (!set)
        return complain(set.error());
    const auto traffic = traffic_of(options);
    if (!traffic)
        return complain(traffic.error());
    if (traffic->cube.empty())
        return complain({base::ErrorCode::Invalid, "There is no usage to simulate; add a log with --usage."});
    const simulation::Matrix matrix = simulation::Baseline(traffic->cube, traffic->sheet).simulate(*set);
    if (options.format == "json")
        print_line(simulation::to_json(matrix).dump(1));
    else
        print_matrix(matrix);
    return Done;
}

}

void add_simulate(CLI::App& app, Action& action)
{
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("simulate", "Price scenarios over a usage log: the scenario matrix");
    command
        ->add_option("SCENARIO", options->scenario,
                     "A scenario file, or the name of a preset (sample-matrix)")
        ->required();
    auto* usage = command->add_option("--usage", options->input.files, "Usage logs");
    auto* prices = command->add_option("--prices", options->input.sheet, "Price sheet; default: bundled");
    auto* project =
        command->add_option("--project", options->project, "Take usage and prices from this project instead");
    project->excludes(usage)->excludes(prices);
    command->add_option("--format", options->format, "table or json")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str();
    add_mapping_options(*command, options->input);
    command->callback([options, &action] {
        if (options->project.empty() && options->input.files.empty())
            throw CLI::RequiredError("--usage or --project");
        action = [options] { return run(*options); };
    });
}

}
