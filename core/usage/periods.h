#pragma once

#include "core/pricing/period.h"
#include "core/usage/cube.h"

#include <optional>

namespace leeway::usage {

/// From the first to the last day of use; 1970-01-01 twice for an empty cube.
pricing::Days days_of(const Cube& cube);

/// The usage of these days, exactly: cells and hours of other days are left out. What has no day (bad lines,
/// duplicates, averaged lines) is left out too.
Cube cut(const Cube& cube, const pricing::Days& days);

/// Two calendar quarters, one after the other.
struct Quarters
{
    pricing::Days before;
    pricing::Days after;

    bool operator==(const Quarters&) const = default;
};

/// The newest whole quarter of the usage with the one before, when that is whole as well. A quarter is whole
/// when each of its months has usage and the cube begins at most `slack_days` after its first day and ends at
/// most as many before its last one; of monthly totals (one day for each month) the months alone decide.
std::optional<Quarters> newest_quarters(const Cube& cube);

inline constexpr int slack_days = 3;

}
