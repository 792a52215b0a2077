#include "core/fallback/policy/sweep.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <tuple>

namespace leeway::fallback {
namespace {

constexpr std::array<std::string_view, 4> names{"failed", "failed-or-late", "cost", "quality"};

base::Decimal whole_cost(const Outcome& outcome)
{
    return outcome.all.cost + outcome.machines;
}

double percent_of(std::int64_t part, std::int64_t whole)
{
    return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

// Less is better.
double measure(const Outcome& outcome, Goal goal)
{
    switch (goal) {
    case Goal::FewestFailed:
        return static_cast<double>(outcome.all.all_failed());
    case Goal::FewestFailedOrLate:
        return static_cast<double>(outcome.all.all_failed() + outcome.all.late);
    case Goal::LowestCost:
        return whole_cost(outcome).to_double();
    case Goal::BestQuality:
        return -outcome.all.quality().value_or(0);
    }
    return 0;
}

// The policies so far, each with each of the values.
template<typename T, typename Set>
void spread(std::vector<Policy>& policies, const std::vector<T>& values, const Set& set)
{
    if (values.empty())
        return;
    std::vector<Policy> all;
    for (const Policy& policy : policies) {
        for (const T& value : values) {
            all.push_back(policy);
            set(all.back(), value);
        }
    }
    policies = std::move(all);
}

void name(Policy& policy, const std::string& part)
{
    policy.title += (policy.title.empty() ? "" : ", ") + part;
}

}

std::size_t Grid::size() const
{
    const auto of = [](std::size_t count) { return std::max<std::size_t>(count, 1); };
    return of(latency_over_ms.size()) * of(failure_percent.size()) * of(cool_down_s.size()) *
           of(retries.size());
}

std::string_view to_string(Goal goal)
{
    return names[static_cast<std::size_t>(goal)];
}

std::optional<Goal> goal_from(std::string_view text)
{
    const auto found = std::ranges::find(names, text);
    return found == names.end() ? std::nullopt : std::optional(static_cast<Goal>(found - names.begin()));
}

bool Aim::allows(const Outcome& outcome) const
{
    const Tally& all = outcome.all;
    return (!most_failed_percent || percent_of(all.all_failed(), all.requests) <= *most_failed_percent) &&
           (!most_late_percent || percent_of(all.late, all.requests) <= *most_late_percent) &&
           (!most_cost || whole_cost(outcome) <= *most_cost);
}

base::Result<std::vector<Policy>> variants(const Policy& policy, const Grid& grid)
{
    if (grid.size() > most_swept)
        return base::fail(
            base::ErrorCode::Invalid,
            fmt::format("{} combinations of thresholds are too many; name fewer values, for at most "
                        "{}.",
                        grid.size(), most_swept));
    std::vector<Policy> policies{policy};
    policies.front().title.clear();
    spread(policies, grid.latency_over_ms, [](Policy& each, double ms) {
        each.breaker.latency_over_ms = ms;
        name(each, ms == 0 ? std::string("latency off") : fmt::format("latency over {:g} s", ms / 1000));
    });
    spread(policies, grid.failure_percent, [](Policy& each, double percent) {
        each.breaker.failure_percent = percent;
        name(each, percent == 0 ? std::string("failures off") : fmt::format("failures from {:g} %", percent));
    });
    spread(policies, grid.cool_down_s, [](Policy& each, double seconds) {
        each.breaker.cool_down_s = seconds;
        name(each, fmt::format("cool-down {:g} s", seconds));
    });
    spread(policies, grid.retries, [](Policy& each, int retries) {
        each.retries = retries;
        name(each, fmt::format("{} retries", retries));
    });
    for (std::size_t i = 0; i < policies.size(); ++i) {
        policies[i].id = fmt::format("{}-{}", policy.id, i + 1);
        if (policies[i].title.empty())
            policies[i].title = policy.title;
    }
    return policies;
}

std::optional<std::size_t> best_of(const std::vector<Outcome>& outcomes, const Aim& aim)
{
    std::optional<std::size_t> best;
    const auto worth = [&](std::size_t i) {
        return std::tuple(measure(outcomes[i], aim.goal), whole_cost(outcomes[i]));
    };
    const auto is_known = [&](const Outcome& outcome) {
        return aim.goal != Goal::BestQuality || outcome.all.quality().has_value();
    };
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (aim.allows(outcomes[i]) && is_known(outcomes[i]) && (!best || worth(i) < worth(*best)))
            best = i;
    }
    return best;
}

}
