#include "core/usage/replay.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/usage_input.h"
#include "core/usage/replay_json.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace leeway::cli {
namespace {

struct Options
{
    UsageInput input;
    std::string model;
    std::string to;
    std::string format = "table";
    bool each = false;
};

int run_each(const Options& options, const pricing::Sheet& sheet)
{
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

int run(const Options& options)
{
    const auto sheet = sheet_of(options.input);
    if (!sheet)
        return complain(sheet.error());
    if (options.each)
        return run_each(options, *sheet);
    const auto cube = cube_of(options.input, *sheet);
    if (!cube)
        return complain(cube.error());
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

}

void add_replay(CLI::App& app, Action& action)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("replay", "Price usage logs exactly, by month and model");
    command->add_option("USAGE", options->input.files, "Usage logs: CSV, TSV or JSON Lines, also gzipped")
        ->required();
    command->add_option("--prices", options->input.sheet,
                        "A Leeway price sheet or LiteLLM's map; default: bundled");
    command->add_option("--model", options->model, "Re-price this model only (“vendor/model” or its name) …");
    command->add_option("--to", options->to, "… as if it had been this one");
    command->add_flag("--each", options->each, "One JSON line a request, with its components");
    command->add_option("--format", options->format, "table or json")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str();
    add_mapping_options(*command, options->input);
    command->callback([options, &action] {
        if (!options->model.empty() && options->to.empty())
            throw CLI::RequiredError("--model needs --to");
        action = [options] { return run(*options); };
    });
}

}
