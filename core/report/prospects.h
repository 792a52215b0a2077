#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/project/values.h"
#include "core/simulation/waterfall.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leeway::report {

struct Model;

/// The cost of one scenario over the term when its assumptions vary.
struct Prospect
{
    std::string scenario; // id
    std::string title;
    base::Decimal p10; // a tenth of the paths cost less
    base::Decimal p50;
    base::Decimal p90;
    /// Against staying, for a scenario that moves traffic.
    struct Leaving
    {
        std::string against; // title of what stays
        double chance = 0;   // that leaving costs less over the term, 0…1
        base::Decimal p10;   // what it saves; negative: it costs more
        base::Decimal p90;

        bool operator==(const Leaving&) const = default;
    };
    std::optional<Leaving> leaving;

    bool operator==(const Prospect&) const = default;
};

/// How sure the matrix is, and what its most telling scenario is made of. Amounts are in the model's
/// currency.
struct Prospects
{
    std::int64_t paths = 0;
    std::uint64_t seed = 0;
    std::string varies;          // a sentence
    std::vector<Prospect> rows;  // in the order of the scenarios
    simulation::Waterfall steps; // from the first scenario to that of `steps_of`
    std::string steps_from;      // titles
    std::string steps_to;

    bool operator==(const Prospects&) const = default;
};

/// Adds the prospects to a model that has a matrix, by as many paths as the Costs page draws. A set that
/// cannot be drawn from leaves them out and says why in the matrix's notes. Takes about a second; the same
/// values give the same bytes. Cancelled.
base::Result<Model> with_prospects(Model model, const project::Snapshot& snapshot, std::uint64_t seed = 1,
                                   const base::Progress& progress = {});

/// What varies from path to path, in a sentence: "What varies: growth ± 0.5 points a month, …."
std::string what_varies(const simulation::Uncertainty& uncertainty);

/// "63 %"; never rounded to certainty: "under 1 %", "over 99 %".
std::string chance(double share);

}
