#include "core/fallback/runs/runjson.h"
#include "core/fallback/runs/runjsonparts.h"

namespace leeway::fallback {

using nlohmann::ordered_json;

ordered_json readiness_report(const Readiness& readiness)
{
    ordered_json categories = ordered_json::array();
    for (const CategoryReadiness& each : readiness.categories)
        categories.push_back({{"category", to_string(each.category)},
                              {"cases", each.cases},
                              {"pass_rate", each.rate.value},
                              {"low", each.rate.low},
                              {"high", each.rate.high},
                              {"wanted", each.bar},
                              {"may_move", each.may_move},
                              {"traffic", or_null(each.traffic)},
                              {"could_move", or_null(each.could_move)}});
    ordered_json reasons = ordered_json::array();
    for (const Reason& reason : readiness.reasons)
        reasons.push_back(reason.text);
    ordered_json leave = ordered_json::array();
    for (const Leave& each : readiness.leave)
        leave.push_back({{"check", each.check},
                         {"verdict", each.verdict},
                         {"contract", each.contract},
                         {"section", each.section},
                         {"passage", each.passage}});
    return {{"score", readiness.score},
            {"parts",
             {{"quality", or_null(readiness.quality)},
              {"speed", or_null(readiness.speed)},
              {"capacity", or_null(readiness.capacity)},
              {"cost", or_null(readiness.cost)}}},
            {"could_move", or_null(readiness.could_move)},
            {"categories", std::move(categories)},
            {"reasons", std::move(reasons)},
            {"leave", std::move(leave)}};
}

}
