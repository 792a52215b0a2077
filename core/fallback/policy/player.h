#pragma once

#include "core/fallback/policy/circuit.h"
#include "core/fallback/policy/outcome.h"
#include "core/fallback/policy/pace.h"
#include "core/fallback/policy/recorder.h"
#include "core/fallback/policy/station.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace leeway::fallback {

/// A request of the log as a policy sees it.
struct Request
{
    std::int64_t at = 0; // milliseconds since 1970
    std::int64_t prompt = 0;
    std::int64_t answer = 0;
    std::uint8_t category = 0;
    std::uint8_t route = 0;                         // place in orders_of(); 0 is Policy::order
    std::uint8_t unpriced = 0;                      // bit t: target t has no price for it
    std::array<base::Decimal, most_targets> cost{}; // at each target, without incidents
    Luck luck;
};

/// The orders of targets by their places: that of the policy, then those of its routes.
std::vector<std::vector<std::uint8_t>> orders_of(const Policy& policy);

/// Plays requests through one policy as a discrete event simulation. Memory holds what is under way alone.
class Player
{
public:
    /// `policy` must outlive the player.
    Player(const Policy& policy, std::span<const Incident> incidents);

    /// Requests in the order of their time.
    void arrive(const Request& request);
    /// Lets all that is under way end.
    [[nodiscard]] Outcome finish(std::int64_t first, std::int64_t last);

private:
    enum class Step : std::uint8_t { End, Retry, GiveUpWaiting };
    struct Flight
    {
        Request request;
        std::uint8_t tried = 0; // targets, by bit
        std::int8_t target = -1;
        std::int8_t first_choice = -1;
        std::int8_t tries = 0; // at the target
        std::int16_t attempts = 0;
        std::int16_t retries = 0;
        std::int16_t fallbacks = 0;
        std::int64_t sent = 0; // the attempt
        std::uint32_t epoch = 0;
        std::uint32_t generation = 0; // events of former attempts are void
        bool in_slot = false;
        Failure outcome = Failure::NoTarget; // of the attempt; `served` below wins
        bool served = false;
    };
    struct Event
    {
        std::int64_t at = 0;
        std::uint64_t number = 0; // equal times: in the order of their making
        std::uint32_t flight = 0;
        std::uint32_t generation = 0;
        Step step = Step::End;
    };
    struct Later
    {
        bool operator()(const Event& a, const Event& b) const
        {
            return a.at != b.at ? a.at > b.at : a.number > b.number;
        }
    };

    void run_until(std::int64_t time);
    void handle(const Event& event);
    void push(std::int64_t at, std::uint32_t flight, Step step);
    void next_target(std::uint32_t index, std::int64_t now);
    [[nodiscard]] int pick(const Flight& flight, std::int64_t now);
    void ask(std::uint32_t index, std::int64_t now);
    void begin_answer(std::uint32_t index, std::int64_t now);
    void fail_at(std::uint32_t index, std::int64_t at, Failure why);
    void attempt_ended(std::uint32_t index, std::int64_t now);
    void close_flight(std::uint32_t index, std::int64_t now, bool served);
    void free_slot(std::size_t target, std::int64_t now);
    void note_changes(std::size_t target);
    [[nodiscard]] base::Decimal cost_at(const Request& request, std::size_t target) const;
    [[nodiscard]] bool too_dear(const Request& request, std::size_t target, std::int64_t now);

    const Policy& m_policy;
    std::vector<std::vector<std::uint8_t>> m_orders;
    std::vector<Circuit> m_circuits;
    std::vector<Stopwatch> m_stopwatches;
    std::vector<Forecast> m_forecasts;
    std::vector<Station> m_stations;
    std::vector<RateLimiter> m_limiters;
    Budget m_budget;
    Recorder m_recorder;
    std::int64_t m_timeout;
    std::int64_t m_retry_after;
    std::vector<Flight> m_flights;
    std::vector<std::uint32_t> m_free;
    std::vector<Event> m_events; // a heap
    std::uint64_t m_number = 0;
};

}
