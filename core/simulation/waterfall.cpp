#include "core/simulation/waterfall.h"

#include <functional>
#include <utility>

namespace leeway::simulation {
namespace {

using base::Decimal;

MonthSpend term_of(const Outcome& outcome)
{
    MonthSpend sum;
    for (const MonthSpend& month : outcome.months) {
        sum.vendors += month.vendors;
        sum.second += month.second;
        sum.machines += month.machines;
        sum.engineering += month.engineering;
    }
    return sum;
}

// A part of the scenario, and what each side of the money means when it is put in place.
struct Part
{
    std::string vendors;
    std::string second{};
    std::string machines{};
    std::string engineering{};
    std::function<void(Scenario&)> put;
};

std::string name_of(const std::string& vendor)
{
    return vendor.empty() ? "today's vendors" : vendor;
}

std::string prices_title(const Scenario& wanted)
{
    bool rises = true;
    bool falls = true;
    for (const PriceChange& change : wanted.price_changes) {
        rises = rises && change.percent >= 0;
        falls = falls && change.percent < 0;
    }
    return rises ? "dearer prices" : falls ? "lower prices" : "changed prices";
}

void add_transfer(std::vector<Part>& parts, const Scenario& wanted)
{
    if (!wanted.transfer) {
        parts.push_back({.vendors = "traffic that comes back",
                         .second = "no second vendor",
                         .engineering = "no work for a second vendor",
                         .put = [](Scenario& now) { now.transfer.reset(); }});
        return;
    }
    const Transfer& move = *wanted.transfer;
    parts.push_back({.vendors = "no longer paid to " + name_of(move.from_vendor),
                     .second = "usage at " + move.to_vendor,
                     .engineering = "work for the second vendor",
                     .put = [move](Scenario& now) {
                         Transfer bare = move;
                         bare.cache_hit_loss_percent = 0;
                         bare.upkeep_per_month = {};
                         bare.migration_once = {};
                         bare.parallel_months = 0;
                         now.transfer = bare;
                     }});
    parts.push_back({.vendors = "lost cache hits",
                     .second = "lost cache hits",
                     .put = [loss = move.cache_hit_loss_percent](Scenario& now) {
                         now.transfer->cache_hit_loss_percent = loss;
                     }});
    parts.push_back(
        {.vendors = "parallel running",
         .second = "parallel running",
         .put = [months = move.parallel_months](Scenario& now) { now.transfer->parallel_months = months; }});
    parts.push_back({.vendors = "",
                     .engineering = "upkeep of two vendors",
                     .put = [upkeep = move.upkeep_per_month](Scenario& now) {
                         now.transfer->upkeep_per_month = upkeep;
                     }});
    parts.push_back(
        {.vendors = "", .engineering = "migration", .put = [once = move.migration_once](Scenario& now) {
             now.transfer->migration_once = once;
         }});
}

void add_fallback(std::vector<Part>& parts, const Scenario& wanted)
{
    if (!wanted.fallback) {
        parts.push_back({.vendors = "traffic that comes back",
                         .machines = "no machines",
                         .engineering = "no work for a local model",
                         .put = [](Scenario& now) { now.fallback.reset(); }});
        return;
    }
    const Fallback& move = *wanted.fallback;
    parts.push_back({.vendors = "no longer paid to " + name_of(move.from_vendor),
                     .machines = "machines for " + move.model,
                     .engineering = "work for the local model",
                     .put = [move](Scenario& now) {
                         Fallback bare = move;
                         bare.upkeep_per_month = {};
                         bare.migration_once = {};
                         now.fallback = bare;
                     }});
    parts.push_back({.vendors = "",
                     .engineering = "upkeep of the local model",
                     .put = [upkeep = move.upkeep_per_month](Scenario& now) {
                         now.fallback->upkeep_per_month = upkeep;
                     }});
    parts.push_back(
        {.vendors = "",
         .engineering = "migration to the local model",
         .put = [once = move.migration_once](Scenario& now) { now.fallback->migration_once = once; }});
}

std::vector<Part> parts_of(const Scenario& wanted)
{
    std::vector<Part> parts;
    const auto today = [&parts](std::string title, std::function<void(Scenario&)> put) {
        parts.push_back({.vendors = std::move(title), .put = std::move(put)});
    };
    today(prices_title(wanted),
          [changes = wanted.price_changes](Scenario& now) { now.price_changes = changes; });
    today("successors of models",
          [successors = wanted.successors](Scenario& now) { now.successors = successors; });
    today("held by the contract's cap", [caps = wanted.caps](Scenario& now) { now.caps = caps; });
    today("lost cache hits", [loss = wanted.cache_loss](Scenario& now) { now.cache_loss = loss; });
    today("flat fees instead of usage", [fees = wanted.flat_fees](Scenario& now) { now.flat_fees = fees; });
    add_transfer(parts, wanted);
    add_fallback(parts, wanted);
    today("shortfall of commitments",
          [promised = wanted.commitments](Scenario& now) { now.commitments = promised; });
    parts.push_back({.vendors = "",
                     .engineering = "other work and fees",
                     .put = [expenses = wanted.expenses](Scenario& now) { now.expenses = expenses; }});
    return parts;
}

}

Waterfall waterfall(const Baseline& baseline, const ScenarioSet& set, std::size_t scenario)
{
    const std::vector<Part> parts = parts_of(set.scenarios[scenario]);
    ScenarioSet trial = set;
    trial.scenarios = {set.scenarios.front()};
    for (const Part& part : parts) {
        Scenario next = trial.scenarios.back();
        part.put(next);
        trial.scenarios.push_back(std::move(next));
    }
    const Matrix matrix = baseline.simulate(trial);
    Waterfall result;
    result.scenario = set.scenarios[scenario].id;
    result.from = matrix.outcomes.front().total;
    result.to = matrix.outcomes.back().total;
    const auto add = [&](const std::string& title, Decimal amount) {
        if (amount.is_zero())
            return;
        if (!result.steps.empty() && result.steps.back().title == title)
            result.steps.back().amount += amount;
        else
            result.steps.push_back({title, amount});
    };
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const MonthSpend before = term_of(matrix.outcomes[i]);
        const MonthSpend after = term_of(matrix.outcomes[i + 1]);
        const Part& part = parts[i];
        const auto title = [&part](const std::string& own) { return own.empty() ? part.vendors : own; };
        add(part.vendors, after.vendors - before.vendors);
        add(title(part.second), after.second - before.second);
        add(title(part.machines), after.machines - before.machines);
        add(title(part.engineering), after.engineering - before.engineering);
    }
    std::erase_if(result.steps, [](const WaterfallStep& step) { return step.amount.is_zero(); });
    return result;
}

}
