#pragma once

#include "core/fallback/policy/policy.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace leeway::fallback {

/// The chance that a request meets, drawn once when it arrives, so that every policy is tried on the same
/// luck.
struct Luck
{
    std::uint64_t bits = 0;

    /// 0…1 for the `attempt`-th attempt at a target; `purpose` tells draws of one attempt apart.
    [[nodiscard]] double draw(std::size_t target, int attempt, int purpose) const;
};

/// How long answers take: Pace with its spread ready for use.
class Stopwatch
{
public:
    explicit Stopwatch(const Pace& pace);
    /// Milliseconds from sending to the last token, at least 1; `chance` 0…1 picks from the spread.
    [[nodiscard]] double answer_ms(std::int64_t prompt, std::int64_t answer, double chance) const;
    [[nodiscard]] double first_token_ms() const { return m_pace.first_token_ms; }

private:
    static constexpr std::size_t steps = 1024;
    Pace m_pace;
    bool m_spread = false;
    std::array<float, steps> m_factors{}; // quantiles of the spread
};

/// What the incidents make of one target at a moment.
struct Weather
{
    const Incident* outage = nullptr;
    const Incident* rate_limit = nullptr;
    double factor = 1; // on latency
    double plus_ms = 0;
    double price_percent = 0; // of all changes together: 100 → 300 is +200
};

/// The incidents of one target.
class Forecast
{
public:
    Forecast(std::span<const Incident> incidents, const std::string& target);
    [[nodiscard]] Weather at(std::int64_t ms) const;

private:
    struct Span
    {
        std::int64_t from = 0;
        std::int64_t until = 0;
        Incident incident;
    };
    std::vector<Span> m_spans;
    std::int64_t m_first = 0;
    std::int64_t m_last = 0;
};

/// Milliseconds since 1970 of begin and end; an incident without a length never ends.
std::int64_t begin_of(const Incident& incident);
std::int64_t end_of(const Incident& incident);

}
