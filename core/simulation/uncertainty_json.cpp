#include "core/simulation/uncertainty_json.h"

#include <fmt/format.h>
#include <utility>

namespace leeway::simulation {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

Range range_from(const json& value, const char* name, Range certain, const Complain& complain)
{
    if (!value.contains(name))
        return certain;
    const json& at = value.at(name);
    const Range range{at.at("low").get<double>(), at.at("likely").get<double>(), at.at("high").get<double>()};
    if (range.low > range.likely || range.likely > range.high)
        complain(fmt::format("/{}", name), "“likely” lies between “low” and “high”");
    return range;
}

ordered_json to_json(const Range& range)
{
    return {{"low", range.low}, {"likely", range.likely}, {"high", range.high}};
}

Driver driver_from(const std::string& name)
{
    for (int i = 0; i < driver_kinds; ++i) {
        if (to_string(static_cast<Driver>(i)) == name)
            return static_cast<Driver>(i);
    }
    return Driver::Prices;
}

}

Uncertainty uncertainty_from(const json& value, const Complain& complain)
{
    Uncertainty uncertainty;
    uncertainty.jumps_per_year = value.value("jumps_per_year", 0.0);
    for (const json& event : value.value("events", json::array())) {
        uncertainty.events.push_back(
            {event.at("percent").get<double>(), event.value("event", ""), event.value("source", "")});
    }
    if (uncertainty.jumps_per_year > 0 && uncertainty.events.empty())
        complain("/jumps_per_year", "jumps need “events” that say how large they are");
    uncertainty.fitted_sizes = value.value("fitted_sizes", false);
    uncertainty.growth_spread = value.value("growth_spread", 0.0);
    uncertainty.cpi_spread = value.value("cpi_spread", 0.0);
    uncertainty.exchange_volatility = value.value("exchange_volatility", 0.0);
    uncertainty.cache_loss = range_from(value, "cache_loss", uncertainty.cache_loss, complain);
    uncertainty.migration = range_from(value, "migration", uncertainty.migration, complain);
    uncertainty.machine_price = range_from(value, "machine_price", uncertainty.machine_price, complain);
    for (const json& of : value.value("correlations", json::array())) {
        uncertainty.correlations.push_back({driver_from(of.at("a").get<std::string>()),
                                            driver_from(of.at("b").get<std::string>()),
                                            of.at("value").get<double>()});
        const Correlation& correlation = uncertainty.correlations.back();
        if (correlation.a == correlation.b && correlation.a != Driver::Prices)
            complain(fmt::format("/correlations/{}", uncertainty.correlations.size() - 1),
                     "a driver is not correlated with itself; only prices of several vendors are");
    }
    uncertainty.source = value.value("source", "");
    return uncertainty;
}

ordered_json to_json(const Uncertainty& uncertainty)
{
    ordered_json value = ordered_json::object();
    value["source"] = uncertainty.source;
    value["jumps_per_year"] = uncertainty.jumps_per_year;
    value["fitted_sizes"] = uncertainty.fitted_sizes;
    value["events"] = ordered_json::array();
    for (const PriceEvent& event : uncertainty.events) {
        value["events"].push_back(
            {{"percent", event.percent}, {"event", event.event}, {"source", event.source}});
    }
    value["growth_spread"] = uncertainty.growth_spread;
    value["cpi_spread"] = uncertainty.cpi_spread;
    value["exchange_volatility"] = uncertainty.exchange_volatility;
    value["cache_loss"] = to_json(uncertainty.cache_loss);
    value["migration"] = to_json(uncertainty.migration);
    value["machine_price"] = to_json(uncertainty.machine_price);
    value["correlations"] = ordered_json::array();
    for (const Correlation& of : uncertainty.correlations) {
        value["correlations"].push_back(
            {{"a", to_string(of.a)}, {"b", to_string(of.b)}, {"value", of.value}});
    }
    return value;
}

}
