#pragma once

#include "core/base/decimal.h"
#include "core/fallback/policy/circuit.h"
#include "core/fallback/policy/policy.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

/// Why a request was not served, by its last attempt.
enum class Failure : std::uint8_t {
    Outage,
    Error,     // on a normal day
    RateLimit, // 429
    Timeout,
    QueueFull,
    TooLong,  // for the context of the target
    NoTarget, // every target was left alone, too short or tried
    Count_
};
inline constexpr std::size_t failure_count = static_cast<std::size_t>(Failure::Count_);
std::string_view to_string(Failure failure); // "outage", "error", …
std::string_view to_string(Trigger trigger); // "failures", "failure_share", "rate_limits", "latency", "probe"

/// Whole response times in milliseconds, from a request's arrival to the last token, queue and retries
/// included.
struct Times
{
    std::int64_t p50 = 0;
    std::int64_t p95 = 0;
    std::int64_t p99 = 0;

    bool operator==(const Times&) const = default;
};

/// What became of requests.
struct Tally
{
    std::int64_t requests = 0;
    std::array<std::int64_t, most_targets> served{}; // by target, late ones too
    std::int64_t late = 0;                           // of the served
    std::array<std::int64_t, failure_count> failed{};
    std::int64_t attempts = 0;
    std::int64_t retried = 0; // further attempts at the same target
    std::int64_t moved = 0;   // served by another target than the first of their order
    Times times;              // of the served
    base::Decimal cost;       // of answers by the token; machines are apart
    std::int64_t unpriced = 0;
    /// Answers that can be expected to be right, of those with a known pass rate.
    double expected_right = 0;
    std::int64_t rated = 0;

    [[nodiscard]] std::int64_t all_served() const;
    [[nodiscard]] std::int64_t all_failed() const;
    /// 0…1 of all requests, a failed one being no right answer; nothing unless the pass rate of all that
    /// answered is known.
    [[nodiscard]] std::optional<double> quality() const;
    bool operator==(const Tally&) const = default;
};

enum class EventKind : std::uint8_t {
    IncidentBegins,
    IncidentEnds,
    Opened,   // a target is left alone
    HalfOpen, // is tried
    Closed,   // has its traffic back
    DayOverBudget,
    MonthOverBudget
};
std::string_view to_string(EventKind kind); // "incident_begins", …

struct Event
{
    base::Instant at;
    EventKind kind = EventKind::Opened;
    std::string target;
    std::optional<Trigger> trigger; // when opened
    std::string incident;           // kind of the incident

    bool operator==(const Event&) const = default;
};

/// How a policy met one incident.
struct Reaction
{
    Incident incident;
    std::optional<std::int64_t> detected_ms; // from its begin until the target was left alone
    std::optional<std::int64_t> returned_ms; // from its end until the target had its traffic back

    bool operator==(const Reaction&) const = default;
};

/// Requests by the time of their arrival.
struct Bucket
{
    std::array<std::int64_t, most_targets> served{}; // in time
    std::int64_t late = 0;
    std::int64_t failed = 0;

    [[nodiscard]] std::int64_t requests() const;
    bool operator==(const Bucket&) const = default;
};

struct Timeline
{
    base::Instant from;
    std::int64_t width_ms = 0;
    std::vector<Bucket> buckets;

    bool operator==(const Timeline&) const = default;
};

/// What a policy made of the traffic.
struct Outcome
{
    std::string policy; // id
    Tally all;
    Tally during;              // requests that arrived while an incident with an end lasted
    std::vector<Event> events; // by time; at most most_events
    std::int64_t further_events = 0;
    std::vector<Reaction> reactions; // beside the incidents
    Timeline timeline;               // of everything
    Timeline close;                  // around the incidents, by the minute or coarser; may be empty
    base::Decimal machines;          // RouteTarget::per_hour over the whole time

    bool operator==(const Outcome&) const = default;
};
inline constexpr std::size_t most_events = 2000;

}
