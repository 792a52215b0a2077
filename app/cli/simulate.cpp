#include "app/cli/cache.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/simulatetables.h"
#include "app/cli/tables.h"
#include "app/cli/usage_input.h"
#include "core/base/text.h"
#include "core/project/project.h"
#include "core/simulation/matrix.h"
#include "core/simulation/matrix_json.h"
#include "core/simulation/montecarlo/forecast_json.h"
#include "core/simulation/simulatedcache.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace leeway::cli {
namespace {

struct Options
{
    std::string scenario;
    std::string project;
    UsageInput input;
    std::string format = "table";
    simulation::Sampling sampling{0, 1, 0}; // no paths: the matrix alone
    std::string cap;
    bool contract_cap = false;
    std::vector<std::string> cache_logs;
    CacheOptions cache;
    simulation::SplitQuestion split;
};

struct Traffic
{
    usage::Cube cube;
    pricing::Sheet sheet;
    std::vector<project::Contract> contracts;
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
        return Traffic{std::move(snapshot->cube), std::move(snapshot->sheet), std::move(snapshot->contracts)};
    }
    auto sheet = sheet_of(options.input);
    if (!sheet)
        return tl::unexpected(sheet.error());
    auto cube = cube_of(options.input, *sheet);
    if (!cube)
        return tl::unexpected(cube.error());
    return Traffic{std::move(*cube), std::move(*sheet), {}};
}

std::optional<double> number(const std::string& text, double low, double high)
{
    const auto value = base::Decimal::parse(text);
    if (!value || value->to_double() < low || value->to_double() > high)
        return std::nullopt;
    return value->to_double();
}

// "5", "cpi", "cpi+2", "5,cpi": the lower one holds.
std::optional<simulation::PriceCap> parse_cap(const std::string& text)
{
    simulation::PriceCap cap;
    cap.source = "--cap";
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const std::string limit = base::lowered(base::trimmed(text.substr(begin, end - begin)));
        if (limit.starts_with("cpi"))
            cap.cpi_points = limit == "cpi" ? 0.0 : number(limit.substr(3), -100, 100);
        else
            cap.percent = number(limit, 0, 1000);
        if (!(limit.starts_with("cpi") ? cap.cpi_points : cap.percent))
            return std::nullopt;
        begin = end + 1;
    }
    return cap;
}

// What the contract's price review allows, if somebody or the engine found a limit there.
std::optional<simulation::PriceCap> cap_of(const project::Contract& contract,
                                           const std::vector<std::string>& vendors)
{
    constexpr std::string_view check = "price-review";
    const auto& findings = contract.newest().review.findings;
    const auto finding = std::ranges::find(findings, check, &clauses::Finding::check);
    if (finding == findings.end())
        return std::nullopt;
    const project::Decision* decision = contract.decision(check);
    const clauses::Verdict verdict = decision != nullptr ? decision->verdict : finding->verdict;
    if (verdict != clauses::Verdict::Met && verdict != clauses::Verdict::Partial)
        return std::nullopt;
    simulation::PriceCap cap;
    for (const clauses::Parameter& parameter : finding->parameters) {
        if (parameter.name == "cap" && parameter.unit == "percent")
            cap.percent = number(parameter.value, 0, 1000);
        if (parameter.name == "index")
            cap.cpi_points = 0;
    }
    if (!cap.percent && !cap.cpi_points)
        return std::nullopt;
    const std::string vendor = pricing::canonical_vendor(contract.vendor);
    if (std::ranges::find(vendors, vendor) != vendors.end())
        cap.vendor = vendor;
    cap.source = fmt::format("{}, {}", contract.title, check);
    return cap;
}

// The scenarios under the caps that the command asks for.
simulation::ScenarioSet capped(simulation::ScenarioSet set, const Options& options, const Traffic& traffic,
                               const simulation::Baseline& baseline)
{
    if (!options.cap.empty())
        set = with_cap(std::move(set), *parse_cap(options.cap));
    if (!options.contract_cap)
        return set;
    bool found = false;
    for (const project::Contract& contract : traffic.contracts) {
        const auto cap = cap_of(contract, baseline.vendors());
        if (!cap)
            continue;
        found = true;
        note(fmt::format("Cap of {}: {}{}{} a year, on {}.", cap->source,
                         cap->percent ? fmt::format("{:g} %", *cap->percent) : std::string(),
                         cap->percent && cap->cpi_points ? " or less with " : "",
                         cap->cpi_points ? "inflation" : "",
                         cap->vendor.empty() ? "all of today's vendors" : cap->vendor));
        set = with_cap(std::move(set), *cap);
    }
    if (!found)
        note("No contract of the project limits prices by a percentage or an index.");
    return set;
}

