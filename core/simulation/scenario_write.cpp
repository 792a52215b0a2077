#include "core/simulation/scenario.h"
#include "core/simulation/uncertainty_json.h"

#include <utility>

namespace leeway::simulation {
namespace {

using nlohmann::ordered_json;

// Writes what is not as it is when it is left out.
template<typename T>
void put(ordered_json& value, const char* name, const T& what, const T& otherwise)
{
    if (what != otherwise)
        value[name] = what;
}

void put(ordered_json& value, const char* name, const std::string& what)
{
    put(value, name, what, std::string());
}

void put(ordered_json& value, const char* name, base::Decimal amount)
{
    if (!amount.is_zero())
        value[name] = amount.to_string();
}

// A list that is not empty, each value written by its own function.
template<typename T>
void put_list(ordered_json& value, const char* name, const std::vector<T>& list,
              ordered_json (*write)(const T&))
{
    if (list.empty())
        return;
    value[name] = ordered_json::array();
    for (const T& item : list)
        value[name].push_back(write(item));
}

ordered_json change_json(const PriceChange& change)
{
    ordered_json value = ordered_json::object();
    put(value, "vendor", change.vendor);
    put(value, "model", change.model);
    put(value, "component", change.component);
    value["percent"] = change.percent;
    value["from_month"] = change.from_month;
    if (change.from_date)
        value["from_date"] = base::to_string(*change.from_date);
    put(value, "yearly", change.yearly, false);
    put(value, "capped", change.capped, true);
    return value;
}

ordered_json cap_json(const PriceCap& cap)
{
    ordered_json value = ordered_json::object();
    put(value, "vendor", cap.vendor);
    if (cap.percent)
        value["percent"] = *cap.percent;
    if (cap.cpi_points)
        value["cpi_points"] = *cap.cpi_points;
    put(value, "source", cap.source);
    return value;
}

ordered_json successor_json(const Successor& next)
{
    ordered_json value = ordered_json::object();
    put(value, "vendor", next.vendor);
    put(value, "model", next.model);
    put(value, "to_vendor", next.to_vendor);
    put(value, "to_model", next.to_model);
    put(value, "price_percent", next.price_percent, 0.0);
    put(value, "tokens_percent", next.tokens_percent, 0.0);
    value["from_month"] = next.from_month;
    put(value, "capped", next.capped, false);
    return value;
}

ordered_json fee_json(const FlatFee& fee)
{
    ordered_json value = ordered_json::object();
    put(value, "vendor", fee.vendor);
    put(value, "amount_per_month", fee.amount_per_month);
    put(value, "percent_of_usage", fee.percent_of_usage, 0.0);
    value["from_month"] = fee.from_month;
    put(value, "until_month", fee.until_month, 0);
    return value;
}

ordered_json commitment_json(const Commitment& commitment)
{
    ordered_json value = ordered_json::object();
    put(value, "vendor", commitment.vendor);
    value["amount_per_year"] = commitment.amount_per_year.to_string();
    value["from_month"] = commitment.from_month;
    put(value, "until_month", commitment.until_month, 0);
    return value;
}

ordered_json expense_json(const Expense& expense)
{
    ordered_json value{{"title", expense.title}, {"from_month", expense.from_month}};
    put(value, "once", expense.once);
    put(value, "people", expense.people, 0.0);
    put(value, "rate_per_month", expense.rate_per_month);
    put(value, "months", expense.months, 1);
    put(value, "tokens", expense.tokens, std::int64_t{0});
    put(value, "vendor", expense.vendor);
    put(value, "model", expense.model);
    return value;
}

void put_rule(ordered_json& value, const Rule& rule)
{
    if (rule == Rule())
        return;
    ordered_json written = ordered_json::object();
    put(written, "models", rule.models, Rule().models);
    put(written, "tags", rule.tags, Rule().tags);
    put(written, "min_prompt_tokens", rule.min_prompt_tokens, std::int64_t{0});
    put(written, "max_prompt_tokens", rule.max_prompt_tokens, std::int64_t{0});
    value["rule"] = std::move(written);
}

ordered_json transfer_json(const Transfer& transfer)
{
    ordered_json value = ordered_json::object();
    put(value, "from_vendor", transfer.from_vendor);
    value["to_vendor"] = transfer.to_vendor;
    value["to_model"] = transfer.to_model;
    value["share_percent"] = transfer.share_percent;
    value["from_month"] = transfer.from_month;
    value["parallel_months"] = transfer.parallel_months;
    value["cache_hit_loss_percent"] = transfer.cache_hit_loss_percent;
    value["upkeep_per_month"] = transfer.upkeep_per_month.to_string();
    value["migration_once"] = transfer.migration_once.to_string();
    put_rule(value, transfer.rule);
    put(value, "cache_source", transfer.cache_source);
    return value;
}

ordered_json fallback_json(const Fallback& fallback)
{
    ordered_json value = ordered_json::object();
    put(value, "from_vendor", fallback.from_vendor);
    value["model"] = fallback.model;
    value["share_percent"] = fallback.share_percent;
    value["from_month"] = fallback.from_month;
    value["price_per_hour"] = fallback.price_per_hour.to_string();
    value["tokens_per_second"] = fallback.tokens_per_second;
    value["input_tokens_per_second"] = fallback.input_tokens_per_second;
    value["utilisation_percent"] = fallback.utilisation_percent;
    value["minimum_machines"] = fallback.minimum_machines;
    value["upkeep_per_month"] = fallback.upkeep_per_month.to_string();
    value["migration_once"] = fallback.migration_once.to_string();
    put_rule(value, fallback.rule);
    return value;
}

ordered_json scenario_json(const Scenario& scenario)
{
    ordered_json value{{"id", scenario.id}, {"title", scenario.title}};
    put(value, "note", scenario.note);
    put_list(value, "price_changes", scenario.price_changes, change_json);
    put_list(value, "caps", scenario.caps, cap_json);
    put_list(value, "successors", scenario.successors, successor_json);
    if (scenario.cache_loss) {
        value["cache_loss"] = {{"percent", scenario.cache_loss->percent},
                               {"from_month", scenario.cache_loss->from_month}};
        put(value["cache_loss"], "source", scenario.cache_loss->source);
    }
    put_list(value, "flat_fees", scenario.flat_fees, fee_json);
    put_list(value, "commitments", scenario.commitments, commitment_json);
    put_list(value, "expenses", scenario.expenses, expense_json);
    if (scenario.transfer)
        value["transfer"] = transfer_json(*scenario.transfer);
    if (scenario.fallback)
        value["fallback"] = fallback_json(*scenario.fallback);
    return value;
}

ordered_json plan_json(const Plan& plan)
{
    ordered_json value{{"start", base::to_string(plan.start)},
                       {"months", plan.months},
                       {"growth_percent", plan.growth_percent}};
    put(value, "log_one_in", plan.log_one_in, 1);
    put(value, "seasonality", plan.seasonality, Plan().seasonality);
    put(value, "discount_percent", plan.discount_percent, 0.0);
    put(value, "cpi_percent", plan.cpi_percent, Plan().cpi_percent);
    if (plan.budget_lock)
        value["budget_lock"] = base::to_string(*plan.budget_lock);
    value["gate_days"] = plan.gate_days;
    return value;
}

}

std::string to_json(const ScenarioSet& set)
{
    ordered_json value{{"id", set.id}, {"title", set.title}, {"plan", plan_json(set.plan)}};
    value["scenarios"] = ordered_json::array();
    put_list(value, "scenarios", set.scenarios, scenario_json);
    if (set.uncertainty)
        value["uncertainty"] = to_json(*set.uncertainty);
    return value.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}
