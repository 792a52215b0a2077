#include "ui/costs/outlook/outlook.h"

#include "core/simulation/montecarlo/pathcount.h"

#include <algorithm>
#include <thread>

namespace leeway::ui {

namespace {

constexpr std::int64_t roughPaths = 2'000;

/// One core is left for the window.
int threadsFor(bool rough)
{
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    return rough ? 1 : std::max(1, cores - 1);
}

}

std::int64_t pathsFor(const simulation::ScenarioSet& set, bool rough)
{
    return simulation::fitting_paths(set, rough ? roughPaths : simulation::full_paths);
}

base::Result<Outlook> workOut(const simulation::Baseline& baseline, const simulation::ScenarioSet& set,
                              const OutlookWish& wish, const base::Progress& progress)
{
    auto forecast = simulation::forecast(
        baseline, set, {pathsFor(set, wish.rough), wish.seed, threadsFor(wish.rough)}, progress);
    if (!forecast)
        return tl::unexpected(forecast.error());
    Outlook outlook;
    outlook.set = set;
    outlook.forecast = std::move(*forecast);
    outlook.rough = wish.rough;
    outlook.question = wish.question;
    outlook.viabilities = simulation::viabilities(baseline, set);
    for (std::size_t i = 0; i < set.scenarios.size(); ++i)
        outlook.waterfalls.push_back(simulation::waterfall(baseline, set, i));
    if (wish.rough)
        return outlook;
    if (!base::keep_going(progress, 1, 2))
        return base::fail(base::ErrorCode::Cancelled, "The simulation was stopped.");
    outlook.split = simulation::best_split(baseline, set, wish.question);
    return outlook;
}

const simulation::Viability* viabilityOf(const Outlook& outlook, const std::string& scenario)
{
    const auto found = std::ranges::find(outlook.viabilities, scenario, &simulation::Viability::scenario);
    return found == outlook.viabilities.end() ? nullptr : &*found;
}

const simulation::Prospect* prospectOf(const Outlook& outlook, const std::string& scenario)
{
    const auto& prospects = outlook.forecast.prospects;
    const auto found = std::ranges::find(prospects, scenario, &simulation::Prospect::scenario);
    return found == prospects.end() ? nullptr : &*found;
}

}
