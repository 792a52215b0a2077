#include "app/cli/eventloop.h"
#include "app/cli/fallback.h"
#include "app/cli/fallbackkeeper.h"
#include "app/cli/output.h"
#include "app/cli/usage_input.h"
#include "core/fallback/endpoints/key.h"
#include "core/fallback/runs/runner.h"
#include "core/fallback/runs/standing.h"
#include "core/fallback/runs/statefile.h"
#include "core/fallback/runs/target.h"
#include "core/fallback/server/managed.h"
#include "core/project/leave.h"
#include "core/project/project.h"
#include "core/project/runcosts.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <utility>

namespace leeway::cli {
namespace {

struct Options
{
    std::string suite;
    EndpointOptions named;
    std::string server; // a .gguf file
    std::optional<int> context;
    std::string state;
    std::string project;
    std::string prices;
    fallback::RunOptions run;
    bool cold = false;
    bool throughput = false;
    bool anew = false;
    double fail_under = 0; // per cent of the cases that must pass
    std::string format = "table";
};

// What the project adds to a run: prices, the busiest hour, what the contract says.
struct Background
{
    std::optional<pricing::Sheet> sheet;
    std::optional<fallback::PeakHour> peak;
    std::vector<fallback::Leave> leave;
    usage::Cube cube;
};

base::Result<Background> background_of(const Options& options)
{
    Background background;
    if (!options.project.empty()) {
        const auto project = project::Project::open(options.project, project::Access::ReadOnly);
        if (!project)
            return tl::unexpected(project.error());
        auto snapshot = project->load();
        if (!snapshot)
            return tl::unexpected(snapshot.error());
        background.peak = fallback::peak_of(snapshot->cube.loads);
        background.leave = project::leave_of(snapshot->contracts, {"competing-use-ban"});
        background.sheet = std::move(snapshot->sheet);
        background.cube = std::move(snapshot->cube);
    }
    if (!options.prices.empty()) {
        UsageInput input;
        input.sheet = options.prices;
        auto sheet = sheet_of(input);
        if (!sheet)
            return tl::unexpected(sheet.error());
        background.sheet = std::move(*sheet);
    }
    return background;
}

fallback::Readiness readiness(const fallback::Run& run, const fallback::Suite& suite,
                              const Background& background)
{
    fallback::ReadinessInput input = fallback::standing_of(run, &suite);
    input.peak = background.peak;
    input.leave = background.leave;
    if (background.sheet)
        project::add_costs(input, background.cube, *background.sheet, run.identity.model);
    return fallback::readiness_of(input);
}

int finish(const fallback::Run& run, const fallback::Suite& suite, const Background& background,
           const Options& options)
{
    print_run(run, suite, readiness(run, suite, background), options.format == "json");
    const fallback::RunTotals sums = fallback::totals(run);
    const double passed = sums.cases > 0 ? 100.0 * sums.passed / sums.cases : 0;
    return passed < options.fail_under ? BelowBar : Done;
}

base::Result<std::optional<fallback::ManagedServer>> server_of(const Options& options)
{
    std::optional<fallback::ManagedServer> server;
    if (options.server.empty())
        return server;
    fallback::ServerOptions wanted;
    wanted.model = options.server;
    wanted.context = options.context.value_or(wanted.context);
    wanted.parallel = options.run.parallel;
    for (const int level : options.run.throughput)
        wanted.parallel = std::max(wanted.parallel, level);
    auto started = fallback::ManagedServer::start(wanted, [](std::int64_t done, std::int64_t total) {
        return show_progress("Loading, MB:", done / 1'000'000, total / 1'000'000);
    });
    end_progress();
    if (!started)
        return tl::unexpected(started.error());
    server = std::move(*started);
    return server;
}

base::Result<fallback::Run> ask(const fallback::Suite& suite, const fallback::Endpoint& endpoint,
                                const std::string& key, const Options& options, Keeper& keeper)
{
    const fallback::ResultSink sink = [&](const fallback::Run& so_far, const fallback::CaseResult& result) {
        return keeper.keep(so_far, result);
    };
    auto run = fallback::run_suite(
        suite, endpoint, key, options.run, keeper.earlier(), sink,
        [](std::int64_t done, std::int64_t total) { return show_progress("Cases:", done, total); });
    end_progress();
    if (run) {
        if (auto kept = keeper.end(*run); !kept)
            return tl::unexpected(kept.error());
    } else if (run.error().code == base::ErrorCode::Cancelled) {
        return base::fail(base::ErrorCode::Cancelled,
                          keeper.keeps()
                              ? "The run was stopped. The same command, with the same --state or "
                                "--project, goes on where it was."
                              : "The run was stopped, and nothing of it is kept; with --state FILE or "
                                "--project FILE it could go on.");
    }
    return run;
}

// The server that was started for it, or the one at the address that was named.
struct Asked
{
    fallback::Endpoint endpoint;
    std::string key;
};

base::Result<Asked> asked_of(const Options& options, const std::optional<fallback::ManagedServer>& server)
{
    if (server)
        return Asked{server->endpoint(), {}};
    const fallback::Endpoint endpoint = endpoint_of(options.named);
    auto key = fallback::key_for(endpoint);
    if (!key)
        return tl::unexpected(key.error());
    return Asked{endpoint, std::move(*key)};
}

int run(Options options)
{
    const auto suite = suite_of(options.suite);
    if (!suite)
        return complain(suite.error());
    for (const std::string& remark : suite->notes)
        note(remark);
    const auto background = background_of(options);
    if (!background)
        return complain(background.error());
    auto keeper = Keeper::open(options.state, options.project, options.anew);
    if (!keeper)
        return complain(keeper.error());
    watch_interrupts();
    const auto server = server_of(options);
    if (!server)
        return complain(server.error());
    const auto asked = asked_of(options, *server);
    if (!asked)
        return complain(asked.error());
    if (*server)
        options.run.known_as = "llama-server";
    options.run.prices = background->sheet ? &*background->sheet : nullptr;
    const auto target = fallback::find_target(asked->endpoint, asked->key, options.run);
    if (!target)
        return complain(target.error());
    const auto found = keeper->look_for(*suite, fallback::begun_run(*suite, *target, options.run).identity);
    if (!found)
        return complain(found.error());
    const auto done = ask(*suite, target->endpoint, asked->key, options, *keeper);
    if (!done)
        return complain(done.error());
    return finish(*done, *suite, *background, options);
}

base::Result<fallback::Run> regraded_file(const Options& options, const fallback::Suite& suite)
{
    auto kept = fallback::StateFile::read(options.state);
    if (!kept)
        return tl::unexpected(kept.error());
    if (!*kept)
        return base::fail(base::ErrorCode::Empty, fmt::format("“{}” holds no run.", options.state));
    return fallback::regraded(std::move(**kept), suite);
}

base::Result<fallback::Run> regraded_in_project(const Options& options, const fallback::Suite& suite)
{
    auto project = writable_project(options.project);
    if (!project)
        return tl::unexpected(project.error());
    return newest_run_in(*project, suite, options.named.endpoint.model).and_then([&](project::Id id) {
        return project->regrade_run(id, suite);
    });
}

int regrade(const Options& options)
{
    const auto suite = suite_of(options.suite);
    if (!suite)
        return complain(suite.error());
    const auto background = background_of(options);
    if (!background)
        return complain(background.error());
    const auto graded =
        options.state.empty() ? regraded_in_project(options, *suite) : regraded_file(options, *suite);
    if (!graded)
        return complain(graded.error());
    return finish(*graded, *suite, *background, options);
}

void add_common_options(CLI::App& command, Options& options, const std::string& project_help)
{
    command
        .add_option("--suite", options.suite, "A suite, or the name of one of Leeway's (business-routine)")
        ->required();
    command.add_option("--project", options.project, project_help)->check(CLI::ExistingFile);
    command.add_option("--fail-under", options.fail_under, "Exit 1 when fewer per cent of the cases pass")
        ->check(CLI::Range(0.0, 100.0));
    command.add_option("--format", options.format, "table or json")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str();
}

void add_asking_options(CLI::App& command, Options& options)
{
    fallback::RunOptions& run = options.run;
    command.add_option("--parallel", run.parallel, "Requests at the same time")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command.add_option("--repeat", run.repetitions, "How often each case is asked")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    command.add_option("--seed", run.sampling.seed, "Of the model's choices; default: 1");
    command.add_option("--temperature", run.sampling.temperature, "0: the likeliest word always")
        ->check(CLI::Range(0.0, 2.0))
        ->capture_default_str();
    command.add_option("--max-tokens", run.sampling.max_tokens, "The longest answer")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    command.add_flag("--new", options.anew,
                     "Starts a new run, also when an earlier one could be gone on with");
    command.add_flag("--no-warm-up", options.cold, "Measure the first case on a cold model too");
    command.add_flag("--throughput", options.throughput,
                     "Then measure 1, 2, 4 and 8 requests at the same time");
}

}

void add_run(CLI::App& fallback, Action& action)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = fallback.add_subcommand("run", "Put a suite to a model and grade its answers");
    add_common_options(*command, *options,
                       "Keeps the run here, and takes prices, the busiest hour and the contract from here");
    CLI::Option* endpoint = command->add_option("--endpoint", options->named.endpoint.url,
                                                "The server's address, as http://127.0.0.1:8080");
    command
        ->add_option("--server", options->server,
                     "A model in GGUF format: starts llama-server with it, and stops it at the end")
        ->excludes(endpoint);
    command->add_option("--model", options->named.endpoint.model, "Default: the first that the server lists");
    command
        ->add_option("--context", options->context,
                     "Tokens for a request, where it is us who say it (Ollama, --server)")
        ->check(CLI::Range(256, 16'000'000));
    add_endpoint_options(*command, options->named);
    add_asking_options(*command, *options);
    command->add_option("--state", options->state,
                        "Keeps every answer in this file, and goes on with what it holds");
    command->add_option("--prices", options->prices, "Price sheet for the cost of each answer");
    command->callback([options, &action] {
        if (options->named.endpoint.url.empty() && options->server.empty())
            throw CLI::RequiredError("--endpoint or --server");
        if (options->context)
            options->named.endpoint.context = *options->context;
        options->run.warm_up = !options->cold;
        if (options->throughput)
            options->run.throughput = {1, 2, 4, 8};
        action = [options] { return with_event_loop([&] { return run(*options); }); };
    });
}

void add_regrade(CLI::App& fallback, Action& action)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = fallback.add_subcommand(
        "regrade", "Grade the answers of a run again, after a change to the suite; the model is not asked");
    add_common_options(
        *command, *options,
        "Takes prices, the busiest hour and the contract from here; without --state the newest "
        "run of a suite of this name too, whose new grades are kept there");
    command
        ->add_option("--state", options->state,
                     "The file that the run was kept in; it is only read, the new grades are printed")
        ->check(CLI::ExistingFile);
    command->add_option("--model", options->named.endpoint.model, "With a run of the project: of this model");
    command->callback([options, &action] {
        if (options->state.empty() && options->project.empty())
            throw CLI::RequiredError("--state or --project");
        action = [options] { return regrade(*options); };
    });
}

}
