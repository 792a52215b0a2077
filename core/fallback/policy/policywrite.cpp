#include "core/fallback/policy/policy.h"

namespace leeway::fallback {
namespace {

using nlohmann::ordered_json;

// Writes what is not as it is when it is left out.
template<typename T>
void put(ordered_json& value, const char* name, const T& what, const T& otherwise)
{
    if (what != otherwise)
        value[name] = what;
}

void put(ordered_json& value, const char* name, const std::optional<base::Decimal>& amount)
{
    if (amount)
        value[name] = amount->to_string();
}

template<typename T>
void put_list(ordered_json& value, const char* name, const std::vector<T>& list)
{
    if (!list.empty())
        value[name] = list;
}

ordered_json json_of(const Match& match)
{
    ordered_json value = ordered_json::object();
    put_list(value, "models", match.models);
    put_list(value, "tags", match.tags);
    for (const Category category : match.categories)
        value["categories"].push_back(to_string(category));
    put(value, "min_prompt_tokens", match.min_prompt_tokens, std::int64_t{0});
    put(value, "max_prompt_tokens", match.max_prompt_tokens, std::int64_t{0});
    return value;
}

ordered_json json_of(const Pace& pace)
{
    return {{"first_token_ms", pace.first_token_ms},
            {"prompt_tokens_per_second", pace.prompt_tokens_per_second},
            {"tokens_per_second", pace.tokens_per_second},
            {"p95_over_median", pace.p95_over_median}};
}

ordered_json json_of(const RouteTarget& target)
{
    ordered_json value = {{"id", target.id}, {"title", target.title}};
    put(value, "model", target.model, std::string());
    put(value, "input_per_million", target.input_per_million);
    put(value, "output_per_million", target.output_per_million);
    if (!target.per_hour.is_zero())
        value["per_hour"] = target.per_hour.to_string();
    value["pace"] = json_of(target.pace);
    put(value, "error_percent", target.error_percent, 0.0);
    put(value, "slots", target.slots, 0);
    put(value, "queue", target.queue, 0);
    put(value, "context_tokens", target.context_tokens, std::int64_t{0});
    for (std::size_t i = 0; i < category_count; ++i) {
        if (target.pass_percent[i])
            value["pass_percent"][std::string(to_string(static_cast<Category>(i)))] = *target.pass_percent[i];
    }
    put(value, "url", target.url, std::string());
    put(value, "served_model", target.served_model, std::string());
    put(value, "key_variable", target.key_variable, std::string());
    return value;
}

ordered_json json_of(const Breaker& breaker)
{
    ordered_json value = {{"window_s", breaker.window_s}};
    if (breaker.failures_over)
        value["failures_over"] = *breaker.failures_over;
    put(value, "failure_percent", breaker.failure_percent, 0.0);
    value["failure_requests"] = breaker.failure_requests;
    if (breaker.rate_limits_over)
        value["rate_limits_over"] = *breaker.rate_limits_over;
    put(value, "latency_over_ms", breaker.latency_over_ms, 0.0);
    value["latency_percentile"] = breaker.latency_percentile;
    value["latency_requests"] = breaker.latency_requests;
    value["cool_down_s"] = breaker.cool_down_s;
    value["cool_down_growth"] = breaker.cool_down_growth;
    value["longest_cool_down_s"] = breaker.longest_cool_down_s;
    value["probes"] = breaker.probes;
    value["successes"] = breaker.successes;
    value["return_below_percent"] = breaker.return_below_percent;
    return value;
}

}

std::string to_json(const Policy& policy)
{
    ordered_json value = {{"id", policy.id}, {"title", policy.title}};
    put(value, "note", policy.note, std::string());
    value["targets"] = ordered_json::array();
    for (const RouteTarget& target : policy.targets)
        value["targets"].push_back(json_of(target));
    for (const CategoryRule& rule : policy.categories)
        value["categories"].push_back(
            ordered_json{{"category", to_string(rule.category)}, {"when", json_of(rule.when)}});
    for (const Route& route : policy.routes)
        value["routes"].push_back(
            ordered_json{{"name", route.name}, {"when", json_of(route.when)}, {"order", route.order}});
    value["order"] = policy.order;
    value["retries"] = policy.retries;
    value["retry_after_ms"] = policy.retry_after_ms;
    value["max_fallbacks"] = policy.max_fallbacks;
    value["timeout_s"] = policy.timeout_s;
    value["late_after_s"] = policy.late_after_s;
    value["context_check"] = policy.context_check;
    value["breaker"] = json_of(policy.breaker);
    ordered_json spending = ordered_json::object();
    put(spending, "per_request", policy.spending.per_request);
    put(spending, "per_day", policy.spending.per_day);
    put(spending, "per_month", policy.spending.per_month);
    if (!spending.empty())
        value["spending"] = spending;
    return value.dump(2) + "\n";
}

}
