#include "core/fallback/policy/player.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace leeway::fallback {
namespace {

enum Purpose : int { NormalErrors, OutageShare, Duration };

constexpr std::int64_t refusal_ms = 50; // until a server refuses what it cannot take

Ending ending_of(Failure failure)
{
    return failure == Failure::RateLimit || failure == Failure::QueueFull ? Ending::RateLimited
                                                                          : Ending::Failed;
}

}

std::vector<std::vector<std::uint8_t>> orders_of(const Policy& policy)
{
    const auto places = [&](const std::vector<std::string>& ids) {
        std::vector<std::uint8_t> order;
        for (const std::string& id : ids) {
            if (const RouteTarget* target = policy.target(id))
                order.push_back(static_cast<std::uint8_t>(target - policy.targets.data()));
        }
        return order;
    };
    std::vector<std::vector<std::uint8_t>> orders{places(policy.order)};
    for (const Route& route : policy.routes)
        orders.push_back(places(route.order));
    return orders;
}

Player::Player(const Policy& policy, std::span<const Incident> incidents)
    : m_policy(policy),
      m_orders(orders_of(policy)),
      m_limiters(policy.targets.size()),
      m_budget(policy.spending),
      m_recorder(policy, incidents),
      m_timeout(std::max<std::int64_t>(1, std::llround(policy.timeout_s * 1000))),
      m_retry_after(std::llround(policy.retry_after_ms))
{
    for (const RouteTarget& target : policy.targets) {
        m_circuits.emplace_back(policy.breaker);
        m_stopwatches.emplace_back(target.pace);
        m_forecasts.emplace_back(incidents, target.id);
        m_stations.emplace_back(target);
    }
}

void Player::push(std::int64_t at, std::uint32_t flight, Step step)
{
    m_events.push_back({at, m_number++, flight, m_flights[flight].generation, step});
    std::push_heap(m_events.begin(), m_events.end(), Later());
}

void Player::run_until(std::int64_t time)
{
    while (!m_events.empty() && m_events.front().at <= time) {
        std::pop_heap(m_events.begin(), m_events.end(), Later());
        const Event event = m_events.back();
        m_events.pop_back();
        handle(event);
    }
}

void Player::arrive(const Request& request)
{
    run_until(request.at);
    std::uint32_t index = 0;
    if (m_free.empty()) {
        index = static_cast<std::uint32_t>(m_flights.size());
        m_flights.emplace_back();
    } else {
        index = m_free.back();
        m_free.pop_back();
    }
    const std::uint32_t generation = m_flights[index].generation + 1;
    m_flights[index] = Flight();
    m_flights[index].request = request;
    m_flights[index].generation = generation;
    if (request.route >= m_orders.size()) // a policy without routes beside one that has some
        m_flights[index].request.route = 0;
    const auto& order = m_orders[m_flights[index].request.route];
    m_flights[index].first_choice = order.empty() ? std::int8_t{-1} : static_cast<std::int8_t>(order.front());
    next_target(index, request.at);
}

void Player::handle(const Event& event)
{
    Flight& flight = m_flights[event.flight];
    if (event.generation != flight.generation)
        return;
    switch (event.step) {
    case Step::End:
        attempt_ended(event.flight, event.at);
        break;
    case Step::Retry:
        if (m_circuits[static_cast<std::size_t>(flight.target)].admits(event.at)) {
            note_changes(static_cast<std::size_t>(flight.target));
            ++flight.retries;
            ask(event.flight, event.at);
        } else {
            note_changes(static_cast<std::size_t>(flight.target));
            next_target(event.flight, event.at);
        }
        break;
    case Step::GiveUpWaiting:
        m_stations[static_cast<std::size_t>(flight.target)].leave();
        flight.outcome = Failure::Timeout;
        flight.served = false;
        attempt_ended(event.flight, event.at);
        break;
    }
}

