#pragma once

#include "core/simulation/decisions.h"
#include "core/simulation/montecarlo/forecast.h"
#include "core/simulation/montecarlo/statistics.h"
#include "core/simulation/waterfall.h"

#include <optional>
#include <vector>

namespace leeway::ui {

/// What a scenario set comes to when its assumptions vary, and what follows for the decision.
struct Outlook
{
    simulation::ScenarioSet set;
    simulation::Forecast forecast;
    std::vector<simulation::Viability> viabilities;
    std::vector<simulation::Waterfall> waterfalls; // in the order of the scenarios
    simulation::SplitQuestion question;
    std::optional<simulation::Split> split; // that answers it; not in a rough one
    bool rough = false;                     // few paths, while a slider moves
};

/// Paths of a rough and of a full outlook; see simulation::fitting_paths.
std::int64_t pathsFor(const simulation::ScenarioSet& set, bool rough);

/// What is asked about a scenario set.
struct OutlookWish
{
    std::uint64_t seed = 1;
    simulation::SplitQuestion question{};
    bool rough = false;
};

/// Takes from milliseconds (rough) to seconds. Cancelled, or Invalid as simulation::forecast.
base::Result<Outlook> workOut(const simulation::Baseline& baseline, const simulation::ScenarioSet& set,
                              const OutlookWish& wish, const base::Progress& progress);

/// nullptr when the scenario moves nothing.
const simulation::Viability* viabilityOf(const Outlook& outlook, const std::string& scenario);
const simulation::Prospect* prospectOf(const Outlook& outlook, const std::string& scenario);

}
