#pragma once

#include "core/fallback/policy/policy.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace leeway::fallback {

/// How an attempt at a target ended.
enum class Ending : std::uint8_t { Served, Failed, RateLimited };

/// Why a circuit opened.
enum class Trigger : std::uint8_t { Failures, FailureShare, RateLimits, Latency, Probe };

/// The attempts that ended within a window of time; memory grows with those alone.
class SlidingWindow
{
public:
    void clear();
    void add(std::int64_t at, Ending ending, bool slow, std::int64_t width);

    [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(m_size); }
    [[nodiscard]] std::int64_t failed() const { return m_failed; } // rate limits too
    [[nodiscard]] std::int64_t rate_limited() const { return m_rate_limited; }
    [[nodiscard]] std::int64_t slow() const { return m_slow; }
    [[nodiscard]] std::int64_t served() const { return size() - m_failed; }

private:
    struct Entry
    {
        std::int64_t at = 0;
        Ending ending = Ending::Served;
        bool slow = false;
    };
    void count(const Entry& entry, std::int64_t by);
    void grow();

    std::vector<Entry> m_ring; // a power of two of places
    std::size_t m_first = 0;
    std::size_t m_size = 0;
    std::int64_t m_failed = 0;
    std::int64_t m_rate_limited = 0;
    std::int64_t m_slow = 0;
};

/// The circuit breaker of one target. All times are milliseconds and never go back.
class Circuit
{
public:
    enum class State : std::uint8_t { Closed, Open, HalfOpen };
    struct Change
    {
        std::int64_t at = 0;
        State to = State::Closed;
        Trigger trigger = Trigger::Failures; // when opened
    };

    explicit Circuit(const Breaker& rules);

    /// Whether an attempt may begin now. A cool-down that is over shows here first: see take_change().
    [[nodiscard]] bool admits(std::int64_t now);
    /// An attempt begins; what is to be handed to end().
    std::uint32_t begin();
    /// An attempt that began under `epoch` ended after `latency` ms; those from before a change of state do
    /// not count.
    void end(std::int64_t now, std::uint32_t epoch, Ending ending, std::int64_t latency);

    [[nodiscard]] State state() const { return m_state; }
    /// The next change that happened, oldest first; at most two are waiting after each call above.
    std::optional<Change> take_change();

private:
    void change(std::int64_t at, State to, Trigger trigger = Trigger::Failures);
    void open(std::int64_t now, Trigger trigger);
    [[nodiscard]] std::optional<Trigger> trigger() const;

    Breaker m_rules;
    std::int64_t m_width;
    State m_state = State::Closed;
    std::int64_t m_until = 0;
    std::int64_t m_closed_at = 0; // a whole window after it, the target counts as recovered
    double m_cool_down_s = 0;
    std::uint32_t m_epoch = 0;
    int m_probing = 0;
    int m_successes = 0;
    SlidingWindow m_window;
    std::vector<Change> m_changes;
};

}
