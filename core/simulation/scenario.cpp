#include "core/simulation/scenario.h"

#include <algorithm>
#include <utility>

namespace leeway::simulation {
namespace {

// All that happens to a scenario, without where its traffic goes and what that takes.
Scenario events_of(Scenario scenario)
{
    scenario.id.clear();
    scenario.title.clear();
    scenario.note.clear();
    scenario.transfer.reset();
    scenario.fallback.reset();
    scenario.expenses.clear();
    return scenario;
}

bool changes_prices(const Scenario& scenario)
{
    return !scenario.price_changes.empty() || !scenario.successors.empty() || !scenario.flat_fees.empty();
}

}

bool moves_nothing(const Scenario& scenario)
{
    return !scenario.transfer && !scenario.fallback;
}

std::optional<std::size_t> staying(const std::vector<Scenario>& scenarios, std::size_t at)
{
    if (moves_nothing(scenarios[at]))
        return std::nullopt;
    const Scenario events = events_of(scenarios[at]);
    for (std::size_t i = 0; i < scenarios.size(); ++i) {
        if (moves_nothing(scenarios[i]) && events_of(scenarios[i]) == events)
            return i;
    }
    for (std::size_t i = 0; i < scenarios.size(); ++i) {
        if (moves_nothing(scenarios[i]) && changes_prices(scenarios[i]))
            return i;
    }
    return moves_nothing(scenarios.front()) ? std::optional<std::size_t>(0) : std::nullopt;
}

ScenarioSet with_cap(ScenarioSet set, const PriceCap& cap)
{
    for (Scenario& scenario : set.scenarios) {
        if (scenario.price_changes.empty() && scenario.successors.empty())
            continue;
        std::erase_if(scenario.caps, [&](const PriceCap& old) { return old.vendor == cap.vendor; });
        scenario.caps.insert(scenario.caps.begin(), cap);
    }
    return set;
}

}
