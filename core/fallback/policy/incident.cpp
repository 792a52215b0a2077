#include "core/base/text.h"
#include "core/fallback/policy/policy.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace leeway::fallback {
namespace {

constexpr std::array kinds{IncidentKind::Outage, IncidentKind::Latency, IncidentKind::RateLimit,
                           IncidentKind::Price};

tl::unexpected<base::Error> not_understood(std::string_view text, std::string_view why)
{
    return base::fail(
        base::ErrorCode::Invalid,
        fmt::format("“{}” is not understood: {}. Write for example “outage "
                    "primary@2026-10-05T09:22Z+20m”, “latency primary@2026-10-05T09:22Z+1h x4”, "
                    "“rate_limit primary@2026-10-05T09:22Z+1h 60” or “price "
                    "primary@2026-10-05 100”.",
                    text, why));
}

std::optional<double> number_of(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::optional<std::int64_t> seconds_of(std::string_view text)
{
    if (text.empty())
        return std::nullopt;
    const std::size_t unit = std::string_view("smhd").find(text.back());
    const auto value = number_of(text.substr(0, text.size() - 1));
    constexpr std::array<double, 4> lengths{1, 60, 3600, 86400};
    if (unit == std::string_view::npos || !value || *value <= 0 || *value > 1e6)
        return std::nullopt;
    return std::max<std::int64_t>(1, std::llround(*value * lengths[unit]));
}

}

std::string_view to_string(IncidentKind kind)
{
    constexpr std::array<std::string_view, 4> names{"outage", "latency", "rate_limit", "price"};
    return names[static_cast<std::size_t>(kind)];
}

base::Result<Incident> parse_incident(std::string_view text)
{
    std::vector<std::string> words = base::split(text, ' ');
    std::erase(words, std::string());
    if (words.size() < 2 || words.size() > 3)
        return not_understood(text, "it wants a kind, a place in time and, but for an outage, a figure");
    Incident incident;
    const auto found =
        std::ranges::find_if(kinds, [&](IncidentKind each) { return to_string(each) == words[0]; });
    if (found == kinds.end())
        return not_understood(text, "the kinds are outage, latency, rate_limit and price");
    incident.kind = *found;
    const std::string_view place = words[1];
    const auto at = place.find('@');
    if (at == std::string_view::npos || at == 0)
        return not_understood(text, "a target and a time are wanted, as in primary@2026-10-05T09:22Z");
    incident.target = place.substr(0, at);
    // A zone such as +02:00 has a sign too; the length comes last and ends in a letter.
    std::string_view time = place.substr(at + 1);
    if (const auto plus = time.rfind('+'); plus != std::string_view::npos) {
        if (const auto seconds = seconds_of(time.substr(plus + 1))) {
            incident.duration_s = *seconds;
            time = time.substr(0, plus);
        }
    }
    std::string written(time);
    if (written.size() == 17 && written.ends_with('Z')) // to the minute
        written.insert(16, ":00");
    const auto instant = base::parse_instant(written);
    if (!instant)
        return not_understood(text, "the time is not one");
    incident.from = *instant;
    const std::string_view figure = words.size() == 3 ? std::string_view(words[2]) : std::string_view();
    const auto value = number_of(figure.starts_with('x') ? figure.substr(1) : figure);
    switch (incident.kind) {
    case IncidentKind::Outage:
        if (!figure.empty() && (!value || *value <= 0 || *value > 100))
            return not_understood(text, "an outage's figure is the percent of requests that fail");
        incident.share_percent = value.value_or(100);
        break;
    case IncidentKind::Latency:
        if (!value || *value <= 0 || *value > 10'000)
            return not_understood(text, "a latency rise wants its factor, as in x4");
        incident.factor = *value;
        break;
    case IncidentKind::RateLimit:
        if (!value || *value < 0 || *value > 1e9)
            return not_understood(text, "a rate limit wants the requests that pass in a minute");
        incident.requests_per_minute = std::llround(*value);
        break;
    case IncidentKind::Price:
        if (!value || *value < -100 || *value > 10'000)
            return not_understood(text, "a price change wants its percent, as in 100 or -20");
        incident.percent = *value;
        break;
    }
    return incident;
}

const RouteTarget* Policy::target(std::string_view wanted) const
{
    const auto found = std::ranges::find(targets, wanted, &RouteTarget::id);
    return found == targets.end() ? nullptr : &*found;
}

Policy without_failover(const Policy& policy)
{
    Policy bare = policy;
    bare.id = "without-failover";
    bare.title = "Without failover";
    bare.routes.clear();
    bare.order = {policy.targets.front().id};
    bare.max_fallbacks = 0;
    bare.breaker = {};
    bare.spending = {};
    return bare;
}

}
