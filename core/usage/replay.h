#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/pricing/sheet.h"
#include "core/usage/cube.h"

#include <map>
#include <string>
#include <vector>

namespace leeway::usage {

struct MonthCost
{
    base::Month month;
    std::string vendor;
    std::string model;
    pricing::Counts counts;
    base::Decimal cost;
    bool priced = false;
};

struct Replay
{
    std::string currency;
    base::Decimal total;
    std::int64_t requests = 0;
    std::int64_t unpriced_requests = 0;
    std::vector<MonthCost> months;                // by month, vendor, model
    std::map<std::string, std::int64_t> unpriced; // "vendor/model" → requests
    std::vector<std::string> notes;               // distinct fallbacks that pricing took
};

/// Prices the cube. `from` / `to`: optionally re-price the model `from` ("vendor/model" or model; empty for
/// all) as if it had been `to`.
Replay replay(const Cube& cube, const pricing::Sheet& sheet, const std::string& from = {},
              const std::string& to = {});

}
