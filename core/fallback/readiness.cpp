#include "core/fallback/readiness.h"

#include "core/base/date.h"
#include "core/base/text.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace leeway::fallback {
namespace {

std::string requests(std::int64_t count)
{
    return fmt::format("{} {}", count, count == 1 ? "request" : "requests");
}

constexpr int low_score = 40; // below it is no fallback
constexpr int high_score = 75;

int percent(double share)
{
    return static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * 100));
}

double percent_shown(double share)
{
    return std::round(share * 100);
}

double bar_of(const CategoryOutcome& outcome, const ReadinessBars& bars)
{
    const double bar = bars.pass_rate[static_cast<std::size_t>(outcome.category)];
    return std::min(bar, outcome.incumbent.value_or(bar));
}

class Judge
{
public:
    Judge(const ReadinessInput& input, const ReadinessBars& bars) : m_input(input), m_bars(bars) {}

    Readiness judge()
    {
        quality();
        speed();
        capacity();
        cost();
        leave();
        total();
        std::ranges::stable_sort(m_result.reasons, [](const Reason& a, const Reason& b) {
            const auto rank = [](const Reason& reason) {
                return reason.part == ReadinessPart::Verdict ? 0 : reason.against ? 1 : 2;
            };
            return rank(a) < rank(b);
        });
        return std::move(m_result);
    }

private:
    void say(ReadinessPart part, bool against, std::string text)
    {
        m_result.reasons.push_back({part, against, std::move(text)});
    }

    void quality()
    {
        double sum = 0;
        double weights = 0;
        const bool by_traffic = std::ranges::all_of(
            m_input.categories, [](const CategoryOutcome& each) { return each.traffic.has_value(); });
        double moves = 0;
        for (const CategoryOutcome& each : m_input.categories) {
            CategoryReadiness shown{each.category,
                                    wilson(each.passed, each.cases),
                                    each.cases,
                                    bar_of(each, m_bars),
                                    false,
                                    each.traffic,
                                    {}};
            shown.may_move = each.cases > 0 && shown.rate.low >= shown.bar;
            if (each.traffic)
                shown.could_move = shown.may_move ? *each.traffic : 0;
            moves += shown.could_move.value_or(0);
            const double weight = by_traffic ? each.traffic.value_or(0) : static_cast<double>(each.cases);
            const double reached = each.cases == 0  ? 0
                                   : shown.bar <= 0 ? 1
                                                    : std::min(1.0, shown.rate.low / shown.bar);
            sum += weight * reached * reached;
            weights += weight;
            say_quality(each, shown);
            m_result.categories.push_back(shown);
        }
        if (weights > 0)
            m_result.quality = percent(sum / weights);
        else
            m_result.quality = 0;
        if (by_traffic && !m_input.categories.empty())
            m_result.could_move = moves;
        if (m_input.without_verdict > 0)
            say(ReadinessPart::Quality, true,
                fmt::format("{} of the cases had no verdict: they were cut off, too long or not answered.",
                            m_input.without_verdict));
    }

    void say_quality(const CategoryOutcome& each, const CategoryReadiness& shown)
    {
        const std::string name(to_string(each.category));
        if (each.cases == 0) {
            say(ReadinessPart::Quality, true,
                fmt::format("No case of {} work has a verdict: nothing is known of it.", name));
            return;
        }
        const std::string passes = fmt::format(
            "It passes {} of {} {} of {} work ({:g} %, by chance between {:g} "
            "and {:g} %)",
            each.passed, each.cases, each.cases == 1 ? "case" : "cases", name,
            percent_shown(shown.rate.value), percent_shown(shown.rate.low), percent_shown(shown.rate.high));
        const double bar = percent_shown(shown.bar);
        if (shown.may_move)
            say(ReadinessPart::Quality, false,
                fmt::format("{}, which is at or above the {:g} % wanted.", passes, bar));
        else if (shown.rate.value >= shown.bar)
            say(ReadinessPart::Quality, true,
                fmt::format(
                    "{}: enough for the {:g} % wanted, but with so few cases it is not certain. Add cases.",
                    passes, bar));
        else
            say(ReadinessPart::Quality, true, fmt::format("{}; {:g} % are wanted.", passes, bar));
    }

    void speed()
    {
        if (!m_input.answer_p95_ms) {
            say(ReadinessPart::Speed, true, "How fast it answers has not been measured.");
            return;
        }
        const double seconds = std::round(*m_input.answer_p95_ms / 100) / 10;
        const double wanted = m_bars.answer_ms / 1000;
        m_result.speed =
            *m_input.answer_p95_ms <= 0 ? 100 : percent(m_bars.answer_ms / *m_input.answer_p95_ms);
        const bool slow = *m_input.answer_p95_ms > m_bars.answer_ms;
        say(ReadinessPart::Speed, slow,
            fmt::format("95 % of its answers are there within {:g} s; {:g} s are allowed.", seconds, wanted));
    }

