#pragma once

#include "core/base/decimal.h"
#include "core/pricing/cost.h"
#include "core/pricing/sheet.h"

#include <string>
#include <string_view>
#include <utility>

namespace leeway::pricing {

/// What the prices of a model depend on, beside the context tier: requests of one group have the same rates.
struct PriceGroup
{
    const DatedRates* dated = nullptr;                             // in force on the day; nullptr: none
    const WeekRates* off_peak = nullptr;                           // in force at the hour
    std::string_view tier = "standard";                            // the service tier that is charged
    const std::pair<std::string, base::Decimal>* region = nullptr; // name and factor

    bool operator==(const PriceGroup&) const = default;
};
PriceGroup group_of(const Terms& terms, const Model& model);

}
