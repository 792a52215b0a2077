#pragma once

#include "core/base/decimal.h"
#include "core/pricing/counts.h"
#include "core/pricing/sheet.h"

#include <array>
#include <string>
#include <vector>

namespace leeway::pricing {

/// The exact cost of a request, or the reason why it has none.
struct Cost
{
    bool priced = false;
    base::Decimal total; // in the sheet's currency
    std::array<base::Decimal, component_count> components{};
    std::vector<std::string> notes; // fallbacks taken: "no price of its own for cache_read: charged as input"
};

/// Prices one usage line. A part without a rate of its own is charged at the rate of its whole, a service
/// tier that the model lacks at standard, and a line of several requests by its average length: each with a
/// note.
Cost cost_of(const Usage& usage, const Sheet& sheet);
Cost cost_of(const Usage& usage, const Model& model);

/// The context tiers at which this sheet changes a price, ascending: the buckets of the usage cube.
std::vector<std::int64_t> context_thresholds(const Sheet& sheet);

}
