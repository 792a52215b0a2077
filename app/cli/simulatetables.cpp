#include "app/cli/simulatetables.h"

#include "app/cli/output.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::cli {
namespace {

using simulation::Driver;
using simulation::Prospect;

constexpr std::size_t shown_swings = 5;

std::string percent(double share)
{
    return fmt::format("{:.0f} %", share * 100);
}

std::string driver_words(const simulation::Axis& axis)
{
    switch (axis.driver) {
    case Driver::Prices:
        return "prices of " + axis.vendor;
    case Driver::Growth:
        return "growth of volume";
    case Driver::Cpi:
        return "inflation";
    case Driver::ExchangeRate:
        return "exchange rate";
    case Driver::CacheLoss:
        return "loss of cache reads";
    case Driver::Migration:
        return "one-off work";
    case Driver::MachinePrice:
        return "price of machines";
    }
    return {};
}

void print_totals(const simulation::Forecast& forecast)
{
    const int digits = base::minor_digits(forecast.currency);
    Table table({"Scenario", "P5", "P10", "P25", "P50", "P75", "P90", "P95", "Mean", "Worst 5 %"},
                {Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right,
                 Align::Right, Align::Right, Align::Right, Align::Right});
    for (const Prospect& prospect : forecast.prospects) {
        std::vector<std::string> row{prospect.title};
        for (const base::Decimal amount : prospect.total)
            row.push_back(amount.to_fixed(digits));
        row.push_back(prospect.mean.to_fixed(digits));
        row.push_back(prospect.worst.to_fixed(digits));
        table.add(std::move(row));
    }
    table.print();
}

void print_chances(const simulation::Forecast& forecast)
{
    std::vector<std::string> head{"How likely it is to have cost less", "than"};
    std::vector<std::size_t> months;
    for (std::size_t m = 11; m < forecast.months.size(); m += 12)
        months.push_back(m);
    if (months.empty() || months.back() + 1 != forecast.months.size())
        months.push_back(forecast.months.size() - 1);
    std::vector<Align> align{Align::Left, Align::Left};
    for (const std::size_t m : months) {
        head.push_back("by " + base::to_string(forecast.months[m]));
        align.push_back(Align::Right);
    }
    Table table(std::move(head), std::move(align));
    bool any = false;
    for (const Prospect& prospect : forecast.prospects) {
        if (!prospect.chance)
            continue;
        any = true;
        std::vector<std::string> row{prospect.title, prospect.chance->against};
        for (const std::size_t m : months)
            row.push_back(percent(prospect.chance->by_month[m]));
        table.add(std::move(row));
    }
    if (!any)
        return;
    print_line("");
    table.print();
}

void print_drivers(const simulation::Forecast& forecast)
{
    const int digits = base::minor_digits(forecast.currency);
    Table table(
        {"What drives it", "Driver", "Mean if lowest tenth", "Mean if highest tenth", "Rank correlation"},
        {Align::Left, Align::Left, Align::Right, Align::Right, Align::Right});
    const auto add = [&](const std::string& what, const std::vector<simulation::Swing>& swings) {
        for (std::size_t i = 0; i < std::min(swings.size(), shown_swings); ++i)
            table.add({i == 0 ? what : std::string(), driver_words(swings[i].axis),
                       swings[i].low.to_fixed(digits), swings[i].high.to_fixed(digits),
                       fmt::format("{:+.2f}", swings[i].rank_correlation)});
    };
    for (const Prospect& prospect : forecast.prospects) {
        add(prospect.title, prospect.swings);
        if (prospect.chance)
            add(fmt::format("{}: saving", prospect.title), prospect.chance->swings);
    }
    print_line("");
    table.print();
}

}

void print_present_values(const simulation::Matrix& matrix)
{
    if (matrix.plan.discount_percent <= 0)
        return;
    fmt::print("\nPresent value at {:g} % a year\n", matrix.plan.discount_percent);
    for (const simulation::Outcome& outcome : matrix.outcomes)
        fmt::print("  {}: {} {}\n", outcome.title,
                   outcome.present_value.to_fixed(base::minor_digits(matrix.currency)), matrix.currency);
}

void print_decisions(const std::vector<simulation::Viability>& viabilities,
                     const std::optional<simulation::Split>& split, const std::string& currency)
{
    if (!viabilities.empty())
        print_line("\nDecisions");
    for (const simulation::Viability& viability : viabilities)
        fmt::print("  {} against {}: {}\n", viability.scenario, viability.against, viability.condition);
    if (split)
        fmt::print(
            "  Cheapest split: {:.0f} % at the second vendor, {:.0f} % on own machines, {:.0f} % as today: "
            "{} {} over the term\n",
            split->second_percent, split->fallback_percent,
            100 - split->second_percent - split->fallback_percent,
            split->total.to_fixed(base::minor_digits(currency)), currency);
}

void print_forecast(const simulation::Forecast& forecast)
{
    fmt::print("\n{} paths, seed {}: totals over {} months in {}\n\n", forecast.paths, forecast.seed,
               forecast.months.size(), forecast.currency);
    print_totals(forecast);
    print_chances(forecast);
    print_drivers(forecast);
    print_line("");
    for (const Prospect& prospect : forecast.prospects) {
        const simulation::Checkpoint& last = prospect.convergence.back();
        const simulation::Checkpoint& half = prospect.convergence[(prospect.convergence.size() - 1) / 2];
        fmt::print("Median of {}: {} ± {} (after {} paths: {})\n", prospect.title, last.median.to_fixed(0),
                   last.standard_error.to_fixed(0), half.paths, half.median.to_fixed(0));
    }
}

}
