#include "core/fallback/policy/words.h"

#include <cmath>
#include <fmt/format.h>

namespace leeway::fallback {
namespace {

std::string title_of(const Policy& policy, const std::string& id)
{
    const RouteTarget* target = policy.target(id);
    return target == nullptr ? id : target->title;
}

std::string listed(const std::vector<std::string>& parts, std::string_view last = "and")
{
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i)
        text += (i == 0 ? "" : i + 1 == parts.size() ? fmt::format(" {} ", last) : ", ") + parts[i];
    return text;
}

std::string order_words(const Policy& policy, const std::vector<std::string>& order)
{
    std::string text;
    for (std::size_t i = 0; i < order.size(); ++i)
        text += (i == 0 ? "" : ", then ") + title_of(policy, order[i]);
    return text;
}

std::string match_words(const Match& match)
{
    std::vector<std::string> parts;
    if (!match.categories.empty()) {
        std::vector<std::string> categories;
        for (const Category category : match.categories)
            categories.emplace_back(to_string(category));
        parts.push_back(listed(categories, "or") + " requests");
    }
    if (!match.models.empty())
        parts.push_back("requests to " + listed(match.models, "or"));
    if (!match.tags.empty())
        parts.push_back("requests tagged " + listed(match.tags, "or"));
    if (match.min_prompt_tokens > 0 && match.max_prompt_tokens > 0)
        parts.push_back(
            fmt::format("prompts of {} to {} tokens", match.min_prompt_tokens, match.max_prompt_tokens));
    else if (match.min_prompt_tokens > 0)
        parts.push_back(fmt::format("prompts of {} tokens or more", match.min_prompt_tokens));
    else if (match.max_prompt_tokens > 0)
        parts.push_back(fmt::format("prompts of at most {} tokens", match.max_prompt_tokens));
    return parts.empty() ? "all requests" : listed(parts, "that are also");
}

std::string counted(int count, std::string_view one, std::string_view more)
{
    return fmt::format("{} {}", count, count == 1 ? one : more);
}

std::vector<std::string> serving(const Policy& policy)
{
    std::vector<std::string> sentences{fmt::format("Requests go to {}.", order_words(policy, policy.order))};
    for (const CategoryRule& rule : policy.categories)
        sentences.push_back(
            fmt::format("Requests count as {}: {}.", to_string(rule.category), match_words(rule.when)));
    for (const Route& route : policy.routes)
        sentences.push_back(fmt::format("{}{} go to {}.", route.name.empty() ? "" : route.name + ": ",
                                        match_words(route.when), order_words(policy, route.order)));
    for (const RouteTarget& target : policy.targets) {
        if (target.slots > 0)
            sentences.push_back(
                fmt::format("{} answers {} at once; up to {} wait, and what is beyond goes to the "
                            "next in the order.",
                            target.title, counted(target.slots, "request", "requests"), target.queue));
        if (target.context_tokens > 0)
            sentences.push_back(
                fmt::format("{} takes requests of up to {} tokens, prompt and answer together; {}.",
                            target.title, target.context_tokens,
                            policy.context_check ? "longer ones are not sent there"
                                                 : "longer ones move on when it refuses them"));
    }
    return sentences;
}

std::vector<std::string> trying(const Policy& policy)
{
    std::string retries =
        policy.retries == 0
            ? "A request that fails is not sent to the same place again"
            : fmt::format("A request that fails is sent to the same place up to {} again{}",
                          counted(policy.retries, "time", "times"),
                          policy.retry_after_ms > 0
                              ? fmt::format(", {} later each", duration_words(policy.retry_after_ms / 1000))
                              : std::string());
    retries += policy.max_fallbacks == 0
                   ? ", and to no other."
                   : fmt::format(", then to the next in the order, at most {}.",
                                 counted(policy.max_fallbacks, "place further", "places further"));
    return {
        std::move(retries),
        fmt::format("An attempt is given up after {}. An answer that takes longer than {} from the request's "
                    "arrival counts as late.",
                    duration_words(policy.timeout_s), duration_words(policy.late_after_s))};
}

std::vector<std::string> leaving(const Breaker& breaker)
{
    std::vector<std::string> reasons;
    if (breaker.failures_over)
        reasons.push_back(words_of(Trigger::Failures, breaker));
    if (breaker.failure_percent > 0)
        reasons.push_back(words_of(Trigger::FailureShare, breaker));
    if (breaker.rate_limits_over)
        reasons.push_back(words_of(Trigger::RateLimits, breaker));
    if (breaker.latency_over_ms > 0)
        reasons.push_back(words_of(Trigger::Latency, breaker));
    if (reasons.empty())
        return {"Nothing makes the router leave a place alone: each request tries it anew."};
    std::vector<std::string> sentences{
        fmt::format("A place gets no more requests after {}.", listed(reasons, "or after"))};
    sentences.push_back(
        fmt::format("It is left alone for {}{}.", duration_words(breaker.cool_down_s),
                    breaker.cool_down_growth > 1
                        ? fmt::format(", {:g} times as long each time in a row, up to {}",
                                      breaker.cool_down_growth, duration_words(breaker.longest_cool_down_s))
                        : std::string()));
    if (breaker.probes == 0)
        sentences.emplace_back("Then all its requests come back at once.");
    else
        sentences.push_back(fmt::format(
            "Then {} at a time {} it; after {} in a row that succeed{} all come back, and the first that "
            "does not "
            "leaves it alone again.",
            counted(breaker.probes, "request", "requests"), breaker.probes == 1 ? "tries" : "try",
            breaker.successes,
            breaker.latency_over_ms > 0
                ? fmt::format(" within {}", duration_words(breaker.latency_over_ms *
                                                           breaker.return_below_percent / 100'000))
                : std::string()));
    return sentences;
}

std::vector<std::string> paying(const Spending& spending)
{
    std::vector<std::string> limits;
    if (spending.per_request)
        limits.push_back(fmt::format("{} for one request", spending.per_request->to_string()));
    if (spending.per_day)
        limits.push_back(fmt::format("{} on one day (UTC)", spending.per_day->to_string()));
    if (spending.per_month)
        limits.push_back(fmt::format("{} in one month", spending.per_month->to_string()));
    if (limits.empty())
        return {"Cost moves no request."};
    return {fmt::format("What would cost more than {} goes to the next place that keeps to it, else to the "
                        "cheapest that takes it. No request is refused for its cost.",
                        listed(limits, "or"))};
}

}

std::string duration_words(double seconds)
{
    if (seconds < 1 && seconds > 0)
        return fmt::format("{:g} ms", std::round(seconds * 1000));
    if (seconds < 120)
        return fmt::format("{:g} s", std::round(seconds * 10) / 10);
    if (seconds < 7200)
        return fmt::format("{:g} min", std::round(seconds / 6) / 10);
    return fmt::format("{:g} h", std::round(seconds / 360) / 10);
}

std::string words_of(Trigger trigger, const Breaker& breaker)
{
    const std::string window = duration_words(breaker.window_s);
    switch (trigger) {
    case Trigger::Failures:
        return fmt::format("more than {} within {}",
                           counted(breaker.failures_over.value_or(0), "failure", "failures"), window);
    case Trigger::FailureShare:
        return fmt::format("failures of {:g} % or more of at least {} attempts within {}",
                           breaker.failure_percent, breaker.failure_requests, window);
    case Trigger::RateLimits:
        return fmt::format("more than {} of “too many requests” within {}",
                           counted(breaker.rate_limits_over.value_or(0), "answer", "answers"), window);
    case Trigger::Latency:
        return fmt::format("{:g} % of at least {} answers not being there within {} (counted over {})",
                           100 - breaker.latency_percentile, breaker.latency_requests,
                           duration_words(breaker.latency_over_ms / 1000), window);
    case Trigger::Probe:
        return "a try that failed or was too slow";
    }
    return {};
}

std::string_view words_of(EventKind kind)
{
    switch (kind) {
    case EventKind::IncidentBegins:
        return "the incident begins";
    case EventKind::IncidentEnds:
        return "the incident ends";
    case EventKind::Opened:
        return "left alone";
    case EventKind::HalfOpen:
        return "tried again";
    case EventKind::Closed:
        return "has its traffic back";
    case EventKind::DayOverBudget:
        return "the day is over its budget";
    case EventKind::MonthOverBudget:
        return "the month is over its budget";
    }
    return {};
}

std::string words_of(const Incident& incident)
{
    switch (incident.kind) {
    case IncidentKind::Outage:
        return incident.share_percent >= 100
                   ? std::string("an outage")
                   : fmt::format("an outage of {:g} % of requests", incident.share_percent);
    case IncidentKind::Latency:
        return fmt::format("answers {:g} times as slow", incident.factor);
    case IncidentKind::RateLimit:
        return fmt::format("at most {} requests a minute", incident.requests_per_minute);
    case IncidentKind::Price:
        return fmt::format("prices {:g} % {}", std::abs(incident.percent),
                           incident.percent < 0 ? "lower" : "higher");
    }
    return {};
}

std::vector<Clause> clauses_of(const Policy& policy)
{
    return {{"Who serves", serving(policy)},
            {"What happens when a request fails", trying(policy)},
            {"When a place is left alone, and when it is tried again", leaving(policy.breaker)},
            {"Cost", paying(policy.spending)}};
}

}
