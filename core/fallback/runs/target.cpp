#include "core/fallback/runs/target.h"

#include "core/fallback/runs/grading.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>

namespace leeway::fallback {

namespace {

bool reprice(CaseResult& result, const Case& c, const Run& run, const pricing::Sheet* prices)
{
    const auto cost =
        prices != nullptr ? cost_of(result.tokens, run.identity.model, *prices, run.started) : std::nullopt;
    if (cost == result.cost)
        return false;
    result.cost = cost;
    result.answer.cost = cost ? std::optional(cost->to_double()) : std::nullopt;
    if (result.trouble == Trouble::None)
        grade_into(result, c); // it may be graded by its cost
    return true;
}

}

base::Result<Target> find_target(const Endpoint& endpoint, const std::string& key, const RunOptions& options)
{
    if (auto status = check_endpoint(endpoint, !key.empty()); !status)
        return tl::unexpected(status.error());
    Target target{endpoint, probe(endpoint, key,
                                  std::min<std::chrono::milliseconds>(options.first_token_limit,
                                                                      std::chrono::seconds(20)))};
    const Health& health = target.health;
    if (health.liveness == Liveness::Unreachable || health.liveness == Liveness::Loading)
        return base::fail(base::ErrorCode::Io, health.why);
    if (!endpoint.model.empty())
        return target;
    if (health.liveness != Liveness::Ready)
        return base::fail(base::ErrorCode::Io, health.why);
    if (health.models.empty())
        return base::fail(
            base::ErrorCode::Io,
            fmt::format("“{}” lists no model; load one there, or name one.", shown_name(endpoint)));
    target.endpoint.model = health.models.front().id;
    return target;
}

ClientLimits limits_of(const RunOptions& options)
{
    ClientLimits limits;
    limits.first_token = options.first_token_limit;
    limits.stall = options.stall_limit;
    limits.total = options.total_limit;
    limits.retry = options.retry;
    return limits;
}

Run begun_run(const Suite& suite, const Target& target, const RunOptions& options)
{
    Run run;
    run.suite = suite.name;
    run.endpoint = shown_name(target.endpoint);
    run.identity = {suite.sha256, target.endpoint.kind,
                    options.known_as.empty() ? target.endpoint.url : options.known_as, target.endpoint.model,
                    options.sampling};
    run.server = target.health.server;
    const auto model = std::ranges::find(target.health.models, target.endpoint.model, &ModelInfo::id);
    if (model != target.health.models.end())
        run.fingerprint = model->digest;
    run.started = std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    run.repetitions = options.repetitions;
    run.parallel = options.parallel;
    if (options.prices != nullptr)
        run.currency = options.prices->currency;
    return run;
}

std::vector<std::size_t> take_finished(const Run& earlier, const Suite& suite, const pricing::Sheet* prices,
                                       Run& run)
{
    std::vector<std::size_t> repriced;
    run.started = earlier.started;
    for (const CaseResult& result : earlier.results) {
        const auto index = static_cast<std::size_t>(result.index);
        if (!result.finished() || result.index < 0 || index >= suite.cases.size() ||
            suite.cases[index].id != result.id)
            continue;
        run.repetitions = std::max(run.repetitions, result.repetition + 1);
        if (reprice(run.results.emplace_back(result), suite.cases[index], run, prices))
            repriced.push_back(run.results.size() - 1);
    }
    return repriced;
}

}
