#pragma once

#include "core/simulation/matrix.h"

#include <cstddef>
#include <string>
#include <vector>

namespace leeway::simulation {

/// One reason why a scenario costs something else than the first one does.
struct WaterfallStep
{
    std::string title;    // "dearer prices", "no longer paid to openai"
    base::Decimal amount; // over the term; negative: it saves

    bool operator==(const WaterfallStep&) const = default;
};

struct Waterfall
{
    std::string scenario; // id
    base::Decimal from;   // total of the set's first scenario
    base::Decimal to;     // total of this scenario: exactly `from` and all steps
    std::vector<WaterfallStep> steps;

    bool operator==(const Waterfall&) const = default;
};

/// From the first scenario of the set to another: its parts are put in place one after the other (prices,
/// successors, caps, cache, flat fees, moves with each of their costs, commitments, other work) and the whole
/// is simulated each time, so that what a part costs includes its effect on those before it. Steps of nothing
/// are left out.
Waterfall waterfall(const Baseline& baseline, const ScenarioSet& set, std::size_t scenario);

}
