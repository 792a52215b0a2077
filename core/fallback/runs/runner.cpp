#include "core/fallback/runs/runner.h"

#include "core/fallback/runs/running.h"
#include "core/fallback/runs/target.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::fallback {
namespace {

base::Status check_options(const RunOptions& options)
{
    constexpr int most_parallel = 64;
    constexpr int most_repetitions = 100;
    const bool good =
        options.parallel >= 1 && options.parallel <= most_parallel && options.repetitions >= 1 &&
        options.repetitions <= most_repetitions && options.sampling.max_tokens >= 1 &&
        std::ranges::all_of(options.throughput,
                            [](int parallel) { return parallel >= 1 && parallel <= most_parallel; });
    if (good)
        return {};
    return base::fail(
        base::ErrorCode::Invalid,
        fmt::format("A run takes 1 to {} requests at a time, 1 to {} repetitions and answers of at "
                    "least one token.",
                    most_parallel, most_repetitions));
}

base::Status check_earlier(const Run& earlier, const RunIdentity& identity)
{
    const char* differs = earlier.identity.suite_sha256 != identity.suite_sha256 ? "another suite"
                          : earlier.identity.url != identity.url || earlier.identity.kind != identity.kind
                              ? "another endpoint"
                          : earlier.identity.model != identity.model          ? "another model"
                          : !(earlier.identity.sampling == identity.sampling) ? "other sampling"
                                                                              : nullptr;
    if (differs == nullptr)
        return {};
    return base::fail(base::ErrorCode::Invalid,
                      fmt::format("The run that is to go on was made with {}; start a new one.", differs));
}

}

base::Result<Run> run_suite(const Suite& suite, const Endpoint& endpoint, const std::string& key,
                            const RunOptions& options, const Run* earlier, const ResultSink& sink,
                            const base::Progress& progress)
{
    if (auto status = check_options(options); !status)
        return tl::unexpected(status.error());
    auto target = find_target(endpoint, key, options);
    if (!target)
        return tl::unexpected(target.error());
    Run run = begun_run(suite, *target, options);
    if (earlier != nullptr) {
        if (auto status = check_earlier(*earlier, run.identity); !status)
            return tl::unexpected(status.error());
        for (const std::size_t place : take_finished(*earlier, suite, options.prices, run)) {
            if (auto kept = sink ? sink(run, run.results[place]) : base::Status(); !kept)
                return tl::unexpected(kept.error());
        }
    }
    auto client = Client::make(target->endpoint, key, limits_of(options));
    if (!client)
        return tl::unexpected(client.error());
    Running running(suite, *client, options, std::move(run), sink, progress);
    return running.go();
}

}
