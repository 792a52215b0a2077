#include "core/fallback/runs/incumbent.h"

#include <vector>

namespace leeway::fallback {

std::map<std::string, bool> incumbent_verdicts(const Suite& suite)
{
    std::map<std::string, bool> verdicts;
    for (const Case& original : suite.cases) {
        if (!original.incumbent)
            continue;
        Case c = original;
        std::erase_if(c.assertions, [](const Assertion& one) { return one.type == "agreement"; });
        if (c.assertions.empty())
            continue;
        Answer answer;
        answer.text = *c.incumbent;
        const Grade graded = grade(c, answer);
        if (graded.error.empty())
            verdicts.emplace(c.id, graded.pass);
    }
    return verdicts;
}

std::optional<Paired> against_incumbent(const Run& run, const Suite& suite)
{
    const auto verdicts = incumbent_verdicts(suite);
    std::vector<Pair> pairs;
    for (const CaseSummary& summary : summaries(run)) {
        const auto found = verdicts.find(summary.shown->id);
        if (summary.graded > 0 && found != verdicts.end())
            pairs.push_back({summary.state == CaseState::Passed, found->second});
    }
    if (pairs.empty())
        return std::nullopt;
    return compare(pairs);
}

}
