#include "core/fallback/policy/recorder.h"

#include "core/fallback/policy/pace.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace leeway::fallback {
namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t around = 30 * minute; // shown before and after incidents

std::int64_t floor_to(std::int64_t value, std::int64_t step)
{
    const std::int64_t rest = value % step;
    return value - (rest < 0 ? rest + step : rest);
}

// From the first incident's begin to the last end, with some time on both sides; empty without incidents.
std::pair<std::int64_t, std::int64_t> close_span(std::span<const Incident> incidents)
{
    std::int64_t from = never;
    std::int64_t until = std::numeric_limits<std::int64_t>::min();
    for (const Incident& incident : incidents) {
        from = std::min(from, begin_of(incident));
        until = std::max(until, end_of(incident));
    }
    if (incidents.empty())
        return {0, 0};
    return {from - around, until == never ? never : until + around};
}

Times times_of(const Histogram& histogram)
{
    return {histogram.percentile(50), histogram.percentile(95), histogram.percentile(99)};
}

base::Instant instant(std::int64_t ms)
{
    return base::Instant(std::chrono::milliseconds(ms));
}

}

TimelineBuilder::TimelineBuilder(std::int64_t width_ms, std::int64_t from, std::int64_t until)
    : m_width(width_ms),
      m_from(from),
      m_until(until)
{
}

void TimelineBuilder::merge()
{
    const std::int64_t wider = m_width * 2;
    const std::int64_t origin = floor_to(m_origin, wider);
    std::vector<Bucket> merged(m_buckets.size() / 2 + 1);
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        const std::int64_t begin = m_origin + static_cast<std::int64_t>(i) * m_width;
        Bucket& into = merged[static_cast<std::size_t>((begin - origin) / wider)];
        for (std::size_t t = 0; t < most_targets; ++t)
            into.served[t] += m_buckets[i].served[t];
        into.late += m_buckets[i].late;
        into.failed += m_buckets[i].failed;
    }
    m_buckets = std::move(merged);
    m_origin = origin;
    m_width = wider;
}

Bucket* TimelineBuilder::at(std::int64_t arrival)
{
    if (arrival < m_from || arrival >= m_until)
        return nullptr;
    if (m_buckets.empty())
        m_origin = floor_to(arrival, m_width);
    // Requests end in another order than they arrive in: the first to end need not be the first.
    while (arrival < m_origin) {
        m_buckets.insert(m_buckets.begin(), Bucket());
        m_origin -= m_width;
    }
    while ((arrival - m_origin) / m_width >= static_cast<std::int64_t>(most_buckets))
        merge();
    const auto index = static_cast<std::size_t>((arrival - m_origin) / m_width);
    if (index >= m_buckets.size())
        m_buckets.resize(index + 1);
    return &m_buckets[index];
}

Timeline TimelineBuilder::take()
{
    while (!m_buckets.empty() && m_buckets.back().requests() == 0)
        m_buckets.pop_back();
    return {instant(m_origin), m_width, std::move(m_buckets)};
}

Recorder::Recorder(const Policy& policy, std::span<const Incident> incidents)
    : m_policy(policy),
      m_incidents(incidents.begin(), incidents.end()),
      m_late_after(std::llround(policy.late_after_s * 1000)),
      m_timeline(minute, std::numeric_limits<std::int64_t>::min(), never),
      m_close(minute, close_span(incidents).first, close_span(incidents).second)
{
    for (const Incident& incident : m_incidents)
        m_reactions.push_back({incident, {}, {}});
    m_away.resize(m_incidents.size());
}

bool Recorder::during(std::int64_t arrival) const
{
    return std::ranges::any_of(m_incidents, [&](const Incident& incident) {
        return incident.duration_s > 0 && begin_of(incident) <= arrival && arrival < end_of(incident);
    });
}

