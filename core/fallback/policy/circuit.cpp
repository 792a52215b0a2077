#include "core/fallback/policy/circuit.h"

#include <algorithm>
#include <cmath>

namespace leeway::fallback {

void SlidingWindow::clear()
{
    m_first = m_size = 0;
    m_failed = m_rate_limited = m_slow = 0;
}

void SlidingWindow::count(const Entry& entry, std::int64_t by)
{
    if (entry.ending != Ending::Served)
        m_failed += by;
    if (entry.ending == Ending::RateLimited)
        m_rate_limited += by;
    if (entry.slow)
        m_slow += by;
}

void SlidingWindow::grow()
{
    std::vector<Entry> larger(std::max<std::size_t>(64, m_ring.size() * 2));
    for (std::size_t i = 0; i < m_size; ++i)
        larger[i] = m_ring[(m_first + i) & (m_ring.size() - 1)];
    m_ring = std::move(larger);
    m_first = 0;
}

void SlidingWindow::add(std::int64_t at, Ending ending, bool slow, std::int64_t width)
{
    while (m_size > 0 && m_ring[m_first].at <= at - width) {
        count(m_ring[m_first], -1);
        m_first = (m_first + 1) & (m_ring.size() - 1);
        --m_size;
    }
    if (m_size == m_ring.size())
        grow();
    Entry& entry = m_ring[(m_first + m_size) & (m_ring.size() - 1)];
    entry = {at, ending, slow};
    ++m_size;
    count(entry, 1);
}

Circuit::Circuit(const Breaker& rules)
    : m_rules(rules),
      m_width(std::max<std::int64_t>(1, std::llround(rules.window_s * 1000))),
      m_cool_down_s(rules.cool_down_s)
{
}

void Circuit::change(std::int64_t at, State to, Trigger trigger)
{
    m_state = to;
    if (to == State::Closed)
        m_closed_at = at;
    ++m_epoch;
    m_probing = 0;
    m_successes = 0;
    m_window.clear();
    m_changes.push_back({at, to, trigger});
}

void Circuit::open(std::int64_t now, Trigger trigger)
{
    if (m_state == State::Closed && now - m_closed_at >= m_width)
        m_cool_down_s = m_rules.cool_down_s;
    change(now, State::Open, trigger);
    m_until = now + std::llround(m_cool_down_s * 1000);
    m_cool_down_s = std::min(std::max(m_rules.longest_cool_down_s, m_rules.cool_down_s),
                             m_cool_down_s * m_rules.cool_down_growth);
}

bool Circuit::admits(std::int64_t now)
{
    if (m_state == State::Open && now >= m_until)
        change(m_until, m_rules.probes > 0 ? State::HalfOpen : State::Closed);
    return m_state == State::Closed || (m_state == State::HalfOpen && m_probing < m_rules.probes);
}

std::uint32_t Circuit::begin()
{
    if (m_state == State::HalfOpen)
        ++m_probing;
    return m_epoch;
}

std::optional<Trigger> Circuit::trigger() const
{
    if (m_rules.rate_limits_over && m_window.rate_limited() > *m_rules.rate_limits_over)
        return Trigger::RateLimits;
    if (m_rules.failures_over && m_window.failed() > *m_rules.failures_over)
        return Trigger::Failures;
    if (m_rules.failure_percent > 0 && m_window.size() >= m_rules.failure_requests &&
        static_cast<double>(m_window.failed()) * 100 >=
            m_rules.failure_percent * static_cast<double>(m_window.size()))
        return Trigger::FailureShare;
    if (m_rules.latency_over_ms > 0 && m_window.served() >= m_rules.latency_requests) {
        // The nearest-rank percentile is over the limit when fewer answers than its rank are within it.
        const auto rank = static_cast<std::int64_t>(
            std::ceil(m_rules.latency_percentile / 100 * static_cast<double>(m_window.served())));
        if (m_window.served() - m_window.slow() < rank)
            return Trigger::Latency;
    }
    return std::nullopt;
}

void Circuit::end(std::int64_t now, std::uint32_t epoch, Ending ending, std::int64_t latency)
{
    if (epoch != m_epoch)
        return;
    const auto ms = static_cast<double>(latency);
    const bool served = ending == Ending::Served;
    if (m_state == State::HalfOpen) {
        --m_probing;
        const double limit = m_rules.latency_over_ms * m_rules.return_below_percent / 100;
        if (!served || (limit > 0 && ms > limit)) {
            open(now, Trigger::Probe);
        } else if (++m_successes >= m_rules.successes) {
            m_cool_down_s = m_rules.cool_down_s;
            change(now, State::Closed);
        }
        return;
    }
    const bool slow = served && m_rules.latency_over_ms > 0 && ms > m_rules.latency_over_ms;
    m_window.add(now, ending, slow, m_width);
    if (const auto why = trigger())
        open(now, *why);
}

std::optional<Circuit::Change> Circuit::take_change()
{
    if (m_changes.empty())
        return std::nullopt;
    const Change change = m_changes.front();
    m_changes.erase(m_changes.begin());
    return change;
}

}
