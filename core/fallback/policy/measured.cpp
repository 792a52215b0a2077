#include "core/fallback/policy/measured.h"

#include "core/fallback/statistics.h"

#include <algorithm>

namespace leeway::fallback {
namespace {

struct Measures
{
    std::vector<double> first_token_ms;
    std::vector<double> tokens_per_second;
};

Measures measures_of(const Run& run)
{
    Measures all;
    for (const CaseResult& result : run.results) {
        if (result.trouble != Trouble::None)
            continue;
        if (result.first_token_ms)
            all.first_token_ms.push_back(*result.first_token_ms);
        if (result.tokens_per_second && *result.tokens_per_second > 0)
            all.tokens_per_second.push_back(*result.tokens_per_second);
    }
    return all;
}

}

RouteTarget measured(RouteTarget target, const Run& run)
{
    const Measures all = measures_of(run);
    if (!all.first_token_ms.empty()) {
        target.pace.first_token_ms = percentile(all.first_token_ms, 50);
        target.pace.prompt_tokens_per_second = 0; // reading the prompt is in the time to first token
    }
    if (!all.tokens_per_second.empty()) {
        target.pace.tokens_per_second = percentile(all.tokens_per_second, 50);
        const double slow = percentile(all.tokens_per_second, 5);
        target.pace.p95_over_median =
            slow > 0 ? std::clamp(target.pace.tokens_per_second / slow, 1.0, 100.0) : 1.0;
    }
    const auto best = std::ranges::max_element(run.throughput, {}, &Throughput::tokens_per_second);
    if (best != run.throughput.end() && best->tokens_per_second > 0) {
        target.slots = best->parallel;
        target.pace.tokens_per_second = best->tokens_per_second / best->parallel;
        target.pace.first_token_ms = std::max(target.pace.first_token_ms, best->first_token_ms);
    } else if (!all.tokens_per_second.empty()) {
        target.slots = std::max(1, run.parallel);
    }
    for (const CategoryRate& rate : category_rates(run)) {
        if (rate.cases > 0)
            target.pass_percent[static_cast<std::size_t>(rate.category)] = rate.pass_rate * 100;
    }
    return target;
}

}
