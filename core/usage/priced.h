#pragma once

#include "core/base/result.h"
#include "core/pricing/bill.h"
#include "core/usage/cube.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leeway::usage {

/// A cube at the list prices of a sheet, line by line.
struct PricedUsage
{
    std::vector<pricing::PricedLine> lines;       // of models of the sheet, which must outlive them
    std::map<std::string, std::int64_t> unpriced; // "vendor/model" → requests that have no price
    std::vector<std::string> notes;               // distinct fallbacks that pricing took
};
PricedUsage priced_usage(const Cube& cube, const pricing::Sheet& sheet);

/// What the sheet's agreement makes of the cube; `known` as in pricing::bill_of. Requests without a price are
/// not in it: its notes name them.
base::Result<pricing::Bill> bill_of(const Cube& cube, const pricing::Sheet& sheet,
                                    const std::optional<pricing::Days>& known = {});

}
