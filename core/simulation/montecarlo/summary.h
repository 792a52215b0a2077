#pragma once

#include "core/simulation/montecarlo/forecast.h"
#include "core/simulation/montecarlo/paths.h"
#include "core/simulation/montecarlo/statistics.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace leeway::simulation {

Spread spread_of(const Fan& fan);
/// Rounded to cents.
base::Decimal amount_of(double amount);

/// What the drivers were on each path, prepared for many results.
class Tornado
{
public:
    Tornado(const std::vector<Axis>& axes, const std::vector<std::vector<double>>& values, int threads);

    /// What each axis does to a result, path by path; axes that do not vary are left out, widest first.
    [[nodiscard]] std::vector<Swing> swings(std::span<const double> results) const;

private:
    struct Bar
    {
        Axis axis;
        std::vector<std::uint32_t> lowest; // paths of the lowest tenth
        std::vector<std::uint32_t> highest;
        std::vector<double> ranks; // of the first paths; empty for an axis that does not vary
    };
    std::vector<Bar> m_bars;
};

/// Ten checkpoints at most, evenly apart, the last one of all paths.
std::vector<Checkpoint> convergence_of(std::span<const double> totals);

}
