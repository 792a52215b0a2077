#include "core/fallback/runs/runjson.h"

#include "core/fallback/runs/runjsonparts.h"
#include "core/fallback/statistics.h"

namespace leeway::fallback {
namespace {

using nlohmann::ordered_json;

ordered_json shown_case(const CaseSummary& summary)
{
    ordered_json json = measured_to_json(*summary.shown);
    json["state"] = to_string(summary.state);
    if (summary.graded > 0)
        json["score"] = summary.score;
    if (summary.repetitions > 1)
        json["repetitions"] = {{"of", summary.repetitions},
                               {"graded", summary.graded},
                               {"passed", summary.passed},
                               {"lowest_score", summary.lowest_score},
                               {"highest_score", summary.highest_score}};
    return json;
}

ordered_json percentiles_of(const std::vector<double>& times)
{
    if (times.empty())
        return nullptr;
    return {{"p50", percentile(times, 50)}, {"p95", percentile(times, 95)}, {"p99", percentile(times, 99)}};
}

ordered_json latency_to_json(const Run& run)
{
    std::vector<double> first;
    std::vector<double> total;
    for (const CaseResult& result : run.results) {
        if (result.trouble != Trouble::None)
            continue;
        total.push_back(result.total_ms);
        if (result.first_token_ms)
            first.push_back(*result.first_token_ms);
    }
    return {{"first_token_ms", percentiles_of(first)}, {"total_ms", percentiles_of(total)}};
}

}

ordered_json report_of(const Run& run)
{
    const RunTotals sums = totals(run);
    std::optional<base::Decimal> cost;
    for (const CaseResult& result : run.results) {
        if (result.cost)
            cost = cost.value_or(base::Decimal()) + *result.cost;
    }
    ordered_json json;
    json["run"] = {{"suite", run.suite},
                   {"suite_sha256", run.identity.suite_sha256},
                   {"endpoint", run.endpoint},
                   {"kind", to_string(run.identity.kind)},
                   {"url", run.identity.url},
                   {"model", run.identity.model},
                   {"server", run.server},
                   {"fingerprint", run.fingerprint},
                   {"sampling", sampling_to_json(run.identity.sampling)},
                   {"repetitions", run.repetitions},
                   {"parallel", run.parallel},
                   {"currency", run.currency},
                   {"cost", money_to_json(cost)},
                   {"started", base::to_string(run.started)},
                   {"finished", base::to_string(run.finished)},
                   {"cases", sums.cases},
                   {"passed", sums.passed},
                   {"failed", sums.failed},
                   {"invalid", sums.invalid},
                   {"errors", sums.errors}};
    json["cases"] = ordered_json::array();
    for (const CaseSummary& summary : summaries(run))
        json["cases"].push_back(shown_case(summary));
    json["categories"] = ordered_json::array();
    for (const CategoryRate& rate : category_rates(run))
        json["categories"].push_back({{"category", to_string(rate.category)},
                                      {"cases", rate.cases},
                                      {"pass_rate", rate.pass_rate},
                                      {"low", rate.low},
                                      {"high", rate.high}});
    json["latency"] = latency_to_json(run);
    if (!run.throughput.empty())
        json["throughput"] = throughput_to_json(run.throughput);
    return json;
}

}
