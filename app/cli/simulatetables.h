#pragma once

#include "core/simulation/decisions.h"
#include "core/simulation/montecarlo/forecast.h"

#include <optional>
#include <string>
#include <vector>

namespace leeway::cli {

/// For people: the totals in the first month's money, if the plan has a discount rate.
void print_present_values(const simulation::Matrix& matrix);

/// For people: whether each way out pays and when that flips, and the cheapest split.
void print_decisions(const std::vector<simulation::Viability>& viabilities,
                     const std::optional<simulation::Split>& split, const std::string& currency);

/// For people: percentiles of the totals, chances by year, what drives the results, convergence.
void print_forecast(const simulation::Forecast& forecast);

}
