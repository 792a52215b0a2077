#pragma once

#include "core/base/result.h"
#include "core/simulation/uncertainty.h"

#include <string>
#include <string_view>
#include <vector>

namespace leeway::simulation {

/// One thing that varies from path to path.
struct Axis
{
    Driver driver = Driver::Growth;
    std::string vendor{}; // of Driver::Prices

    bool operator==(const Axis&) const = default;
};

/// The prices of each vendor first, in their order, then every other driver.
std::vector<Axis> axes_of(const std::vector<std::string>& vendors);

/// The lower triangular matrix, row by row, that makes independent normal scores correlated as wanted.
/// Invalid when the correlations contradict one another.
base::Result<std::vector<std::vector<double>>> correlated(const std::vector<Axis>& axes,
                                                          const std::vector<Correlation>& correlations);

}
