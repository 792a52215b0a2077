#include "core/pricing/agreementjson.h"

#include <nlohmann/json.hpp>

namespace leeway::pricing {
namespace {

using nlohmann::ordered_json;

void add_date(ordered_json& value, const char* name, const std::optional<base::Date>& date)
{
    if (date)
        value[name] = base::to_string(*date);
}

void add_scope(ordered_json& value, const Scope& scope)
{
    ordered_json result = ordered_json::object();
    if (!scope.vendor.empty())
        result["vendor"] = scope.vendor;
    if (!scope.models.empty())
        result["models"] = scope.models;
    if (!scope.tiers.empty())
        result["tiers"] = scope.tiers;
    if (!result.empty())
        value["scope"] = result;
}

ordered_json value_of(const Allowance& allowance)
{
    ordered_json value{{"title", allowance.title}};
    add_scope(value, allowance.scope);
    for (const Component component : allowance.components)
        value["components"].push_back(to_string(component));
    value["quantity"] = allowance.quantity;
    value["per"] = to_string(allowance.per);
    return value;
}

ordered_json value_of(const Capacity& capacity)
{
    ordered_json value{{"title", capacity.title}};
    add_scope(value, capacity.scope);
    value["unit"] = capacity.unit;
    value["units"] = capacity.units;
    value["minimum"] = capacity.minimum;
    value["increment"] = capacity.increment;
    value["tokens_per_second"] = capacity.tokens_per_second.to_string();
    value["weights"] = {{"input", capacity.input_weight.to_string()},
                        {"cached", capacity.cached_weight.to_string()},
                        {"output", capacity.output_weight.to_string()}};
    value["price_per_hour"] = capacity.price_per_hour.to_string();
    add_date(value, "from", capacity.from);
    add_date(value, "until", capacity.until);
    value["overflow"] = capacity.overflows ? "pay-as-you-go" : "refused";
    return value;
}

ordered_json value_of(const Discount& discount)
{
    ordered_json value{{"title", discount.title}};
    add_scope(value, discount.scope);
    for (const DiscountStep& step : discount.steps)
        value["steps"].push_back({{"from", step.from.to_string()}, {"percent", step.percent.to_string()}});
    value["per"] = to_string(discount.per);
    value["marginal"] = discount.marginal;
    add_date(value, "from", discount.from);
    add_date(value, "until", discount.until);
    return value;
}

ordered_json value_of(const Commitment& commitment)
{
    ordered_json value{{"title", commitment.title}};
    add_scope(value, commitment.scope);
    value["amount"] = commitment.amount.to_string();
    value["per"] = to_string(commitment.per);
    add_date(value, "from", commitment.from);
    add_date(value, "until", commitment.until);
    value["carry"] = commitment.carry == Carry::Unused   ? "unused"
                     : commitment.carry == Carry::Excess ? "excess"
                                                         : "nothing";
    value["settled"] = commitment.settled_at_end ? "at the end" : "each period";
    return value;
}

ordered_json value_of(const ExchangeRate& rate)
{
    ordered_json value{{"from", rate.from}, {"to", rate.to}};
    add_date(value, "date", rate.date);
    value["rate"] = rate.rate.to_string();
    if (!rate.source.empty())
        value["source"] = rate.source;
    return value;
}

template<typename T>
void add_list(ordered_json& value, const char* name, const std::vector<T>& items)
{
    for (const T& item : items)
        value[name].push_back(value_of(item));
}

}

std::string to_json(const Agreement& agreement)
{
    ordered_json value = ordered_json::object();
    if (!agreement.currency.empty())
        value["currency"] = agreement.currency;
    add_list(value, "allowances", agreement.allowances);
    add_list(value, "capacities", agreement.capacities);
    add_list(value, "discounts", agreement.discounts);
    add_list(value, "commitments", agreement.commitments);
    add_list(value, "exchange_rates", agreement.exchange_rates);
    std::string text = value.dump(2, ' ', false, ordered_json::error_handler_t::replace);
    for (std::size_t line = text.find('\n'); line != std::string::npos; line = text.find('\n', line + 1))
        text.insert(line + 1, "  ");
    return text;
}

}