// The scenarios with the losses that a log shows, if one is named.
base::Result<simulation::ScenarioSet> with_cache(const simulation::ScenarioSet& set, const Options& options,
                                                 const Traffic& traffic)
{
    if (options.cache_logs.empty())
        return set;
    const auto question = cache_question(options.cache, traffic.sheet, {});
    if (!question)
        return tl::unexpected(question.error());
    const auto mapping = mapping_of(options.input);
    if (!mapping)
        return tl::unexpected(mapping.error());
    auto result =
        simulation::with_simulated_cache(set, {options.cache_logs.begin(), options.cache_logs.end()},
                                         traffic.sheet, *question, mapping->get());
    if (!result)
        return tl::unexpected(result.error());
    for (const simulation::Scenario& scenario : result->set.scenarios) {
        if (scenario.transfer && scenario.cache_loss && !scenario.transfer->cache_source.empty())
            note(fmt::format(
                "{}: {:g} % of the cache reads that move are lost, {:g} % of those that stay, {}.",
                scenario.title, scenario.transfer->cache_hit_loss_percent, scenario.cache_loss->percent,
                scenario.transfer->cache_source));
    }
    report_bad_lines(result->bad_lines, result->examples);
    for (const std::string& text : result->notes)
        note("note: " + text);
    return std::move(result->set);
}

int run(const Options& options)
{
    const auto loaded = simulation::load_scenarios(options.scenario);
    if (!loaded)
        return complain(loaded.error());
    const auto traffic = traffic_of(options);
    if (!traffic)
        return complain(traffic.error());
    if (traffic->cube.empty())
        return complain({base::ErrorCode::Invalid, "There is no usage to simulate; add a log with --usage."});
    const simulation::Baseline baseline(traffic->cube, traffic->sheet);
    const auto cached = with_cache(*loaded, options, *traffic);
    if (!cached)
        return complain(cached.error());
    const simulation::ScenarioSet set = capped(*cached, options, *traffic, baseline);
    const simulation::Matrix matrix = baseline.simulate(set);
    const auto viabilities = simulation::viabilities(baseline, set);
    const auto split = simulation::best_split(baseline, set, options.split);
    std::optional<simulation::Forecast> forecast;
    if (options.sampling.paths > 0) {
        auto drawn = simulation::forecast(baseline, set, options.sampling);
        if (!drawn)
            return complain(drawn.error());
        forecast = std::move(*drawn);
    }
    if (options.format == "json") {
        nlohmann::json value = simulation::to_json(matrix);
        value["decisions"] = {{"viability", nlohmann::json::array()},
                              {"best_split", split ? to_json(*split) : nlohmann::json(nullptr)}};
        for (const simulation::Viability& viability : viabilities)
            value["decisions"]["viability"].push_back(to_json(viability));
        if (forecast)
            value["forecast"] = simulation::to_json(*forecast);
        print_line(value.dump(1));
        return Done;
    }
    print_matrix(matrix);
    print_present_values(matrix);
    print_decisions(viabilities, split, matrix.currency);
    if (forecast)
        print_forecast(*forecast);
    return Done;
}

void add_sampling_options(CLI::App& command, Options& options)
{
    command
        .add_option("--paths", options.sampling.paths,
                    "Draw so many possible futures: percentiles, chances and what drives the result")
        ->check(CLI::Range(std::int64_t{100}, simulation::most_paths));
    command.add_option("--seed", options.sampling.seed, "The same seed gives the same figures")
        ->capture_default_str();
    command
        .add_option("--threads", options.sampling.threads, "0: one for each core; the figures are the same")
        ->check(CLI::Range(0, 64))
        ->capture_default_str();
}

void add_split_options(CLI::App& command, Options& options)
{
    command
        .add_option("--quality-floor", options.split.floor,
                    "For the best split: how good the whole must be, with today's vendors at 100")
        ->check(CLI::Range(0.0, 100.0))
        ->capture_default_str();
    command.add_option("--second-quality", options.split.second_quality, "How good the second vendor is")
        ->check(CLI::Range(0.0, 100.0))
        ->capture_default_str();
    command
        .add_option("--fallback-readiness", options.split.fallback_readiness,
                    "How good the self-hosted model is")
        ->check(CLI::Range(0.0, 100.0))
        ->capture_default_str();
}

}

void add_simulate(CLI::App& app, Action& action)
{
    auto options = std::make_shared<Options>();
    options->cache.rules = "auto";
    CLI::App* command =
        app.add_subcommand("simulate", "Price scenarios over a usage log: the scenario matrix");
    command
        ->add_option("SCENARIO", options->scenario,
                     "A scenario file, or the name of a preset (sample-matrix)")
        ->required();
    auto* usage = command->add_option("--usage", options->input.files, "Usage logs, or usage cubes");
    auto* prices = command->add_option("--prices", options->input.sheet, "Price sheet; default: bundled");
    auto* project =
        command->add_option("--project", options->project, "Take usage and prices from this project instead");
    project->excludes(usage)->excludes(prices);
    add_sampling_options(*command, *options);
    command
        ->add_option("--cap", options->cap,
                     "Hold rises to a cap a year: 5, cpi, cpi+2, or the lower of two: 3,cpi")
        ->check([](const std::string& text) {
            return parse_cap(text) ? std::string() : "a cap is a percentage, cpi, cpi+2 or both: 3,cpi";
        });
    command
        ->add_flag("--contract-cap", options->contract_cap,
                   "Hold rises to what the project's contracts say on price review")
        ->needs(project);
    add_split_options(*command, *options);
    auto* cache = command->add_option(
        "--cache-log", options->cache_logs,
        "A log with block hashes or conversations: cache losses are simulated from it, not guessed");
    command->add_option("--cache", options->cache.rules, "The rules of today's cache; auto: by the vendor")
        ->needs(cache)
        ->capture_default_str();
    add_cache_options(*command, options->cache);
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