base::Decimal Player::cost_at(const Request& request, std::size_t target) const
{
    const double percent = m_forecasts[target].at(request.at).price_percent;
    const base::Decimal cost = request.cost[target];
    return percent == 0 ? cost : cost * base::Decimal::from_double(1 + percent / 100);
}

bool Player::too_dear(const Request& request, std::size_t target, std::int64_t now)
{
    const Spending& rules = m_policy.spending;
    if (!rules.per_request && !rules.per_day && !rules.per_month)
        return false;
    const base::Decimal cost = cost_at(request, target);
    return !cost.is_zero() &&
           (m_budget.request_over(cost) || m_budget.day_over(now) || m_budget.month_over(now));
}

int Player::pick(const Flight& flight, std::int64_t now)
{
    int dear = -1;
    for (const std::uint8_t target : m_orders[flight.request.route]) {
        if ((flight.tried >> target & 1U) != 0)
            continue;
        const std::int64_t context = m_policy.targets[target].context_tokens;
        if (m_policy.context_check && context > 0 && flight.request.prompt + flight.request.answer > context)
            continue;
        const bool open = m_circuits[target].admits(now);
        note_changes(target);
        if (!open)
            continue;
        if (!too_dear(flight.request, target, now))
            return target;
        if (dear < 0 ||
            cost_at(flight.request, target) < cost_at(flight.request, static_cast<std::size_t>(dear)))
            dear = target;
    }
    return dear;
}

void Player::next_target(std::uint32_t index, std::int64_t now)
{
    Flight& flight = m_flights[index];
    if (flight.target >= 0 && flight.fallbacks >= m_policy.max_fallbacks) {
        close_flight(index, now, false);
        return;
    }
    const int target = pick(flight, now);
    if (target < 0) {
        close_flight(index, now, false);
        return;
    }
    if (flight.target >= 0)
        ++flight.fallbacks;
    flight.target = static_cast<std::int8_t>(target);
    flight.tried = static_cast<std::uint8_t>(flight.tried | 1U << static_cast<unsigned>(target));
    flight.tries = 0;
    ask(index, now);
}

void Player::fail_at(std::uint32_t index, std::int64_t at, Failure why)
{
    m_flights[index].outcome = why;
    m_flights[index].served = false;
    push(at, index, Step::End);
}

void Player::ask(std::uint32_t index, std::int64_t now)
{
    Flight& flight = m_flights[index];
    const auto target = static_cast<std::size_t>(flight.target);
    ++flight.generation;
    ++flight.tries;
    ++flight.attempts;
    flight.sent = now;
    flight.in_slot = false;
    flight.epoch = m_circuits[target].begin();
    const Request& request = flight.request;
    const Weather weather = m_forecasts[target].at(now);
    if (weather.outage != nullptr &&
        request.luck.draw(target, flight.tries, OutageShare) * 100 < weather.outage->share_percent)
        return fail_at(index, now + std::llround(weather.outage->fails_after_ms), Failure::Outage);
    if (weather.rate_limit != nullptr &&
        !m_limiters[target].passes(now, weather.rate_limit->requests_per_minute))
        return fail_at(index, now + std::llround(weather.rate_limit->fails_after_ms), Failure::RateLimit);
    const std::int64_t context = m_policy.targets[target].context_tokens;
    if (context > 0 && request.prompt + request.answer > context)
        return fail_at(index, now + refusal_ms, Failure::TooLong);
    switch (m_stations[target].take({index, flight.generation})) {
    case Station::Place::Slot:
        begin_answer(index, now);
        break;
    case Station::Place::Queue:
        push(now + m_timeout, index, Step::GiveUpWaiting);
        break;
    case Station::Place::None:
        fail_at(index, now, Failure::QueueFull);
        break;
    }
}

