#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/pricing/agreement.h"
#include "core/pricing/load.h"

#include <cstdint>
#include <map>
#include <span>

namespace leeway::pricing {

/// What of a day's work a provisioned capacity served, in weighted tokens.
struct Coverage
{
    base::Decimal load;
    base::Decimal served;

    /// The served share, 0 … 1, rounded at the 18th place; 1 without any load.
    [[nodiscard]] base::Decimal share() const;
    bool operator==(const Coverage&) const = default;
};

struct CapacityUse
{
    std::map<base::Date, Coverage> days;
    std::int64_t peak_units = 0; // that would serve the busiest hour, as they can be bought
};

/// What `capacity` serves of the loads, hour by hour: what is over it in one hour is not made up in another.
/// Hours outside its term are left out.
CapacityUse use_of(const Capacity& capacity, std::span<const HourLoad> hours);

}
