#include "core/simulation/montecarlo/forecast.h"

#include "core/simulation/montecarlo/summary.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <utility>

namespace leeway::simulation {
namespace {

// Values that are kept of every path, month and scenario: 512 MB.
constexpr std::int64_t most_kept = std::int64_t{128} << 20;

// More vendors than this share the prices of the last one.
constexpr std::size_t most_vendors = 8;

// Today's vendors, dearest first, with those that traffic moves to among the first.
std::vector<std::string> vendors_of(const Traffic& traffic, const std::vector<Ledger>& ledgers)
{
    std::vector<std::string> vendors = simulation::vendors_of(traffic);
    const auto put = [&](const std::string& vendor) {
        std::erase(vendors, vendor);
        vendors.insert(vendors.begin() + (vendors.empty() ? 0 : 1), vendor);
    };
    for (const Ledger& ledger : ledgers) {
        if (ledger.second && !ledger.second->usage.empty() &&
            (vendors.empty() || ledger.second->usage.front().vendor != vendors.front()))
            put(ledger.second->usage.front().vendor);
    }
    if (vendors.size() > most_vendors) {
        vendors.resize(most_vendors - 1);
        vendors.emplace_back("other vendors");
    }
    if (vendors.empty())
        vendors.emplace_back("vendors");
    return vendors;
}

Chance chance_of(const Paths& paths, std::size_t moves, std::size_t stays, const Tornado& tornado)
{
    const std::vector<double>& cost = paths.outturns[moves].totals;
    std::vector<double> saving = paths.outturns[stays].totals;
    for (std::size_t p = 0; p < saving.size(); ++p)
        saving[p] -= cost[p];
    Chance chance;
    for (const std::int64_t cheaper : paths.outturns[moves].cheaper_by_month)
        chance.by_month.push_back(static_cast<double>(cheaper) / static_cast<double>(paths.count));
    chance.by_end = chance.by_month.back();
    chance.saving = spread_of(fan_of(saving));
    chance.swings = tornado.swings(saving);
    return chance;
}

}

base::Result<Uncertainty> uncertainty_of(const ScenarioSet& set)
{
    if (set.uncertainty)
        return *set.uncertainty;
    const auto sample = load_scenarios("sample-matrix");
    if (!sample)
        return tl::unexpected(sample.error());
    return sample->uncertainty.value_or(Uncertainty());
}

base::Result<Forecast> forecast(const Baseline& baseline, const ScenarioSet& set, const Sampling& sampling,
                                const base::Progress& progress)
{
    if (sampling.paths < 100 || sampling.paths > most_paths)
        return base::fail(base::ErrorCode::Invalid,
                          fmt::format("Choose between 100 and {} paths.", most_paths));
    const auto uncertainty = uncertainty_of(set);
    if (!uncertainty)
        return tl::unexpected(uncertainty.error());
    const Traffic& traffic = baseline.traffic_for(set);
    const Frame frame(traffic, set.plan, true);
    const std::size_t months = frame.months.size();
    const auto kept = static_cast<std::int64_t>(set.scenarios.size() * months) * sampling.paths;
    if (kept > most_kept)
        return base::fail(
            base::ErrorCode::TooLarge,
            fmt::format("{} paths are too many for {} scenarios over {} months; take {} or fewer.",
                        sampling.paths, set.scenarios.size(), months,
                        most_kept / static_cast<std::int64_t>(set.scenarios.size() * months)));

    std::vector<Ledger> ledgers;
    for (const Scenario& scenario : set.scenarios)
        ledgers.push_back(ledger_of(frame, scenario));
    const std::vector<std::string> vendors = vendors_of(traffic, ledgers);
    const std::vector<Axis> axes = axes_of(vendors);
    auto rows = correlated(axes, uncertainty->correlations);
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<Evaluator> evaluators;
    std::vector<std::optional<std::size_t>> references;
    for (std::size_t i = 0; i < ledgers.size(); ++i) {
        evaluators.emplace_back(frame, ledgers[i], vendors);
        references.push_back(staying(set.scenarios, i));
    }
    const Drawer drawer(frame, *uncertainty, axes, std::move(*rows), sampling.seed);
    const auto paths = run_paths(drawer, evaluators, references, months, axes.size(),
                                 static_cast<std::size_t>(sampling.paths), sampling.threads, progress);
    if (!paths)
        return tl::unexpected(paths.error());

    Forecast result;
    result.paths = sampling.paths;
    result.seed = sampling.seed;
    result.currency = traffic.sheet.currency;
    result.months = frame.months;
    result.uncertainty = *uncertainty;
    result.prospects.resize(set.scenarios.size());
    const Tornado tornado(axes, paths->values, sampling.threads);
    // One task for each month of each scenario, and one more for what is left of the scenario.
    const auto summarise = [&](Percentiles& percentiles, std::size_t task) {
        const std::size_t s = task % set.scenarios.size();
        const std::size_t m = task / set.scenarios.size();
        const Outturn& outturn = paths->outturns[s];
        Prospect& prospect = result.prospects[s];
        if (m > 0) {
            prospect.months[m - 1] = spread_of(
                percentiles.fan_of(std::span(outturn.months.get() + (m - 1) * paths->count, paths->count)));
            return;
        }
        prospect.scenario = set.scenarios[s].id;
        prospect.title = set.scenarios[s].title;
        prospect.total = spread_of(fan_of(outturn.totals));
        prospect.mean = amount_of(mean_of(outturn.totals));
        prospect.worst = amount_of(mean_of_greatest(outturn.totals, 0.05));
        prospect.swings = tornado.swings(outturn.totals);
        prospect.convergence = convergence_of(outturn.totals);
        if (references[s]) {
            prospect.chance = chance_of(*paths, s, *references[s], tornado);
            prospect.chance->against = set.scenarios[*references[s]].id;
        }
    };
    for (Prospect& prospect : result.prospects)
        prospect.months.resize(months);
    in_parallel(set.scenarios.size() * (months + 1), sampling.threads, {}, [&] {
        return [&summarise, percentiles = std::make_shared<Percentiles>()](std::size_t task) {
            summarise(*percentiles, task);
        };
    });
    return result;
}

}
