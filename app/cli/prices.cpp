#include "app/cli/prices.h"

#include "app/cli/output.h"
#include "app/cli/usage_input.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/pricing/cost.h"
#include "core/pricing/history.h"
#include "core/usage/replay.h"
#include "core/usage/reprice.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>

namespace leeway::cli {
namespace {

using pricing::Component;

struct ImportOptions
{
    std::string file;
    std::string output;
    std::string onto;
    std::string as_of;
    std::vector<std::string> only;
    std::string format = "table";
};

struct ListOptions
{
    UsageInput input;
    std::string sheet;
    std::string model;
    std::string format = "table";
};

base::Date today()
{
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

base::Result<pricing::Sheet> imported(const ImportOptions& options, base::Date day)
{
    auto sheet = pricing::load_sheet(options.file);
    if (!sheet)
        return sheet;
    if (!options.only.empty()) {
        std::erase_if(sheet->models, [&](const pricing::Model& model) {
            return std::ranges::none_of(
                options.only, [&](const std::string& vendor) { return pricing::is_vendor(vendor, model); });
        });
        if (sheet->models.empty())
            return base::fail(base::ErrorCode::NotFound, fmt::format("“{}” has no model of {}.", options.file,
                                                                     fmt::join(options.only, ", ")));
    }
    if (!options.onto.empty()) {
        auto history = pricing::load_sheet(options.onto);
        return history ? pricing::with_snapshot(std::move(*history), *sheet, day) : history;
    }
    if (!sheet->as_of || !options.as_of.empty())
        sheet->as_of = day;
    return sheet;
}

int run_import(const ImportOptions& options)
{
    base::Date day = today();
    if (!options.as_of.empty()) {
        const auto given = base::parse_date(options.as_of);
        if (!given)
            return refuse(given.error().message);
        day = *given;
    }
    const auto sheet = imported(options, day);
    if (!sheet)
        return complain(sheet.error());
    if (options.output.empty()) {
        fmt::print("{}", pricing::to_json(*sheet));
        return Done;
    }
    if (const auto status = base::write_file(options.output, pricing::to_json(*sheet)); !status)
        return complain(status.error());
    if (options.format == "json")
        print_line(nlohmann::ordered_json{{"sheet", options.output},
                                          {"currency", sheet->currency},
                                          {"models", sheet->models.size()},
                                          {"ignored", sheet->ignored}}
                       .dump(1, ' ', false, nlohmann::json::error_handler_t::replace));
    else
        fmt::print("{}: {} models in {}, as of {}; {} remarks on what was left out are in “ignored”\n",
                   options.output, sheet->models.size(), sheet->currency,
                   sheet->as_of ? base::to_string(*sheet->as_of) : "no date", sheet->ignored.size());
    return Done;
}

std::string million(base::Decimal price)
{
    return (price * 1'000'000).to_string();
}

std::string price_of(const pricing::DatedRates* dated, Component component)
{
    if (dated == nullptr)
        return "–";
    const auto rate = std::ranges::find_if(dated->rates, [&](const pricing::Rate& r) {
        return r.component == component && r.tier == "standard" && r.above_tokens == 0;
    });
    return rate == dated->rates.end() ? "–" : million(rate->price);
}

void print_rates(const pricing::Model& model)
{
    Table table({"From", "Until", "When", "Component", "Tier", "Above", "Per million", "Each"},
                {Align::Left, Align::Left, Align::Left, Align::Left, Align::Left, Align::Right, Align::Right,
                 Align::Right});
    fmt::print("\n{}/{}\n", model.vendor, model.model);
    for (const pricing::DatedRates& dated : model.prices) {
        const auto add = [&](const pricing::Rate& rate, const char* when) {
            const bool tokens = side_of(rate.component) != pricing::Side::Unit;
            table.add({dated.from ? base::to_string(*dated.from) : "",
                       dated.until ? base::to_string(*dated.until) : "", when,
                       std::string(to_string(rate.component)), rate.tier,
                       rate.above_tokens > 0 ? std::to_string(rate.above_tokens) : "",
                       tokens ? million(rate.price) : "", tokens ? "" : rate.price.to_string()});
        };
        for (const pricing::Rate& rate : dated.rates)
            add(rate, "");
        for (const pricing::WeekRates& week : dated.off_peak) {
            for (const pricing::Rate& rate : week.rates)
                add(rate, "off-peak");
        }
    }
    table.print();
}

using Costs = std::unordered_map<const pricing::Model*, usage::Repriced>;

// What the usage of the command line would cost at each model; empty without usage.
base::Result<Costs> costs_of(const ListOptions& options, const pricing::Sheet& sheet,
                             const std::vector<const pricing::Model*>& models)
{
    Costs costs;
    if (options.input.files.empty())
        return costs;
    const auto cube = cube_of(options.input, sheet);
    if (!cube)
        return tl::unexpected(cube.error());
    for (const usage::Repriced& at : usage::reprice(usage::condensed(*cube, sheet), models))
        costs.emplace(at.model, at);
    return costs;
}

std::string cost_text(const Costs& costs, const pricing::Model* model, const std::string& currency)
{
    const auto cost = costs.find(model);
    if (cost == costs.end())
        return {};
    return cost->second.unpriced_requests > 0 ? "no price"
                                              : cost->second.total.to_fixed(base::minor_digits(currency));
}

void print_models(const std::vector<const pricing::Model*>& models, const pricing::Sheet& sheet,
                  const Costs& costs)
{
    std::vector<std::string> head{"Vendor", "Model", "Input", "Output", "Cache read", "Context", "Retires"};
    if (!costs.empty())
        head.push_back("Usage, " + sheet.currency);
    Table table(std::move(head), {Align::Left, Align::Left, Align::Right, Align::Right, Align::Right,
                                  Align::Right, Align::Left, Align::Right});
    for (const pricing::Model* model : models) {
        const pricing::DatedRates* dated = pricing::rates_on(*model, sheet.as_of.value_or(today()));
        table.add({model->vendor, model->model, price_of(dated, Component::Input),
                   price_of(dated, Component::Output), price_of(dated, Component::CacheRead),
                   model->max_input_tokens > 0 ? std::to_string(model->max_input_tokens) : "",
                   model->retires ? base::to_string(*model->retires) : "",
                   cost_text(costs, model, sheet.currency)});
    }
    table.print();
    fmt::print("{} models, {} for a million tokens\n", models.size(), sheet.currency);
}

int print_json(const std::vector<const pricing::Model*>& models, const pricing::Sheet& sheet,
               const Costs& costs)
{
    pricing::Sheet chosen = sheet;
    chosen.models.clear();
    for (const pricing::Model* model : models)
        chosen.models.push_back(*model);
    auto value = nlohmann::ordered_json::parse(pricing::to_json(chosen));
    for (std::size_t i = 0; i < models.size(); ++i) {
        const auto cost = costs.find(models[i]);
        if (cost == costs.end())
            continue;
        auto& entry = value["models"][i];
        entry["usage_cost"] = cost->second.unpriced_requests > 0
                                  ? nlohmann::ordered_json()
                                  : nlohmann::ordered_json(cost->second.total.to_string());
        entry["usage_unpriced"] = cost->second.unpriced_requests;
    }
    print_line(value.dump(1));
    return Done;
}

int run_list(const ListOptions& options)
{
    const auto sheet = options.sheet.empty() ? pricing::bundled_sheet() : pricing::load_sheet(options.sheet);
    if (!sheet)
        return complain(sheet.error());
    const std::string wanted = base::lowered(options.model);
    std::vector<const pricing::Model*> models;
    for (const pricing::Model& model : sheet->models) {
        if (base::lowered(model.vendor + "/" + model.model).find(wanted) != std::string::npos)
            models.push_back(&model);
    }
    if (models.empty())
        return complain({base::ErrorCode::NotFound,
                         fmt::format("The sheet has no model with “{}” in its name.", options.model)});
    const auto costs = costs_of(options, *sheet, models);
    if (!costs)
        return complain(costs.error());
    if (options.format == "json")
        return print_json(models, *sheet, *costs);
    print_models(models, *sheet, *costs);
    constexpr std::size_t most_in_full = 5;
    for (std::size_t i = 0; !options.model.empty() && models.size() <= most_in_full && i < models.size(); ++i)
        print_rates(*models[i]);
    return Done;
}

void add_import(CLI::App& prices, Action& action)
{
    auto options = std::make_shared<ImportOptions>();
    CLI::App* command = prices.add_subcommand(
        "import", "Turn LiteLLM's map or models.dev's api.json into a sheet of Leeway's");
    command->add_option("FILE", options->file, "The file, also gzipped, or a sheet to check and rewrite")
        ->required();
    command->add_option("-o,--output", options->output, "Where the sheet goes; standard output otherwise");
    command->add_option("--only", options->only, "Only models of these vendors");
    command->add_option("--onto", options->onto,
                        "A sheet whose earlier prices stay: usage of each day is priced as it was then");
    command->add_option("--as-of", options->as_of, "The day on which the prices were read; default: today");
    add_format_option(*command, options->format);
    command->callback([options, &action] { action = [options] { return run_import(*options); }; });
}

void add_list(CLI::App& prices, Action& action)
{
    auto options = std::make_shared<ListOptions>();
    CLI::App* command = prices.add_subcommand("list", "Show the models of a sheet and what they cost");
    command->add_option("SHEET", options->sheet, "A sheet or map; default: bundled");
    command->add_option("--model", options->model, "Only models with this in “vendor/model”; a few in full");
    command->add_option("--usage", options->input.files,
                        "Usage logs: what all of it would have cost at each model");
    add_mapping_options(*command, options->input);
    add_format_option(*command, options->format);
    command->callback([options, &action] { action = [options] { return run_list(*options); }; });
}

}

void add_format_option(CLI::App& command, std::string& format)
{
    command.add_option("--format", format, "table or json")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str();
}

void add_prices(CLI::App& app, Action& action)
{
    CLI::App* prices = app.add_subcommand("prices", "Import, show, check and compare price sheets");
    prices->require_subcommand(1);
    add_import(*prices, action);
    add_list(*prices, action);
    add_price_lint(*prices, action);
    add_price_diff(*prices, action);
    add_price_bill(*prices, action);
}

}
