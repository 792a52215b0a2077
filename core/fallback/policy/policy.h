#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/base/result.h"
#include "core/fallback/suite.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

inline constexpr std::size_t category_count = 3;
inline constexpr std::size_t most_targets = 8;

/// Which requests a rule concerns; what is empty or 0 does not limit.
struct Match
{
    std::vector<std::string> models; // "vendor/model" or model, as logged; letters' case does not count
    std::vector<std::string> tags;
    std::vector<Category> categories; // for routes
    std::int64_t min_prompt_tokens = 0;
    std::int64_t max_prompt_tokens = 0;

    bool operator==(const Match&) const = default;
};

/// How fast a target answers: first token + prompt ÷ reading speed + answer ÷ writing speed.
struct Pace
{
    double first_token_ms = 500;
    double prompt_tokens_per_second = 0; // 0: reading the prompt takes no time of its own
    double tokens_per_second = 60;       // of one answer
    double p95_over_median = 1;          // spread, lognormal; 1: always alike

    bool operator==(const Pace&) const = default;
};

/// A model that can serve: the primary, another vendor, a local server.
struct RouteTarget
{
    std::string id;
    std::string title;
    /// Of the price sheet ("vendor/model"); "logged": what the log names; empty: nothing is paid by the
    /// token.
    std::string model;
    std::optional<base::Decimal> input_per_million; // own prices instead of the sheet's, in its currency
    std::optional<base::Decimal> output_per_million;
    base::Decimal per_hour; // paid whether it serves or not
    Pace pace;
    double error_percent = 0;                                         // of its answers, on a normal day
    int slots = 0;                                                    // answers at once; 0: no limit
    int queue = 0;                                                    // requests that may wait for a slot
    std::int64_t context_tokens = 0;                                  // prompt and answer; 0: no limit
    std::array<std::optional<double>, category_count> pass_percent{}; // of a suite, by category
    std::string url;                                                  // for the router: where it is served
    std::string served_model;                                         // for the router: "openai/gpt-5.4"
    std::string key_variable; // for the router: the environment variable with its key

    bool operator==(const RouteTarget&) const = default;
};

struct CategoryRule
{
    Category category = Category::Complex;
    Match when;

    bool operator==(const CategoryRule&) const = default;
};

/// Requests that go to targets in an order of their own.
struct Route
{
    std::string name;
    Match when;
    std::vector<std::string> order; // ids of targets

    bool operator==(const Route&) const = default;
};

/// When a target is left alone, and when it is tried again. Counted are attempts that ended within the
/// window.
struct Breaker
{
    double window_s = 60;
    std::optional<int> failures_over;    // opens beyond so many failures
    double failure_percent = 0;          // opens at this share of failures; 0: off
    int failure_requests = 5;            // … of at least so many attempts
    std::optional<int> rate_limits_over; // opens beyond so many answers of 429
    double latency_over_ms = 0;          // opens when the percentile is over it; 0: off
    double latency_percentile = 95;
    int latency_requests = 20; // … of at least so many answers
    double cool_down_s = 5;
    double cool_down_growth = 1; // factor on each opening in a row
    double longest_cool_down_s = 600;
    int probes = 0;    // at once while half-open; 0: closes when the cool-down is over
    int successes = 1; // probes in a row that close it
    /// Hysteresis: a probe succeeds only when it takes at most this share of latency_over_ms.
    double return_below_percent = 100;

    bool operator==(const Breaker&) const = default;
};

/// Limits that move requests to targets which cost less; where no other target takes a request, they give
/// way.
struct Spending
{
    std::optional<base::Decimal> per_request;
    std::optional<base::Decimal> per_day; // of all targets, UTC
    std::optional<base::Decimal> per_month;

    bool operator==(const Spending&) const = default;
};

/// Who serves what, and who takes over when: templates/policies/policy.schema.json.
struct Policy
{
    std::string id;
    std::string title;
    std::string note;
    std::vector<RouteTarget> targets;     // the first is the primary
    std::vector<CategoryRule> categories; // the first that matches; routine otherwise
    std::vector<Route> routes;            // the first that matches; `order` otherwise
    std::vector<std::string> order;       // ids of targets
    int retries = 2;                      // at the same target
    double retry_after_ms = 0;
    int max_fallbacks = 5;
    double timeout_s = 600;    // of one attempt
    double late_after_s = 10;  // an answer later than this counts as late
    bool context_check = true; // a request too long for a target is not sent there; false: its refusal shows
    Breaker breaker;
    Spending spending;

    [[nodiscard]] const RouteTarget* target(std::string_view id) const;
    bool operator==(const Policy&) const = default;
};

enum class IncidentKind { Outage, Latency, RateLimit, Price };
std::string_view to_string(IncidentKind kind); // "outage", "latency", "rate_limit", "price"

/// Something that happens to a target. An attempt meets it when it begins within [from, from + duration).
struct Incident
{
    IncidentKind kind = IncidentKind::Outage;
    std::string target;
    base::Instant from;
    std::int64_t duration_s = 0;          // 0: for ever
    double share_percent = 100;           // outage: of the attempts that fail
    double fails_after_ms = 50;           // outage, rate limit: until the failure is seen
    double factor = 1;                    // latency
    double plus_ms = 0;                   // latency
    std::int64_t requests_per_minute = 0; // rate limit, by calendar minute
    double percent = 0;                   // price change

    bool operator==(const Incident&) const = default;
};

/// Checks and reads a policy; errors name line and path.
base::Result<Policy> parse_policy(const std::string& name, std::string_view text);
/// By the id of a bundled one or a path.
base::Result<Policy> load_policy(const std::string& path_or_id);
base::Result<std::vector<Policy>> bundled_policies();
/// parse_policy() reads it back to an equal policy.
std::string to_json(const Policy& policy);

/// The same requests without any help: only the primary, without thresholds, with the same retries.
Policy without_failover(const Policy& policy);

/// Reads "outage primary@2026-10-05T09:22Z+20m", "latency primary@… +1h x4", "rate_limit primary@…+30m 60",
/// "price primary@… 100": kind, target, time, duration (s, m, h, d), then the kind's own figure.
base::Result<Incident> parse_incident(std::string_view text);

}