    void capacity()
    {
        if (!m_input.peak || m_input.peak->requests == 0) {
            say(ReadinessPart::Capacity, true,
                "The traffic's busiest hour is not known: import a usage log with times to see whether the "
                "model "
                "could carry it.");
            return;
        }
        if (!m_input.tokens_per_second) {
            say(ReadinessPart::Capacity, true, "How much it answers in an hour has not been measured.");
            return;
        }
        const PeakHour& peak = *m_input.peak;
        const double hour = *m_input.tokens_per_second * 3600;
        const auto wanted = static_cast<double>(peak.output);
        m_result.capacity = wanted <= 0 ? 100 : percent(hour / wanted);
        const std::string when = base::to_string(base::Instant(std::chrono::hours(peak.hour))).substr(0, 16);
        const double machines = hour > 0 ? std::ceil(wanted / hour) : 0;
        if (hour >= wanted)
            say(ReadinessPart::Capacity, false,
                fmt::format("It writes {:.0f} tokens an hour with {} at once; the busiest hour ({} UTC) "
                            "needed {:.0f} for "
                            "{}.",
                            hour, requests(m_input.parallel), when, wanted, requests(peak.requests)));
        else
            say(ReadinessPart::Capacity, true,
                fmt::format("It writes {:.0f} tokens an hour with {} at once, but the busiest hour ({} UTC) "
                            "needed {:.0f} for "
                            "{}: {}.",
                            hour, requests(m_input.parallel), when, wanted, requests(peak.requests),
                            hour > 0 ? fmt::format("{:.0f} such machines", machines)
                                     : std::string("no number of such machines")));
    }

    void cost()
    {
        if (!m_input.cost_per_request || !m_input.incumbent_cost_per_request) {
            say(ReadinessPart::Cost, true,
                "What a request costs on both sides is not known and does not count.");
            return;
        }
        const double ours = m_input.cost_per_request->to_double();
        const double theirs = m_input.incumbent_cost_per_request->to_double();
        m_result.cost = ours <= 0 ? 100 : percent(theirs / ours);
        say(ReadinessPart::Cost, ours > theirs,
            fmt::format("A request costs {} {}, at the incumbent {} {}.",
                        m_input.cost_per_request->to_fixed(6), m_input.currency,
                        m_input.incumbent_cost_per_request->to_fixed(6), m_input.currency));
    }

    void leave()
    {
        m_result.leave = m_input.leave;
        for (const Leave& each : m_input.leave)
            say(ReadinessPart::Leave, true,
                fmt::format(
                    "{}{}: {} is {}. Read the passage before a model learns from, or competes with, the "
                    "vendor's: “{}”",
                    each.contract, each.section.empty() ? "" : ", " + each.section, each.check, each.verdict,
                    base::shortened(each.passage, 300)));
    }

    void total()
    {
        double sum = 0;
        double weights = 0;
        const auto add = [&](const std::optional<int>& part, double weight) {
            if (part) {
                sum += weight * *part;
                weights += weight;
            }
        };
        add(m_result.quality, 50);
        add(m_result.speed, 15);
        add(m_result.capacity, 20);
        add(m_result.cost, 15);
        const int mean = weights > 0 ? static_cast<int>(std::lround(sum / weights)) : 0;
        m_result.score = std::min(mean, m_result.quality.value_or(0));
        verdict();
    }

    void verdict()
    {
        const std::string name = m_input.model.empty() ? "This model" : m_input.model;
        const bool any_moves = std::ranges::any_of(
            m_result.categories, [](const CategoryReadiness& each) { return each.may_move; });
        if (m_result.score < low_score)
            say(ReadinessPart::Verdict, true,
                fmt::format("{} is not a fallback: {}", name,
                            any_moves
                                ? "too much of the work would be answered wrongly, late or not at all."
                                : "in no category are enough of its answers right to move the work there."));
        else if (!any_moves)
            say(ReadinessPart::Verdict, true,
                fmt::format("{} is not proven as a fallback: no category passes for certain. Better answers "
                            "or more cases could show it.",
                            name));
        else if (m_result.score < high_score)
            say(ReadinessPart::Verdict, true,
                fmt::format("{} could take over part of the work, not all of it.", name));
        else
            say(ReadinessPart::Verdict, false, fmt::format("{} could take over.", name));
    }

    const ReadinessInput& m_input;
    const ReadinessBars& m_bars;
    Readiness m_result;
};

}

std::string_view to_string(ReadinessPart part)
{
    constexpr std::array<std::string_view, 6> names{"quality", "speed", "capacity",
                                                    "cost",    "leave", "verdict"};
    return names[static_cast<std::size_t>(part)];
}

std::optional<PeakHour> peak_of(std::span<const pricing::ModelLoad> loads)
{
    std::map<std::int32_t, PeakHour> hours;
    for (const pricing::ModelLoad& load : loads) {
        for (const pricing::HourLoad& hour : load.hours) {
            PeakHour& sum = hours[hour.hour];
            sum.hour = hour.hour;
            sum.requests += hour.requests;
            sum.output += hour.output;
        }
    }
    std::optional<PeakHour> peak;
    for (const auto& [hour, sum] : hours) {
        if (!peak || sum.output > peak->output ||
            (sum.output == peak->output && sum.requests > peak->requests))
            peak = sum;
    }
    return peak;
}

Readiness readiness_of(const ReadinessInput& input, const ReadinessBars& bars)
{
    return Judge(input, bars).judge();
}

}
