#include "core/fallback/judge/judgerun.h"

#include "core/fallback/runs/runjsonparts.h"

namespace leeway::fallback {
namespace {

using nlohmann::ordered_json;

ordered_json share_to_json(const Share& share)
{
    return {{"value", share.value}, {"low", share.low}, {"high", share.high}};
}

ordered_json totals_to_json(const JudgedRun& judged)
{
    const JudgeTotals totals = totals_of(judged.cases);
    return {{"judged", judged.cases.size()},
            {"wins", totals.wins},
            {"losses", totals.losses},
            {"ties", totals.ties},
            {"flipped", totals.flipped},
            {"without_opinion", totals.without_opinion},
            {"without_reference", judged.without_reference},
            {"without_answer", judged.without_answer},
            {"win_share", share_to_json(totals.win_share)},
            {"agree_share", share_to_json(totals.agree_share)},
            {"p", totals.p}};
}

ordered_json case_to_json(const Judged& judged)
{
    return {{"index", judged.index},
            {"repetition", judged.repetition},
            {"id", judged.id},
            {"category", to_string(judged.category)},
            {"state", to_string(judged.state)},
            {"preferred", to_string(judged.preference)},
            {"orders_agree", judged.agree},
            {"reference_is", judged.pair.incumbent ? "incumbent" : "expected"},
            {"candidate", judged.pair.candidate},
            {"reference", judged.pair.reference},
            {"judgements", judgements_to_json(judged.judgements)}};
}

}

ordered_json judge_report(const JudgedRun& judged)
{
    ordered_json cases = ordered_json::array();
    for (const Judged& one : judged.cases)
        cases.push_back(case_to_json(one));
    return {{"judge",
             {{"endpoint", judged.endpoint},
              {"kind", to_string(judged.judge.kind)},
              {"url", judged.judge.url},
              {"model", judged.judge.model},
              {"sampling", sampling_to_json(judged.judge.sampling)},
              {"instructions", judged.instructions}}},
            {"run",
             {{"suite", judged.run.suite},
              {"endpoint", judged.run.endpoint},
              {"model", judged.run.identity.model}}},
            {"opinion", totals_to_json(judged)},
            {"cases", std::move(cases)}};
}

}
