#include "core/fallback/policy/station.h"

#include "core/base/date.h"

#include <algorithm>

namespace leeway::fallback {

Station::Station(const RouteTarget& target) : m_slots(target.slots), m_limit(target.queue) {}

Station::Place Station::take(Waiting request)
{
    if (m_slots == 0)
        return Place::Slot;
    if (m_busy < m_slots) {
        ++m_busy;
        return Place::Slot;
    }
    if (m_waiting >= m_limit)
        return Place::None;
    if (m_size == m_queue.size()) {
        std::vector<Waiting> larger(std::max<std::size_t>(16, m_queue.size() * 2));
        for (std::size_t i = 0; i < m_size; ++i)
            larger[i] = m_queue[(m_first + i) % m_queue.size()];
        m_queue = std::move(larger);
        m_first = 0;
    }
    m_queue[(m_first + m_size) % m_queue.size()] = request;
    ++m_size;
    ++m_waiting;
    return Place::Queue;
}

std::optional<Station::Waiting> Station::take_next()
{
    if (m_size == 0)
        return std::nullopt;
    const Waiting next = m_queue[m_first];
    m_first = (m_first + 1) % m_queue.size();
    --m_size;
    return next;
}

void Station::release()
{
    if (m_slots > 0)
        --m_busy;
}

bool RateLimiter::passes(std::int64_t now, std::int64_t per_minute)
{
    const std::int64_t current = now / 60'000;
    if (current != m_minute) {
        m_minute = current;
        m_count = 0;
    }
    return ++m_count <= per_minute;
}

void Budget::turn(std::int64_t now)
{
    const std::int64_t day = now / 86'400'000;
    if (day == m_day)
        return;
    m_day = day;
    m_of_day = {};
    const int month = base::Month::of(base::Date(std::chrono::days(day))).index;
    if (month != m_month)
        m_of_month = {};
    m_month = month;
}

void Budget::spend(std::int64_t now, base::Decimal amount)
{
    turn(now);
    m_of_day += amount;
    m_of_month += amount;
}

bool Budget::day_over(std::int64_t now)
{
    turn(now);
    return m_rules.per_day && m_of_day >= *m_rules.per_day;
}

bool Budget::month_over(std::int64_t now)
{
    turn(now);
    return m_rules.per_month && m_of_month >= *m_rules.per_month;
}

}