void Player::begin_answer(std::uint32_t index, std::int64_t now)
{
    Flight& flight = m_flights[index];
    const auto target = static_cast<std::size_t>(flight.target);
    flight.in_slot = !m_stations[target].unlimited();
    const RouteTarget& asked = m_policy.targets[target];
    const Stopwatch& watch = m_stopwatches[target];
    const Request& request = flight.request;
    const std::int64_t gives_up = flight.sent + m_timeout;
    if (asked.error_percent > 0 &&
        request.luck.draw(target, flight.tries, NormalErrors) * 100 < asked.error_percent)
        return fail_at(index, std::min<std::int64_t>(gives_up, now + std::llround(watch.first_token_ms())),
                       Failure::Error);
    const Weather weather = m_forecasts[target].at(now);
    const double ms =
        watch.answer_ms(request.prompt, request.answer, request.luck.draw(target, flight.tries, Duration)) *
            weather.factor +
        weather.plus_ms;
    const std::int64_t done = now + std::max<std::int64_t>(1, std::llround(std::min(ms, 1e12)));
    if (done > gives_up)
        return fail_at(index, gives_up, Failure::Timeout);
    flight.served = true;
    push(done, index, Step::End);
}

void Player::note_changes(std::size_t target)
{
    while (const auto change = m_circuits[target].take_change())
        m_recorder.changed(target, *change);
}

void Player::free_slot(std::size_t target, std::int64_t now)
{
    Station& station = m_stations[target];
    while (const auto next = station.take_next()) {
        if (m_flights[next->flight].generation != next->generation)
            continue; // it gave up
        station.leave();
        // The event that would make it give up is void with a new generation.
        ++m_flights[next->flight].generation;
        begin_answer(next->flight, now);
        return;
    }
    station.release();
}

void Player::attempt_ended(std::uint32_t index, std::int64_t now)
{
    Flight& flight = m_flights[index];
    const auto target = static_cast<std::size_t>(flight.target);
    ++flight.generation;
    const bool served = flight.served;
    const Failure why = flight.outcome;
    flight.served = false;
    if (flight.in_slot) {
        flight.in_slot = false;
        free_slot(target, now);
    }
    // A refusal for length is an answer in time: the target is well.
    const bool well = served || why == Failure::TooLong;
    m_circuits[target].end(now, flight.epoch, well ? Ending::Served : ending_of(why), now - flight.sent);
    note_changes(target);
    if (served) {
        close_flight(index, now, true);
        return;
    }
    const bool worth_a_retry = why != Failure::TooLong && why != Failure::QueueFull;
    if (worth_a_retry && flight.tries <= m_policy.retries)
        push(now + m_retry_after, index, Step::Retry);
    else
        next_target(index, now);
}

void Player::close_flight(std::uint32_t index, std::int64_t now, bool served)
{
    Flight& flight = m_flights[index];
    const Request& request = flight.request;
    Ended ended;
    ended.arrival = request.at;
    ended.at = now;
    ended.attempts = flight.attempts;
    ended.retries = flight.retries;
    ended.failure = flight.attempts > 0 ? flight.outcome : Failure::NoTarget;
    if (served) {
        const auto target = static_cast<std::size_t>(flight.target);
        ended.target = flight.target;
        ended.moved = flight.target != flight.first_choice;
        ended.priced = (request.unpriced >> target & 1U) == 0;
        ended.cost = cost_at(request, target);
        if (const auto rate = m_policy.targets[target].pass_percent[request.category])
            ended.right = *rate / 100;
        const bool day = m_budget.day_over(now);
        const bool month = m_budget.month_over(now);
        m_budget.spend(now, ended.cost);
        if (!day && m_budget.day_over(now))
            m_recorder.over_budget(now, EventKind::DayOverBudget);
        if (!month && m_budget.month_over(now))
            m_recorder.over_budget(now, EventKind::MonthOverBudget);
    }
    m_recorder.ended(ended);
    ++flight.generation;
    m_free.push_back(index);
}

Outcome Player::finish(std::int64_t first, std::int64_t last)
{
    run_until(std::numeric_limits<std::int64_t>::max());
    return m_recorder.take(first, last);
}

}
