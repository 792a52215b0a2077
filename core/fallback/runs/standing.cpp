#include "core/fallback/runs/standing.h"

#include "core/fallback/runs/incumbent.h"
#include "core/fallback/statistics.h"

#include <algorithm>
#include <map>

namespace leeway::fallback {
namespace {

struct Recorded
{
    int passed = 0;
    int of = 0;
};

// Of the cases that the run has a verdict on.
std::map<Category, Recorded> incumbent_of(const Run& run, const Suite& suite)
{
    const auto verdicts = incumbent_verdicts(suite);
    std::map<Category, Recorded> rates;
    for (const CaseSummary& summary : summaries(run)) {
        const auto found = verdicts.find(summary.shown->id);
        if (summary.graded == 0 || found == verdicts.end())
            continue;
        Recorded& rate = rates[summary.shown->category];
        rate.passed += found->second ? 1 : 0;
        ++rate.of;
    }
    return rates;
}

std::vector<CategoryOutcome> outcomes(const Run& run, const Suite* suite)
{
    std::map<Category, CategoryOutcome> by_category;
    for (const CaseSummary& summary : summaries(run)) {
        CategoryOutcome& outcome = by_category[summary.shown->category];
        outcome.category = summary.shown->category;
        outcome.cases += summary.graded > 0 ? 1 : 0;
        outcome.passed += summary.state == CaseState::Passed ? 1 : 0;
    }
    if (suite != nullptr) {
        for (const auto& [category, rate] : incumbent_of(run, *suite)) {
            CategoryOutcome& outcome = by_category[category];
            if (rate.of == outcome.cases)
                outcome.incumbent = static_cast<double>(rate.passed) / rate.of;
        }
    }
    std::vector<CategoryOutcome> all;
    for (const auto& [category, outcome] : by_category)
        all.push_back(outcome);
    return all;
}

// Tokens a second at the best level measured; else what the cases themselves came to.
void add_capacity(const Run& run, ReadinessInput& input)
{
    const auto best = std::ranges::max_element(run.throughput, {}, &Throughput::tokens_per_second);
    if (best != run.throughput.end()) {
        if (best->tokens_per_second > 0) // else no server counted them
            input.tokens_per_second = best->tokens_per_second;
        input.parallel = best->parallel;
        return;
    }
    double tokens = 0;
    double seconds = 0;
    for (const CaseResult& result : run.results) {
        if (result.trouble != Trouble::None || !result.tokens.completion)
            continue;
        tokens += static_cast<double>(*result.tokens.completion);
        seconds += result.total_ms / 1000;
    }
    if (seconds > 0 && tokens > 0)
        input.tokens_per_second = tokens * run.parallel / seconds;
    input.parallel = run.parallel;
}

std::optional<base::Decimal> mean_cost(const Run& run)
{
    base::Decimal sum;
    int priced = 0;
    for (const CaseResult& result : run.results) {
        if (result.cost) {
            sum += *result.cost;
            ++priced;
        }
    }
    return priced > 0 ? std::optional(sum / base::Decimal::from_integer(priced)) : std::nullopt;
}

}

ReadinessInput standing_of(const Run& run, const Suite* suite)
{
    ReadinessInput input;
    input.model = shown_model(run);
    input.categories = outcomes(run, suite);
    const RunTotals sums = totals(run);
    input.without_verdict = sums.invalid + sums.errors;
    std::vector<double> times;
    for (const CaseResult& result : run.results) {
        if (result.trouble == Trouble::None)
            times.push_back(result.total_ms);
    }
    if (!times.empty())
        input.answer_p95_ms = percentile(std::move(times), 95);
    add_capacity(run, input);
    input.cost_per_request = mean_cost(run);
    input.currency = run.currency;
    return input;
}

}
