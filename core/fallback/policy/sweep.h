#pragma once

#include "core/fallback/policy/replay.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

/// Values of thresholds to try, each with each; an empty list leaves the policy's own.
struct Grid
{
    std::vector<double> latency_over_ms;
    std::vector<double> failure_percent;
    std::vector<double> cool_down_s;
    std::vector<int> retries;

    [[nodiscard]] std::size_t size() const;
};
inline constexpr std::size_t most_swept = 200;

enum class Goal { FewestFailed, FewestFailedOrLate, LowestCost, BestQuality };
std::string_view to_string(Goal goal); // "failed", "failed-or-late", "cost", "quality"
std::optional<Goal> goal_from(std::string_view text);

/// What counts as best, and what it must not cost.
struct Aim
{
    Goal goal = Goal::FewestFailedOrLate;
    std::optional<double> most_failed_percent; // of all requests
    std::optional<double> most_late_percent;
    std::optional<base::Decimal> most_cost; // tokens and machines

    [[nodiscard]] bool allows(const Outcome& outcome) const;
};

/// The policy with each combination of the grid, titles saying which. Invalid for more than most_swept.
base::Result<std::vector<Policy>> variants(const Policy& policy, const Grid& grid);

/// The place of the best outcome among those that the aim allows; of equals the cheaper, then the first.
/// Nothing when it allows none, or when quality is asked for and known of none.
std::optional<std::size_t> best_of(const std::vector<Outcome>& outcomes, const Aim& aim);

}
