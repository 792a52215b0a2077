#include "core/usage/replay.h"
#include "app/cli/cache.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/replaytables.h"
#include "app/cli/usage_input.h"
#include "core/usage/cubefile.h"
#include "core/usage/examples.h"
#include "core/usage/replay_json.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace leeway::cli {
namespace {

struct Options
{
    UsageInput input;
    std::string model;
    std::string to;
    std::string format = "table";
    bool each = false;
    CacheOptions cache;
    std::vector<std::string> bills;
    std::vector<std::string> against;
    std::string old_sheet;
};

int run_each(const Options& options, const pricing::Sheet& sheet)
{
    if (std::ranges::any_of(options.input.files, usage::is_cube_file))
        return refuse("a usage cube holds sums, no single requests: --each needs the logs.");
    const auto mapping = mapping_of(options.input);
    if (!mapping)
        return complain(mapping.error());
    const std::vector<std::filesystem::path> files(options.input.files.begin(), options.input.files.end());
    const usage::EachOptions each{options.model, options.to, mapping->get(), {}};
    std::int64_t bad_lines = 0;
    const auto status = usage::replay_each(
        files, sheet, each, [](const std::string& line) { print_line(line); }, &bad_lines);
    if (!status)
        return complain(status.error());
    if (bad_lines > 0)
        fmt::print(stderr, "leeway-cli: {} bad lines; each says why in its place.\n", bad_lines);
    return Done;
}

void print_table(const usage::Replay& replay)
{
    Table table(
        {"Month", "Vendor", "Model", "Requests", "Input tokens", "Output tokens", replay.currency},
        {Align::Left, Align::Left, Align::Left, Align::Right, Align::Right, Align::Right, Align::Right});
    const int digits = base::minor_digits(replay.currency);
    for (const usage::MonthCost& month : replay.months)
        table.add({base::to_string(month.month), month.vendor, month.model,
                   fmt::format("{}", month.counts.requests()), fmt::format("{}", month.counts.all_input()),
                   fmt::format("{}", month.counts.all_output()),
                   month.priced ? month.cost.to_fixed(digits) : "no price"});
    table.add({"Total", "", "", fmt::format("{}", replay.requests), "", "", replay.total.to_fixed(digits)});
    table.print();
    for (const auto& [model, requests] : replay.unpriced)
        fmt::print(stderr, "leeway-cli: no price for {} ({} requests); add it to the price sheet.\n", model,
                   requests);
    for (const std::string& note : replay.notes)
        fmt::print(stderr, "leeway-cli: note: {}\n", note);
}

int run_cache(const Options& options, const pricing::Sheet& sheet)
{
    if (std::ranges::any_of(options.input.files, usage::is_cube_file))
        return refuse("a usage cube holds sums, no single requests: --cache needs the logs.");
    const auto question = cache_question(options.cache, sheet, options.model);
    const auto mapping = mapping_of(options.input);
    if (!question)
        return complain(question.error());
    if (!mapping)
        return complain(mapping.error());
    const std::vector<std::filesystem::path> files(options.input.files.begin(), options.input.files.end());
    const auto replay = usage::replay_cache(files, sheet, *question, mapping->get());
    if (!replay)
        return complain(replay.error());
    report_bad_lines(replay->bad_lines, replay->examples);
    if (options.format == "json")
        print_line(usage::to_json(*replay).dump(1));
    else
        print_cache(*replay);
    return Done;
}

int run_bill(const Options& options, const pricing::Sheet& sheet, const usage::Cube& cube)
{
    std::vector<usage::BilledLine> bill;
    std::int64_t bad_lines = 0;
    std::vector<usage::BadLine> examples;
    for (const std::string& file : options.bills) {
        const auto status = usage::read_billed(
            file, [&](const usage::BilledLine& line) { bill.push_back(line); },
            [&](const usage::BadLine& bad) {
                ++bad_lines;
                if (examples.size() < usage::most_examples)
                    examples.push_back(bad);
            });
        if (!status)
            return complain(status.error());
    }
    report_bad_lines(bad_lines, examples);
    const auto reconciliation = usage::reconcile(cube, sheet, bill);
    if (!reconciliation)
        return complain(reconciliation.error());
    if (options.format == "json")
        print_line(usage::to_json(*reconciliation).dump(1));
    else
        print_reconciliation(*reconciliation);
    return Done;
}

int run_against(const Options& options, const pricing::Sheet& sheet, const usage::Cube& cube)
{
    std::optional<pricing::Sheet> old_sheet;
    if (!options.old_sheet.empty()) {
        auto loaded = pricing::load_sheet(options.old_sheet);
        if (!loaded)
            return complain(loaded.error());
        old_sheet = std::move(*loaded);
        if (old_sheet->currency != sheet.currency)
            return refuse("the two price sheets are in different currencies; compare in one.");
    }
    UsageInput old = options.input;
    old.files = options.against;
    const auto before = cube_of(old, old_sheet ? *old_sheet : sheet);
    if (!before)
        return complain(before.error());
    const usage::UsageDrift drift =
        usage::usage_drift(*before, cube, sheet, old_sheet ? &*old_sheet : nullptr);
    if (options.format == "json")
        print_line(usage::to_json(drift).dump(1));
    else
        print_drift(drift);
    return Done;
}

int run(const Options& options)
{
    const auto sheet = sheet_of(options.input);
    if (!sheet)
        return complain(sheet.error());
    if (options.each)
        return run_each(options, *sheet);
    if (!options.cache.rules.empty())
        return run_cache(options, *sheet);
    const auto cube = cube_of(options.input, *sheet);
    if (!cube)
        return complain(cube.error());
    if (!options.bills.empty())
        return run_bill(options, *sheet, *cube);
    if (!options.against.empty())
        return run_against(options, *sheet, *cube);
    const usage::Replay today = usage::replay(*cube, *sheet);
    if (options.to.empty()) {
        if (options.format == "json")
            print_line(usage::to_json(today, *cube).dump(1));
        else
            print_table(today);
        return Done;
    }
    const usage::Replay repriced = usage::replay(*cube, *sheet, options.model, options.to);
    if (options.format == "json") {
        print_line(usage::to_json(today, *cube, &repriced).dump(1));
    } else {
        print_table(repriced);
        const int digits = base::minor_digits(today.currency);
        fmt::print("Today {}, re-priced {}, difference {} {}\n", today.total.to_fixed(digits),
                   repriced.total.to_fixed(digits), (repriced.total - today.total).to_fixed(digits),
                   today.currency);
    }
    return Done;
}

// The other questions that a replay can answer, one at a time.
void add_comparisons(CLI::App& command, Options& options)
{
    auto* cache = command.add_option(
        "--cache", options.cache.rules,
        "Replay the prompts through a cache: openai, anthropic-5m, …, a file, or auto (by the vendor)");
    command.add_option("--cache-to", options.cache.to,
                       "Split the traffic between today's model and this one (“vendor/model”) …");
    command.add_option("--cache-share", options.cache.share, "… of which so many percent go there")
        ->check(CLI::Range(0.0, 100.0))
        ->capture_default_str();
    command.add_option("--cache-to-rules", options.cache.to_rules, "The rules of the second one's cache")
        ->capture_default_str();
    add_cache_options(command, options.cache);
    auto* bill = command.add_option("--bill", options.bills,
                                    "Compare with an invoice: FOCUS, OpenAI costs, Anthropic cost report");
    auto* against = command.add_option("--against", options.against,
                                       "Compare with the usage of an earlier period: logs or usage cubes");
    command.add_option("--old-prices", options.old_sheet, "The price sheet of that period")->needs(against);
    cache->excludes(bill)->excludes(against);
    bill->excludes(against);
    for (CLI::Option* other : {cache, bill, against})
        other->excludes("--each")->excludes("--to");
}

}

void add_replay(CLI::App& app, Action& action)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("replay", "Price usage logs exactly, by month and model");
    command
        ->add_option("USAGE", options->input.files,
                     "Usage logs: CSV, TSV or JSON Lines, also gzipped, or usage cubes")
        ->required();
    command->add_option("--prices", options->input.sheet,
                        "A Leeway price sheet or LiteLLM's map; default: bundled");
    command->add_option("--model", options->model, "Re-price this model only (“vendor/model” or its name) …");
    command->add_option("--to", options->to, "… as if it had been this one");
    command->add_flag("--each", options->each, "One JSON line a request, with its components");
    command->add_option("--format", options->format, "table or json")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str();
    add_comparisons(*command, *options);
    add_mapping_options(*command, options->input);
    command->callback([options, &action] {
        if (!options->cache.to.empty() && options->cache.rules.empty())
            throw CLI::RequiredError("--cache-to needs --cache");
        if (!options->model.empty() && options->to.empty() && options->cache.rules.empty())
            throw CLI::RequiredError("--model needs --to");
        action = [options] { return run(*options); };
    });
}

}
