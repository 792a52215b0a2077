#include "core/pricing/capacityload.h"

#include <algorithm>

namespace leeway::pricing {
namespace {

using base::Decimal;

constexpr std::int64_t hour_seconds = 3600;

Decimal weighted(const Capacity& capacity, const HourLoad& hour)
{
    const std::int64_t fresh = std::max<std::int64_t>(hour.input - hour.cached, 0);
    return capacity.input_weight * fresh + capacity.cached_weight * hour.cached +
           capacity.output_weight * hour.output;
}

// As few units as can be bought that serve `load` in an hour.
std::int64_t units_for(const Capacity& capacity, Decimal load)
{
    std::int64_t units = capacity.minimum;
    const Decimal each = capacity.tokens_per_second * hour_seconds;
    const Decimal missing = load - each * units;
    if (missing <= Decimal() || each.is_zero())
        return units;
    const Decimal steps = missing / (each * capacity.increment);
    const auto whole = static_cast<std::int64_t>(steps.to_double());
    units += whole * capacity.increment;
    while (each * units < load)
        units += capacity.increment;
    return units;
}

}

Decimal Coverage::share() const
{
    return load.is_zero() ? Decimal::from_integer(1) : served / load;
}

CapacityUse use_of(const Capacity& capacity, std::span<const HourLoad> hours)
{
    std::map<std::int32_t, Decimal> loads;
    for (const HourLoad& hour : hours)
        loads[hour.hour] += weighted(capacity, hour);
    const Decimal most = capacity.tokens_per_second * hour_seconds * capacity.units;
    CapacityUse use;
    Decimal peak;
    for (const auto& [hour, load] : loads) {
        const base::Date day = std::chrono::floor<std::chrono::days>(base::Instant(std::chrono::hours(hour)));
        if (day < capacity.from || (capacity.until && *capacity.until < day))
            continue;
        Coverage& coverage = use.days[day];
        coverage.load += load;
        coverage.served += std::min(load, most);
        peak = std::max(peak, load);
    }
    use.peak_units = units_for(capacity, peak);
    return use;
}

}
