#pragma once

#include "core/simulation/matrix.h"
#include "core/simulation/traffic.h"

#include <vector>

namespace leeway::simulation {

/// The plan with all values within what simulations allow.
Plan in_range(Plan plan);

/// A plan with its values brought into range, and what all scenarios share.
struct Frame
{
    /// `with_cold`: also what lines cost without their cache.
    Frame(const Traffic& traffic, const Plan& wanted, bool with_cold);

    const Traffic& traffic;
    Plan plan;
    std::vector<base::Month> months;
    std::vector<base::Decimal> volume; // over the log's, by month: growth compounds from the first, seasons
                                       // do not
    std::vector<std::vector<base::Decimal>>
        today;                        // line, month: at the sheet's prices, volume of the average month
    std::vector<base::Decimal> whole; // by month: all lines of `today`
    std::vector<std::vector<base::Decimal>> cold; // as today, if all cache reads became plain input; or empty
};

/// Amounts of a month are rounded half to even to this many places before anything is summed, so that a total
/// is the sum of what is shown.
inline constexpr int shown_places = 6;

/// Hours of an average month: 365.25 × 24 / 12.
inline constexpr double hours_of_month = 730.5;

/// By month: what one unit of money of that month is worth in the first.
std::vector<base::Decimal> discounts(const Plan& plan);

}
