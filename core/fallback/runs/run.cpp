#include "core/fallback/runs/run.h"

#include "core/fallback/runs/grading.h"
#include "core/fallback/statistics.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <utility>

namespace leeway::fallback {
namespace {

constexpr std::array<std::string_view, 4> states{"passed", "failed", "invalid", "error"};

bool is_graded(const CaseResult& result)
{
    return result.state == CaseState::Passed || result.state == CaseState::Failed;
}

CaseState state_of(const CaseSummary& summary, const std::vector<const CaseResult*>& repetitions)
{
    if (summary.graded > 0)
        return 2 * summary.passed > summary.graded ? CaseState::Passed : CaseState::Failed;
    const bool invalid = std::ranges::any_of(
        repetitions, [](const CaseResult* one) { return one->state == CaseState::Invalid; });
    return invalid ? CaseState::Invalid : CaseState::Error;
}

CaseSummary summed(const std::vector<const CaseResult*>& repetitions)
{
    CaseSummary summary;
    summary.repetitions = static_cast<int>(repetitions.size());
    for (const CaseResult* one : repetitions) {
        if (!is_graded(*one))
            continue;
        summary.lowest_score = summary.graded == 0 ? one->score : std::min(summary.lowest_score, one->score);
        summary.highest_score = std::max(summary.highest_score, one->score);
        summary.score += one->score;
        summary.passed += one->state == CaseState::Passed ? 1 : 0;
        ++summary.graded;
    }
    if (summary.graded > 0)
        summary.score /= summary.graded;
    summary.state = state_of(summary, repetitions);
    const auto shown = std::ranges::find(repetitions, summary.state, &CaseResult::state);
    summary.shown = shown != repetitions.end() ? *shown : repetitions.front();
    return summary;
}

}

std::string_view to_string(CaseState state)
{
    return states.at(static_cast<std::size_t>(state));
}

std::optional<CaseState> case_state_from(std::string_view text)
{
    const auto found = std::ranges::find(states, text);
    if (found == states.end())
        return std::nullopt;
    return static_cast<CaseState>(found - states.begin());
}

std::string shown_model(const Run& run)
{
    const std::string& model = run.identity.model;
    return model.ends_with(".gguf") ? model.substr(model.find_last_of("/\\") + 1) : model;
}

std::vector<CaseSummary> summaries(const Run& run)
{
    std::map<int, std::vector<const CaseResult*>> by_index;
    for (const CaseResult& result : run.results)
        by_index[result.index].push_back(&result);
    std::vector<CaseSummary> all;
    for (auto& [index, repetitions] : by_index) {
        std::ranges::sort(repetitions, {}, &CaseResult::repetition);
        all.push_back(summed(repetitions));
    }
    return all;
}

RunTotals totals(const Run& run)
{
    RunTotals totals;
    for (const CaseSummary& summary : summaries(run)) {
        ++totals.cases;
        totals.passed += summary.state == CaseState::Passed ? 1 : 0;
        totals.failed += summary.state == CaseState::Failed ? 1 : 0;
        totals.invalid += summary.state == CaseState::Invalid ? 1 : 0;
        totals.errors += summary.state == CaseState::Error ? 1 : 0;
    }
    return totals;
}

std::vector<CategoryRate> category_rates(const Run& run)
{
    std::map<Category, std::pair<int, int>> counts; // passed, graded
    for (const CaseSummary& summary : summaries(run)) {
        auto& [passed, graded] = counts[summary.shown->category];
        passed += summary.state == CaseState::Passed ? 1 : 0;
        graded += summary.graded > 0 ? 1 : 0;
    }
    std::vector<CategoryRate> rates;
    for (const auto& [category, count] : counts) {
        const Share share = wilson(count.first, count.second);
        rates.push_back({category, count.second, share.value, share.low, share.high});
    }
    return rates;
}

base::Result<Run> regraded(Run run, const Suite& suite)
{
    std::map<std::string, std::size_t> cases;
    for (std::size_t index = 0; index < suite.cases.size(); ++index)
        cases.emplace(suite.cases[index].id, index);
    for (CaseResult& result : run.results) {
        const auto found = cases.find(result.id);
        if (found == cases.end())
            return base::fail(
                base::ErrorCode::Invalid,
                fmt::format("The case “{}” of the run is not in the suite “{}” any more; grade it "
                            "with the suite it was made with, or run it again.",
                            result.id, suite.name));
        const Case& c = suite.cases[found->second];
        result.index = static_cast<int>(found->second);
        result.category = c.category;
        if (result.trouble == Trouble::None)
            grade_into(result, c);
    }
    std::ranges::sort(run.results, {},
                      [](const CaseResult& result) { return std::pair(result.index, result.repetition); });
    run.suite = suite.name;
    run.identity.suite_sha256 = suite.sha256;
    return run;
}

}
