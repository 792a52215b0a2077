#include "core/fallback/judge/judgerun.h"

#include "core/fallback/judge/judging.h"
#include "core/fallback/runs/target.h"

#include <fmt/format.h>
#include <utility>

namespace leeway::fallback {
namespace {

base::Status check_options(const JudgeOptions& options)
{
    constexpr int most_parallel = 64;
    if (options.parallel < 1 || options.parallel > most_parallel || options.max_tokens < 1)
        return base::fail(base::ErrorCode::Invalid,
                          fmt::format("A judge takes 1 to {} requests at a time and answers of at least one "
                                      "token.",
                                      most_parallel));
    return check_instructions(options.instructions);
}

}

base::Result<JudgedRun> judge_run(Run run, const Suite& suite, const Endpoint& endpoint,
                                  const std::string& key, const JudgeOptions& options, const ResultSink& sink,
                                  const base::Progress& progress)
{
    if (auto status = check_options(options); !status)
        return tl::unexpected(status.error());
    const auto pairs = pairs_of(run, suite);
    if (!pairs)
        return tl::unexpected(pairs.error());
    RunOptions looking;
    looking.first_token_limit = options.limits.first_token;
    const auto target = find_target(endpoint, key, looking);
    if (!target)
        return tl::unexpected(target.error());
    auto client = Client::make(target->endpoint, key, options.limits);
    if (!client)
        return tl::unexpected(client.error());
    Judge judge{target->endpoint.kind, target->endpoint.url, target->endpoint.model, Sampling()};
    judge.sampling.max_tokens = options.max_tokens;
    Judging judging(*client, judge, options.parallel, std::move(run), sink, progress);
    if (auto listed = judging.list(*pairs, options.instructions); !listed)
        return tl::unexpected(listed.error());
    auto done = judging.go();
    if (!done)
        return tl::unexpected(done.error());
    auto cases = judged_cases(*done, *pairs, judge, options.instructions);
    if (!cases)
        return tl::unexpected(cases.error());
    return JudgedRun{std::move(*done),
                     shown_name(target->endpoint),
                     judge,
                     options.instructions,
                     std::move(*cases),
                     pairs->without_reference,
                     pairs->without_answer};
}

}
