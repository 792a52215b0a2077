#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/simulation/matrix.h"
#include "core/simulation/montecarlo/axes.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leeway::simulation {

inline constexpr std::int64_t most_paths = 1'000'000;

struct Sampling
{
    std::int64_t paths = 10'000; // 100…most_paths
    std::uint64_t seed = 1;
    int threads = 0; // 0: one for each core; the result is the same with any number
};

/// Amounts below which 5, 10, 25, 50, 75, 90 and 95 % of the paths lie.
using Spread = std::array<base::Decimal, 7>;

/// What one driver does to a total: its mean over the tenth of the paths in which the driver is lowest, and
/// over the tenth in which it is highest (ties on the edge included).
struct Swing
{
    Axis axis;
    base::Decimal low;
    base::Decimal high;
    double rank_correlation = 0; // Spearman's with the total, over the first 10,000 paths; −1…1

    bool operator==(const Swing&) const = default;
};

/// The median of the first `paths` paths, and its standard error by how blocks of paths differ.
struct Checkpoint
{
    std::int64_t paths = 0;
    base::Decimal median;
    base::Decimal standard_error;

    bool operator==(const Checkpoint&) const = default;
};

/// Against the scenario that stays, path by path.
struct Chance
{
    std::string against;          // the id of what stays
    double by_end = 0;            // how likely it costs less over the term, 0…1
    std::vector<double> by_month; // up to each month
    Spread saving;                // what it costs less over the term
    std::vector<Swing> swings;    // of the saving, widest first

    bool operator==(const Chance&) const = default;
};

struct Prospect
{
    std::string scenario; // id
    std::string title;
    std::vector<Spread> months; // spend of each month
    Spread total;
    base::Decimal mean;
    base::Decimal worst;          // mean of the dearest 5 % of the totals (CVaR 95)
    std::optional<Chance> chance; // of those that move traffic
    std::vector<Swing> swings;    // of the total, widest first; drivers that do not vary are left out
    std::vector<Checkpoint> convergence;

    bool operator==(const Prospect&) const = default;
};

/// Percentiles and chances of a scenario set. Amounts are rounded to cents; the same seed gives the same
/// bytes.
struct Forecast
{
    std::int64_t paths = 0;
    std::uint64_t seed = 0;
    std::string currency;
    std::vector<base::Month> months;
    std::vector<Prospect> prospects; // in the order of the scenarios
    Uncertainty uncertainty;         // as drawn from

    bool operator==(const Forecast&) const = default;
};

/// Every path is drawn once and every scenario is evaluated on it, so that differences between scenarios are
/// not chance. Without an uncertainty of its own a set has that of the sample matrix. Invalid when there are
/// too many paths for the scenarios and months, or correlations contradict one another; Cancelled.
base::Result<Forecast> forecast(const Baseline& baseline, const ScenarioSet& set, const Sampling& sampling,
                                const base::Progress& progress = {});

/// The uncertainty that the set is drawn from.
base::Result<Uncertainty> uncertainty_of(const ScenarioSet& set);

}
