#include "core/fallback/policy/outcome.h"

#include <numeric>

namespace leeway::fallback {

std::string_view to_string(Failure failure)
{
    constexpr std::array<std::string_view, failure_count> names{
        "outage", "error", "rate_limit", "timeout", "queue_full", "too_long", "no_target"};
    return names[static_cast<std::size_t>(failure)];
}

std::string_view to_string(Trigger trigger)
{
    constexpr std::array<std::string_view, 5> names{"failures", "failure_share", "rate_limits", "latency",
                                                    "probe"};
    return names[static_cast<std::size_t>(trigger)];
}

std::string_view to_string(EventKind kind)
{
    constexpr std::array<std::string_view, 7> names{"incident_begins",  "incident_ends", "opened",
                                                    "half_open",        "closed",        "day_over_budget",
                                                    "month_over_budget"};
    return names[static_cast<std::size_t>(kind)];
}

std::int64_t Tally::all_served() const
{
    return std::accumulate(served.begin(), served.end(), std::int64_t{0});
}

std::int64_t Tally::all_failed() const
{
    return std::accumulate(failed.begin(), failed.end(), std::int64_t{0});
}

std::optional<double> Tally::quality() const
{
    const std::int64_t known = rated + all_failed();
    if (rated == 0 || rated < all_served())
        return std::nullopt;
    return expected_right / static_cast<double>(known);
}

std::int64_t Bucket::requests() const
{
    return std::accumulate(served.begin(), served.end(), late + failed);
}

}