void Recorder::add(Sum& sum, const Ended& request) const
{
    Tally& tally = sum.tally;
    ++tally.requests;
    tally.attempts += request.attempts;
    tally.retried += request.retries;
    if (request.target < 0) {
        ++tally.failed[static_cast<std::size_t>(request.failure)];
        return;
    }
    const std::int64_t took = request.at - request.arrival;
    ++tally.served[static_cast<std::size_t>(request.target)];
    tally.late += took > m_late_after ? 1 : 0;
    tally.moved += request.moved ? 1 : 0;
    sum.times.add(took);
    tally.cost += request.cost;
    tally.unpriced += request.priced ? 0 : 1;
    if (request.right) {
        tally.expected_right += *request.right;
        ++tally.rated;
    }
}

void Recorder::ended(const Ended& request)
{
    add(m_all, request);
    if (during(request.arrival))
        add(m_during, request);
    const bool late = request.target >= 0 && request.at - request.arrival > m_late_after;
    for (TimelineBuilder* builder : {&m_timeline, &m_close}) {
        Bucket* bucket = builder->at(request.arrival);
        if (bucket == nullptr)
            continue;
        if (request.target < 0)
            ++bucket->failed;
        else if (late)
            ++bucket->late;
        else
            ++bucket->served[static_cast<std::size_t>(request.target)];
    }
}

void Recorder::add_event(Event event)
{
    if (m_events.size() < most_events)
        m_events.push_back(std::move(event));
    else
        ++m_further_events;
}

void Recorder::changed(std::size_t target, const Circuit::Change& change)
{
    const std::string& id = m_policy.targets[target].id;
    const bool opened = change.to == Circuit::State::Open;
    const bool closed = change.to == Circuit::State::Closed;
    for (std::size_t i = 0; i < m_reactions.size(); ++i) {
        Reaction& reaction = m_reactions[i];
        const std::int64_t begin = begin_of(reaction.incident);
        const std::int64_t end = end_of(reaction.incident);
        if (reaction.incident.target != id)
            continue;
        if (change.at < end)
            m_away[i] = !closed;
        if (change.at < begin)
            continue;
        if (opened && !reaction.detected_ms && change.at < end)
            reaction.detected_ms = change.at - begin;
        if (closed && reaction.detected_ms && !reaction.returned_ms && change.at >= end)
            reaction.returned_ms = change.at - end;
    }
    const EventKind kind = opened ? EventKind::Opened : closed ? EventKind::Closed : EventKind::HalfOpen;
    add_event({instant(change.at), kind, id, opened ? std::optional(change.trigger) : std::nullopt, {}});
}

void Recorder::over_budget(std::int64_t at, EventKind kind)
{
    for (Reaction& reaction : m_reactions) {
        const std::int64_t begin = begin_of(reaction.incident);
        if (reaction.incident.kind == IncidentKind::Price && begin <= at && at < end_of(reaction.incident) &&
            !reaction.detected_ms)
            reaction.detected_ms = at - begin;
    }
    add_event({instant(at), kind, {}, {}, {}});
}

Outcome Recorder::take(std::int64_t first, std::int64_t last)
{
    Outcome outcome;
    outcome.policy = m_policy.id;
    outcome.all = m_all.tally;
    outcome.all.times = times_of(m_all.times);
    outcome.during = m_during.tally;
    outcome.during.times = times_of(m_during.times);
    for (const Incident& incident : m_incidents) {
        const std::string kind(to_string(incident.kind));
        m_events.push_back({incident.from, EventKind::IncidentBegins, incident.target, {}, kind});
        if (incident.duration_s > 0)
            m_events.push_back(
                {instant(end_of(incident)), EventKind::IncidentEnds, incident.target, {}, kind});
    }
    std::ranges::stable_sort(m_events, {}, &Event::at);
    outcome.events = std::move(m_events);
    outcome.further_events = m_further_events;
    for (std::size_t i = 0; i < m_reactions.size(); ++i) {
        if (m_reactions[i].detected_ms && !m_away[i] && m_reactions[i].incident.duration_s > 0)
            m_reactions[i].returned_ms = 0;
    }
    outcome.reactions = std::move(m_reactions);
    outcome.timeline = m_timeline.take();
    outcome.close = m_close.take();
    for (const RouteTarget& target : m_policy.targets)
        outcome.machines += target.per_hour * std::max<std::int64_t>(last - first, 0) /
                            base::Decimal::from_integer(60 * minute);
    return outcome;
}

}
