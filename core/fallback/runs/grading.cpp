#include "core/fallback/runs/grading.h"

#include "core/pricing/cost.h"

#include <algorithm>
#include <utility>

namespace leeway::fallback {

void grade_into(CaseResult& result, const Case& c)
{
    Grade graded = grade(c, result.answer);
    result.score = graded.score;
    result.why = std::move(graded.reason);
    result.assertions = std::move(graded.assertions);
    result.state = graded.pass ? CaseState::Passed : CaseState::Failed;
    if (!graded.error.empty())
        result.state = CaseState::Error;
}

CaseResult result_of(const Case& c, int index, int repetition, Reply reply,
                     const std::optional<base::Decimal>& cost)
{
    CaseResult result;
    result.index = index;
    result.repetition = repetition;
    result.id = c.id;
    result.category = c.category;
    result.answer = std::move(reply.answer);
    result.trouble = reply.trouble;
    result.first_token_ms = reply.first_token_ms;
    result.total_ms = reply.total_ms;
    result.tokens = reply.tokens;
    result.tokens_per_second = reply.tokens_per_second;
    result.attempts = reply.attempts;
    result.cost = cost;
    if (cost)
        result.answer.cost = cost->to_double();
    if (reply.trouble == Trouble::None) {
        grade_into(result, c);
    } else {
        result.state = makes_invalid(reply.trouble) ? CaseState::Invalid : CaseState::Error;
        result.why = std::move(reply.why);
    }
    return result;
}

std::optional<base::Decimal> cost_of(const Tokens& tokens, const std::string& model,
                                     const pricing::Sheet& sheet, base::Instant time)
{
    using pricing::Component;
    if (!tokens.prompt || !tokens.completion)
        return std::nullopt;
    const std::int64_t cached = std::min(tokens.cached.value_or(0), *tokens.prompt);
    const std::int64_t reasoning = std::min(tokens.reasoning.value_or(0), *tokens.completion);
    pricing::Usage usage;
    usage.time = time;
    usage.model = model;
    usage.counts[Component::Input] = *tokens.prompt - cached;
    usage.counts[Component::CacheRead] = cached;
    usage.counts[Component::Output] = *tokens.completion - reasoning;
    usage.counts[Component::Reasoning] = reasoning;
    usage.counts[Component::Request] = 1;
    const pricing::Cost cost = pricing::cost_of(usage, sheet);
    return cost.priced ? std::optional(cost.total) : std::nullopt;
}

}
