#include "core/fallback/policy/replay.h"

#include <algorithm>
#include <fmt/format.h>
#include <pcg_random.hpp>

namespace leeway::fallback {

bool Sorter::add(const Request& request)
{
    if (m_any && request.at < m_released)
        return false;
    const std::size_t mask = m_ring.size() - 1;
    std::size_t at = m_size;
    while (at > 0 && m_ring[(m_first + at - 1) & mask].at > request.at) {
        m_ring[(m_first + at) & mask] = m_ring[(m_first + at - 1) & mask];
        --at;
    }
    m_ring[(m_first + at) & mask] = request;
    ++m_size;
    return true;
}

bool Sorter::next(Request& request, bool all)
{
    if (m_size == 0 || (!all && m_size < depth))
        return false;
    request = m_ring[m_first];
    m_first = (m_first + 1) & (m_ring.size() - 1);
    --m_size;
    m_released = request.at;
    m_any = true;
    return true;
}

struct ReplayRun::State
{
    State(std::vector<Policy> given, std::vector<Incident> happen,
          std::shared_ptr<const pricing::Sheet> prices, std::uint64_t seed)
        : policies(std::move(given)),
          incidents(std::move(happen)),
          sheet(std::move(prices)),
          intake(policies.front(), *sheet),
          random(seed)
    {
        players.reserve(policies.size());
        for (const Policy& policy : policies)
            players.emplace_back(policy, incidents);
    }

    // The luck is drawn in the order of time, whatever the order of the lines.
    void release(bool all)
    {
        while (sorter.next(request, all)) {
            request.luck.bits = random();
            for (Player& player : players)
                player.arrive(request);
            if (result.requests++ == 0)
                first = request.at;
            last = request.at;
        }
    }

    std::vector<Policy> policies;
    std::vector<Incident> incidents;
    std::shared_ptr<const pricing::Sheet> sheet;
    Intake intake;
    pcg64 random;
    Sorter sorter;
    std::vector<Player> players;
    Request request;
    Replay result;
    std::int64_t first = 0;
    std::int64_t last = 0;
};

ReplayRun::ReplayRun(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ReplayRun::ReplayRun(ReplayRun&&) noexcept = default;
ReplayRun& ReplayRun::operator=(ReplayRun&&) noexcept = default;
ReplayRun::~ReplayRun() = default;

base::Result<ReplayRun> ReplayRun::start(std::vector<Policy> policies, std::vector<Incident> incidents,
                                         std::shared_ptr<const pricing::Sheet> sheet, std::uint64_t seed)
{
    if (policies.empty())
        return base::fail(base::ErrorCode::Invalid, "There is no failover policy to replay.");
    const Policy& first = policies.front();
    for (const Policy& policy : policies) {
        const bool same_ids =
            std::ranges::equal(policy.targets, first.targets, {}, &RouteTarget::id, &RouteTarget::id);
        const bool same_routes =
            policy.routes == first.routes || policy.routes.empty(); // without routes all take the order
        if (!same_ids || !same_routes || policy.categories != first.categories)
            return base::fail(
                base::ErrorCode::Invalid,
                fmt::format("The policies “{}” and “{}” have other targets, categories or routes; "
                            "replay them one after the other.",
                            first.title, policy.title));
    }
    for (const Incident& incident : incidents) {
        if (first.target(incident.target) == nullptr) {
            std::string ids;
            for (const RouteTarget& target : first.targets)
                ids += (ids.empty() ? "" : ", ") + target.id;
            return base::fail(
                base::ErrorCode::Invalid,
                fmt::format("The policy “{}” has no target “{}” to which the {} could happen; name "
                            "one of {}.",
                            first.title, incident.target, to_string(incident.kind), ids));
        }
    }
    return ReplayRun(
        std::make_unique<State>(std::move(policies), std::move(incidents), std::move(sheet), seed));
}

void ReplayRun::add(const pricing::Usage& usage)
{
    State& state = *m_state;
    if (usage.counts.requests() > 1) {
        ++state.result.summed_lines;
        return;
    }
    if (usage.service_tier == "batch") {
        ++state.result.batch_lines;
        return;
    }
    state.intake.read(usage, state.request);
    if (!state.sorter.add(state.request))
        ++state.result.out_of_order;
    state.release(false);
}

base::Result<Replay> ReplayRun::finish()
{
    State& state = *m_state;
    state.release(true);
    Replay& result = state.result;
    if (result.requests == 0)
        return base::fail(
            base::ErrorCode::Empty,
            result.summed_lines > 0
                ? "Every line of the usage sums up several requests, which have no times of their "
                  "own; a replay needs a log or trace with one line for each request."
            : result.batch_lines > 0
                ? "Every line of the usage is of a batch, whose answers nobody waits for; a failover "
                  "is about those that somebody waits for."
                : "There is no request in the usage to replay.");
    if (result.out_of_order * 100 > result.requests)
        return base::fail(
            base::ErrorCode::Invalid,
            fmt::format("{} lines are not in the order of their time, by more than {} lines. Sort "
                        "the log by time, oldest first.",
                        result.out_of_order, Sorter::depth));
    result.currency = state.sheet->currency;
    result.first = base::Instant(std::chrono::milliseconds(state.first));
    result.last = base::Instant(std::chrono::milliseconds(state.last));
    for (Player& player : state.players)
        result.outcomes.push_back(player.finish(state.first, state.last));
    result.notes = state.intake.notes();
    if (result.summed_lines > 0)
        result.notes.push_back(
            fmt::format("{} lines sum up several requests and were left out: their requests "
                        "have no times of their own",
                        result.summed_lines));
    if (result.batch_lines > 0)
        result.notes.push_back(fmt::format(
            "{} requests of batches were left out: nobody waits for their answers", result.batch_lines));
    if (result.out_of_order > 0)
        result.notes.push_back(fmt::format(
            "{} lines came too late to be put in their place and were left out", result.out_of_order));
    return std::move(result);
}

}
