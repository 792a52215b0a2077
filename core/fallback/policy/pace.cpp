#include "core/fallback/policy/pace.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace leeway::fallback {
namespace {

constexpr double z95_one_sided = 1.6448536269514722; // 95 % quantile of the standard normal distribution

// The standard normal quantile by bisection: the table is built once for each target.
double normal_quantile(double u)
{
    double low = -9;
    double high = 9;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (0.5 * std::erfc(-middle / std::sqrt(2.0)) < u ? low : high) = middle;
    }
    return (low + high) / 2;
}

}

double Luck::draw(std::size_t target, int attempt, int purpose) const
{
    // The finaliser of SplitMix64 (S. Vigna, public domain) over the request's own random bits.
    const std::uint64_t place =
        (static_cast<std::uint64_t>(target) * 64 + static_cast<std::uint64_t>(attempt)) * 4 +
        static_cast<std::uint64_t>(purpose) + 1;
    std::uint64_t mixed = bits + place * 0x9E3779B97F4A7C15ULL;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
    mixed ^= mixed >> 31U;
    return static_cast<double>(mixed >> 11U) * 0x1.0p-53;
}

Stopwatch::Stopwatch(const Pace& pace) : m_pace(pace), m_spread(pace.p95_over_median > 1)
{
    if (!m_spread)
        return;
    const double sigma = std::log(pace.p95_over_median) / z95_one_sided;
    for (std::size_t i = 0; i < steps; ++i)
        m_factors[i] = static_cast<float>(
            std::exp(sigma * normal_quantile((static_cast<double>(i) + 0.5) / static_cast<double>(steps))));
}

double Stopwatch::answer_ms(std::int64_t prompt, std::int64_t answer, double chance) const
{
    double ms = m_pace.first_token_ms + static_cast<double>(answer) * 1000 / m_pace.tokens_per_second;
    if (m_pace.prompt_tokens_per_second > 0)
        ms += static_cast<double>(prompt) * 1000 / m_pace.prompt_tokens_per_second;
    if (m_spread)
        ms *= static_cast<double>(
            m_factors[std::min(steps - 1, static_cast<std::size_t>(chance * static_cast<double>(steps)))]);
    return std::max(1.0, ms);
}

std::int64_t begin_of(const Incident& incident)
{
    return incident.from.time_since_epoch().count();
}

std::int64_t end_of(const Incident& incident)
{
    return incident.duration_s > 0 ? begin_of(incident) + incident.duration_s * 1000
                                   : std::numeric_limits<std::int64_t>::max();
}

Forecast::Forecast(std::span<const Incident> incidents, const std::string& target)
    : m_first(std::numeric_limits<std::int64_t>::max()),
      m_last(std::numeric_limits<std::int64_t>::min())
{
    for (const Incident& incident : incidents) {
        if (incident.target != target)
            continue;
        m_spans.push_back({begin_of(incident), end_of(incident), incident});
        m_first = std::min(m_first, m_spans.back().from);
        m_last = std::max(m_last, m_spans.back().until);
    }
}

Weather Forecast::at(std::int64_t ms) const
{
    Weather weather;
    if (ms < m_first || ms >= m_last)
        return weather;
    double price = 1;
    for (const Span& span : m_spans) {
        if (ms < span.from || ms >= span.until)
            continue;
        const Incident& incident = span.incident;
        switch (incident.kind) {
        case IncidentKind::Outage:
            if (weather.outage == nullptr || incident.share_percent > weather.outage->share_percent)
                weather.outage = &incident;
            break;
        case IncidentKind::RateLimit:
            if (weather.rate_limit == nullptr ||
                incident.requests_per_minute < weather.rate_limit->requests_per_minute)
                weather.rate_limit = &incident;
            break;
        case IncidentKind::Latency:
            weather.factor *= incident.factor;
            weather.plus_ms += incident.plus_ms;
            break;
        case IncidentKind::Price:
            price *= 1 + incident.percent / 100;
            break;
        }
    }
    weather.price_percent = (price - 1) * 100;
    return weather;
}

}
