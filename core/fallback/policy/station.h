#pragma once

#include "core/base/decimal.h"
#include "core/fallback/policy/policy.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace leeway::fallback {

/// The slots of a target and the requests that wait for one, first come first served.
class Station
{
public:
    struct Waiting
    {
        std::uint32_t flight = 0;
        std::uint32_t generation = 0;
    };
    enum class Place : std::uint8_t { Slot, Queue, None };

    explicit Station(const RouteTarget& target);

    Place take(Waiting request);
    /// A slot is free again: the next in the queue, if any, gets it at once. One that left the queue before
    /// has to be passed over by take_next() again.
    [[nodiscard]] std::optional<Waiting> take_next();
    void release();
    /// A waiting request gives up; its place in the queue is free.
    void leave() { --m_waiting; }
    [[nodiscard]] bool unlimited() const { return m_slots == 0; }

private:
    int m_slots;
    int m_limit; // of the queue
    int m_busy = 0;
    int m_waiting = 0;            // without those that left
    std::vector<Waiting> m_queue; // a ring
    std::size_t m_first = 0;
    std::size_t m_size = 0; // with those that left
};

/// So many requests a calendar minute; what is over is refused.
class RateLimiter
{
public:
    bool passes(std::int64_t now, std::int64_t per_minute);

private:
    std::int64_t m_minute = -1;
    std::int64_t m_count = 0;
};

/// What has been spent on the day and in the month, UTC.
class Budget
{
public:
    explicit Budget(const Spending& rules) : m_rules(rules) {}

    void spend(std::int64_t now, base::Decimal amount);
    [[nodiscard]] bool day_over(std::int64_t now);
    [[nodiscard]] bool month_over(std::int64_t now);
    [[nodiscard]] bool request_over(base::Decimal amount) const
    {
        return m_rules.per_request && amount > *m_rules.per_request;
    }

private:
    void turn(std::int64_t now);

    Spending m_rules;
    std::int64_t m_day = -1;
    int m_month = -1;
    base::Decimal m_of_day;
    base::Decimal m_of_month;
};

}
