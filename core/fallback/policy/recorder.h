#pragma once

#include "core/fallback/policy/histogram.h"
#include "core/fallback/policy/outcome.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace leeway::fallback {

/// Buckets that become twice as wide whenever there would be too many.
class TimelineBuilder
{
public:
    static constexpr std::size_t most_buckets = 2048;

    /// Of requests that arrive within [from, until).
    TimelineBuilder(std::int64_t width_ms, std::int64_t from, std::int64_t until);
    /// The bucket of an arrival; null outside.
    Bucket* at(std::int64_t arrival);
    [[nodiscard]] Timeline take();

private:
    void merge();

    std::int64_t m_width;
    std::int64_t m_from;
    std::int64_t m_until;
    std::int64_t m_origin = 0; // of the first bucket
    std::vector<Bucket> m_buckets;
};

/// A request as it ended.
struct Ended
{
    std::int64_t arrival = 0;
    std::int64_t at = 0;
    int target = -1; // that served; -1: failed
    Failure failure = Failure::NoTarget;
    bool moved = false;
    bool priced = true;
    int attempts = 0;
    int retries = 0;
    base::Decimal cost;
    std::optional<double> right; // 0…1
};

/// Sums up what becomes of requests under one policy.
class Recorder
{
public:
    Recorder(const Policy& policy, std::span<const Incident> incidents);

    void ended(const Ended& request);
    void changed(std::size_t target, const Circuit::Change& change);
    void over_budget(std::int64_t at, EventKind kind);
    /// After the last request; the log's first and last time.
    [[nodiscard]] Outcome take(std::int64_t first, std::int64_t last);

private:
    struct Sum
    {
        Tally tally;
        Histogram times;
    };
    void add(Sum& sum, const Ended& request) const;
    void add_event(Event event);
    [[nodiscard]] bool during(std::int64_t arrival) const;

    const Policy& m_policy;
    std::vector<Incident> m_incidents;
    std::int64_t m_late_after;
    Sum m_all;
    Sum m_during;
    TimelineBuilder m_timeline;
    TimelineBuilder m_close;
    std::vector<Event> m_events;
    std::int64_t m_further_events = 0;
    std::vector<Reaction> m_reactions; // beside the incidents
    std::vector<bool> m_away;          // … whether the target is left alone or tried before its end
};

}
