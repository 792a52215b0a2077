#include "core/fallback/judge/judged.h"

#include <algorithm>
#include <utility>

namespace leeway::fallback {
namespace {

void conclude(Judged& judged)
{
    const auto silent = [](const Judgement& one) { return one.preferred == Preference::None; };
    if (judged.judgements.size() != both_orders.size() || std::ranges::any_of(judged.judgements, silent))
        return;
    judged.agree = judged.judgements.front().preferred == judged.judgements.back().preferred;
    judged.preference = judged.agree ? judged.judgements.front().preferred : Preference::Tie;
}

}

const Judgement* kept_judgement(const CaseResult& result, const Judge& judge, JudgeOrder order,
                                const std::vector<Message>& prompt)
{
    const auto found = std::ranges::find_if(result.judgements, [&](const Judgement& one) {
        return one.order == order && one.judge == judge && one.prompt == prompt;
    });
    return found == result.judgements.end() ? nullptr : &*found;
}

base::Result<std::vector<Judged>> judged_cases(const Run& run, const Pairs& pairs, const Judge& judge,
                                               std::string_view instructions)
{
    std::vector<Judged> cases;
    for (const AnswerPair& pair : pairs.pairs) {
        const CaseResult& result = run.results.at(pair.result);
        Judged judged;
        judged.index = result.index;
        judged.repetition = result.repetition;
        judged.id = result.id;
        judged.category = result.category;
        judged.state = result.state;
        judged.pair = pair;
        for (const JudgeOrder order : both_orders) {
            const auto prompt = judge_prompt(instructions, pair, order);
            if (!prompt)
                return tl::unexpected(prompt.error());
            if (const Judgement* kept = kept_judgement(result, judge, order, *prompt))
                judged.judgements.push_back(*kept);
        }
        conclude(judged);
        cases.push_back(std::move(judged));
    }
    return cases;
}

JudgeTotals totals_of(const std::vector<Judged>& cases)
{
    JudgeTotals totals;
    int agreed = 0;
    for (const Judged& judged : cases) {
        const bool has_opinion = judged.preference != Preference::None;
        totals.wins += judged.preference == Preference::Candidate ? 1 : 0;
        totals.losses += judged.preference == Preference::Reference ? 1 : 0;
        totals.ties += judged.preference == Preference::Tie ? 1 : 0;
        totals.flipped += has_opinion && !judged.agree ? 1 : 0;
        totals.without_opinion += has_opinion ? 0 : 1;
        agreed += judged.agree ? 1 : 0;
    }
    totals.win_share = wilson(totals.wins, totals.wins + totals.losses);
    totals.agree_share = wilson(agreed, totals.wins + totals.losses + totals.ties);
    totals.p = mcnemar(totals.wins, totals.losses);
    return totals;
}

}
