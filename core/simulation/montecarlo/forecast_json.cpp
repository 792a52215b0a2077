#include "core/simulation/montecarlo/forecast_json.h"

#include "core/simulation/uncertainty_json.h"

#include <utility>

namespace leeway::simulation {
namespace {

using nlohmann::json;

json spread_json(const Spread& spread)
{
    constexpr std::array names{"p5", "p10", "p25", "p50", "p75", "p90", "p95"};
    json value = json::object();
    for (std::size_t i = 0; i < spread.size(); ++i)
        value[names.at(i)] = spread.at(i).to_string();
    return value;
}

json swings_json(const std::vector<Swing>& swings)
{
    json values = json::array();
    for (const Swing& swing : swings) {
        values.push_back({{"driver", to_string(swing.axis.driver)},
                          {"vendor", swing.axis.vendor.empty() ? json(nullptr) : json(swing.axis.vendor)},
                          {"low", swing.low.to_string()},
                          {"high", swing.high.to_string()},
                          {"rank_correlation", swing.rank_correlation}});
    }
    return values;
}

json chance_json(const Chance& chance, const std::vector<base::Month>& months)
{
    json by_month = json::array();
    for (std::size_t m = 0; m < months.size(); ++m)
        by_month.push_back({{"month", base::to_string(months[m])}, {"chance", chance.by_month[m]}});
    return {{"against", chance.against},
            {"cheaper", chance.by_end},
            {"cheaper_by", std::move(by_month)},
            {"saving", spread_json(chance.saving)},
            {"tornado", swings_json(chance.swings)}};
}

json prospect_json(const Prospect& prospect, const std::vector<base::Month>& months)
{
    json total = spread_json(prospect.total);
    total["mean"] = prospect.mean.to_string();
    total["cvar95"] = prospect.worst.to_string();
    json by_month = json::array();
    for (std::size_t m = 0; m < months.size(); ++m) {
        by_month.push_back(spread_json(prospect.months[m]));
        by_month.back()["month"] = base::to_string(months[m]);
    }
    json convergence = json::array();
    for (const Checkpoint& at : prospect.convergence)
        convergence.push_back({{"paths", at.paths},
                               {"median", at.median.to_string()},
                               {"standard_error", at.standard_error.to_string()}});
    return {{"scenario", prospect.scenario},
            {"title", prospect.title},
            {"total", std::move(total)},
            {"months", std::move(by_month)},
            {"chance", prospect.chance ? chance_json(*prospect.chance, months) : json(nullptr)},
            {"tornado", swings_json(prospect.swings)},
            {"convergence", std::move(convergence)}};
}

}

json to_json(const Forecast& forecast)
{
    json months = json::array();
    for (const base::Month month : forecast.months)
        months.push_back(base::to_string(month));
    json prospects = json::array();
    for (const Prospect& prospect : forecast.prospects)
        prospects.push_back(prospect_json(prospect, forecast.months));
    return {{"paths", forecast.paths},           {"seed", forecast.seed},
            {"currency", forecast.currency},     {"months", std::move(months)},
            {"prospects", std::move(prospects)}, {"uncertainty", to_json(forecast.uncertainty)}};
}

}
