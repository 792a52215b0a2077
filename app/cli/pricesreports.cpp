#include "app/cli/output.h"
#include "app/cli/prices.h"
#include "app/cli/usage_input.h"
#include "core/pricing/diff.h"
#include "core/pricing/lint.h"
#include "core/usage/priced.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace leeway::cli {
namespace {

using nlohmann::ordered_json;

struct LintOptions
{
    std::string sheet;
    std::string fail_on = "never";
    std::string format = "table";
};

struct DiffOptions
{
    std::string before;
    std::string after;
    std::string since;
    std::string format = "table";
};

struct BillOptions
{
    UsageInput input;
    std::string agreement;
    std::string from;
    std::string until;
    std::string format = "table";
};

base::Date today()
{
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

void print_json(const ordered_json& value)
{
    print_line(value.dump(1, ' ', false, ordered_json::error_handler_t::replace));
}

int run_lint(const LintOptions& options)
{
    const auto sheet = options.sheet.empty() ? pricing::bundled_sheet() : pricing::load_sheet(options.sheet);
    if (!sheet)
        return complain(sheet.error());
    const auto findings = pricing::lint(*sheet, today());
    const auto errors =
        std::ranges::count(findings, pricing::Severity::Error, &pricing::LintFinding::severity);
    const auto warnings = static_cast<std::ptrdiff_t>(findings.size()) - errors;
    if (options.format == "json") {
        ordered_json value{{"findings", ordered_json::array()}, {"errors", errors}, {"warnings", warnings}};
        for (const pricing::LintFinding& finding : findings)
            value["findings"].push_back({{"rule", finding.rule},
                                         {"severity", to_string(finding.severity)},
                                         {"vendor", finding.vendor},
                                         {"model", finding.model},
                                         {"what", finding.what},
                                         {"why", finding.why}});
        print_json(value);
    } else {
        for (const pricing::LintFinding& finding : findings)
            fmt::print("{} {}{}{}: {}\n  {} [{}]\n",
                       finding.severity == pricing::Severity::Error ? "surely wrong:" : "perhaps wrong:",
                       finding.vendor, finding.model.empty() ? "the agreement" : "/", finding.model,
                       finding.what, finding.why, finding.rule);
        fmt::print("{} models: {} surely wrong, {} perhaps\n", sheet->models.size(), errors, warnings);
    }
    const bool failed =
        (options.fail_on == "error" && errors > 0) || (options.fail_on == "warning" && !findings.empty());
    return failed ? BelowBar : Done;
}

ordered_json text_or_null(const std::optional<base::Decimal>& number)
{
    return number ? ordered_json(number->to_string()) : ordered_json();
}

std::string_view word(pricing::ModelChange change)
{
    switch (change) {
    case pricing::ModelChange::New:
        return "new";
    case pricing::ModelChange::Gone:
        return "gone";
    case pricing::ModelChange::Changed:
        return "changed";
    }
    return "changed";
}

ordered_json to_json(const pricing::ModelDiff& model)
{
    ordered_json value{{"change", word(model.change)}, {"vendor", model.vendor}, {"model", model.model}};
    value["rates"] = ordered_json::array();
    for (const pricing::RateChange& rate : model.rates)
        value["rates"].push_back({{"component", to_string(rate.component)},
                                  {"tier", rate.tier},
                                  {"above", rate.above_tokens},
                                  {"off_peak", rate.off_peak},
                                  {"before", text_or_null(rate.before)},
                                  {"after", text_or_null(rate.after)},
                                  {"percent", text_or_null(rate.percent())}});
    value["others"] = model.others;
    return value;
}

std::string shown(const std::optional<base::Decimal>& price, pricing::Component component)
{
    if (!price)
        return "none";
    return side_of(component) == pricing::Side::Unit ? price->to_string() : (*price * 1'000'000).to_string();
}

void print_diff(const std::vector<pricing::ModelDiff>& models)
{
    for (const pricing::ModelDiff& model : models) {
        fmt::print("{} {}/{}\n", word(model.change), model.vendor, model.model);
        for (const pricing::RateChange& rate : model.rates) {
            const auto percent = rate.percent();
            fmt::print("  {}{}{}{}: {} → {}{}\n", to_string(rate.component),
                       rate.tier == "standard" ? "" : " " + rate.tier,
                       rate.above_tokens > 0 ? fmt::format(" above {}", rate.above_tokens) : "",
                       rate.off_peak ? " off-peak" : "", shown(rate.before, rate.component),
                       shown(rate.after, rate.component),
                       percent
                           ? fmt::format(" ({}{} %)", percent->is_negative() ? "" : "+", percent->to_string())
                           : "");
        }
        for (const std::string& other : model.others)
            fmt::print("  {}\n", other);
    }
    const auto count = [&](pricing::ModelChange change) {
        return std::ranges::count(models, change, &pricing::ModelDiff::change);
    };
    fmt::print("{} new, {} gone, {} changed; prices for a million tokens, or for one unit\n",
               count(pricing::ModelChange::New), count(pricing::ModelChange::Gone),
               count(pricing::ModelChange::Changed));
}

int run_diff(const DiffOptions& options)
{
    const auto before = pricing::load_sheet(options.before);
    if (!before)
        return complain(before.error());
    const auto after = options.after.empty() ? before : pricing::load_sheet(options.after);
    if (!after)
        return complain(after.error());
    if (before->currency != after->currency)
        return complain({base::ErrorCode::Invalid,
                         fmt::format("The sheets are in {} and in {}.", before->currency, after->currency)});
    base::Date day_before = before->as_of.value_or(today());
    if (!options.since.empty()) {
        const auto since = base::parse_date(options.since);
        if (!since)
            return refuse(since.error().message);
        day_before = *since;
    }
    const base::Date day_after = after->as_of.value_or(today());
    const auto models = pricing::diff(*before, day_before, *after, day_after);
    if (options.format != "json") {
        print_diff(models);
        return Done;
    }
    const auto about = [](const pricing::Sheet& sheet, base::Date day) {
        return ordered_json{{"id", sheet.id}, {"title", sheet.title}, {"day", base::to_string(day)}};
    };
    ordered_json value{{"before", about(*before, day_before)},
                       {"after", about(*after, day_after)},
                       {"currency", after->currency},
                       {"models", ordered_json::array()}};
    for (const pricing::ModelDiff& model : models)
        value["models"].push_back(to_json(model));
    print_json(value);
    return Done;
}

std::map<base::Month, base::Decimal> months_of(const pricing::Bill& bill)
{
    std::map<base::Month, base::Decimal> months;
    for (const pricing::BillItem& item : bill.items)
        months[item.month] += item.amount;
    return months;
}

ordered_json to_json(const pricing::Bill& bill)
{
    ordered_json value{{"currency", bill.currency},
                       {"total", bill.total.to_string()},
                       {"months", ordered_json::array()},
                       {"items", ordered_json::array()},
                       {"notes", bill.notes}};
    for (const auto& [month, total] : months_of(bill))
        value["months"].push_back({{"month", base::to_string(month)}, {"total", total.to_string()}});
    for (const pricing::BillItem& item : bill.items)
        value["items"].push_back({{"month", base::to_string(item.month)},
                                  {"kind", to_string(item.kind)},
                                  {"title", item.title},
                                  {"amount", item.amount.to_string()},
                                  {"explanation", item.explanation}});
    return value;
}

base::Result<std::optional<pricing::Days>> known_days(const BillOptions& options)
{
    if (options.from.empty())
        return std::nullopt;
    const auto from = base::parse_date(options.from);
    const auto until = base::parse_date(options.until);
    if (!from || !until)
        return tl::unexpected(from ? until.error() : from.error());
    return std::optional(pricing::Days{*from, *until});
}

// The list prices, with the sheet of an agreement on top of them.
base::Result<pricing::Sheet> agreed_sheet(const BillOptions& options)
{
    auto sheet = sheet_of(options.input);
    if (!sheet || options.agreement.empty())
        return sheet;
    const auto agreement = pricing::load_sheet(options.agreement);
    return agreement ? pricing::merged(std::move(*sheet), *agreement) : agreement;
}

int run_bill(const BillOptions& options)
{
    const auto days = known_days(options);
    if (!days)
        return refuse(days.error().message);
    const auto sheet = agreed_sheet(options);
    if (!sheet)
        return complain(sheet.error());
    const auto cube = cube_of(options.input, *sheet);
    if (!cube)
        return complain(cube.error());
    const auto bill = usage::bill_of(*cube, *sheet, *days);
    if (!bill)
        return complain(bill.error());
    if (options.format == "json") {
        print_json(to_json(*bill));
        return Done;
    }
    const int digits = base::minor_digits(bill->currency);
    Table table({"Month", "What", "For", bill->currency, "How"},
                {Align::Left, Align::Left, Align::Left, Align::Right, Align::Left});
    for (const pricing::BillItem& item : bill->items)
        table.add({base::to_string(item.month), std::string(to_string(item.kind)), item.title,
                   item.amount.to_fixed(digits), item.explanation});
    for (const auto& [month, total] : months_of(*bill))
        table.add({base::to_string(month), "to pay", "", total.to_fixed(digits), ""});
    table.add({"Total", "", "", bill->total.to_fixed(digits), ""});
    table.print();
    for (const std::string& text : bill->notes)
        note("note: " + text);
    return Done;
}

}

void add_price_lint(CLI::App& prices, Action& action)
{
    auto options = std::make_shared<LintOptions>();
    CLI::App* command = prices.add_subcommand("lint", "Find prices that are surely or perhaps wrong");
    command->add_option("SHEET", options->sheet, "A sheet or map; default: bundled");
    command
        ->add_option("--fail-on", options->fail_on,
                     "Exit with 1 on an error, on any finding (warning), or never")
        ->check(CLI::IsMember({"never", "error", "warning"}))
        ->capture_default_str();
    add_format_option(*command, options->format);
    command->callback([options, &action] { action = [options] { return run_lint(*options); }; });
}

void add_price_diff(CLI::App& prices, Action& action)
{
    auto options = std::make_shared<DiffOptions>();
    CLI::App* command = prices.add_subcommand("diff", "Show what changed from one sheet to another");
    command->add_option("OLD", options->before, "A sheet or map")->required();
    command->add_option("NEW", options->after, "A later one; default: the same, with --since");
    command->add_option("--since", options->since,
                        "The day of the old prices; default: that of the old sheet");
    add_format_option(*command, options->format);
    command->callback([options, &action] {
        if (options->after.empty() && options->since.empty())
            throw CLI::RequiredError("NEW, or --since");
        action = [options] { return run_diff(*options); };
    });
}

void add_price_bill(CLI::App& prices, Action& action)
{
    auto options = std::make_shared<BillOptions>();
    CLI::App* command = prices.add_subcommand(
        "bill", "What the agreement of a sheet makes of usage: allowances, capacity, discounts, commitments");
    command->add_option("USAGE", options->input.files, "Usage logs")->required();
    command->add_option("--prices", options->input.sheet,
                        "Prices, perhaps with an agreement; default: bundled");
    command->add_option("--agreement", options->agreement,
                        "A sheet whose agreement and own prices go on top of them");
    auto* from = command->add_option("--from", options->from,
                                     "First day of which the logs hold all usage; default: their first");
    auto* until = command->add_option("--until", options->until, "Last such day; default: their last");
    from->needs(until);
    until->needs(from);
    add_mapping_options(*command, options->input);
    add_format_option(*command, options->format);
    command->callback([options, &action] { action = [options] { return run_bill(*options); }; });
}

}
