#include "core/fallback/policy/routerconfig.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <yaml-cpp/yaml.h>

namespace leeway::fallback {
namespace {

using base::Decimal;

// LiteLLM takes this number of allowed failures for "not set", and then never leaves a model that has a
// single server, as every target here (its cooldown_handlers.py, 2026).
constexpr int taken_for_unset = 3;

// For a token, as the proxy counts its spending.
std::string per_token(Decimal per_million)
{
    return (per_million / Decimal::from_integer(1'000'000)).to_string();
}

// Failures in a minute beyond which LiteLLM leaves a target; none where the policy never does.
std::optional<int> allowed_fails(const Breaker& breaker)
{
    std::optional<int> fails = breaker.failures_over;
    if (!fails && breaker.failure_percent > 0)
        fails = static_cast<int>(std::ceil(breaker.failure_percent / 100 * breaker.failure_requests)) - 1;
    if (!fails)
        return std::nullopt;
    return *fails == taken_for_unset ? taken_for_unset - 1 : std::max(*fails, 0);
}

void write_target(YAML::Emitter& out, const RouteTarget& target, const Policy& policy)
{
    out << YAML::BeginMap << YAML::Key << "model_name" << YAML::Value << target.id;
    out << YAML::Key << "litellm_params" << YAML::Value << YAML::BeginMap;
    out << YAML::Key << "model" << YAML::Value << target.served_model;
    if (!target.url.empty())
        out << YAML::Key << "api_base" << YAML::Value << target.url;
    if (!target.key_variable.empty())
        out << YAML::Key << "api_key" << YAML::Value << "os.environ/" + target.key_variable;
    else if (!target.url.empty()) // the OpenAI client wants one even where the server does not
        out << YAML::Key << "api_key" << YAML::Value << "none";
    out << YAML::Key << "timeout" << YAML::Value << policy.timeout_s;
    if (target.slots > 0)
        out << YAML::Key << "max_parallel_requests" << YAML::Value << target.slots + target.queue;
    if (target.input_per_million)
        out << YAML::Key << "input_cost_per_token" << YAML::Value << per_token(*target.input_per_million);
    if (target.output_per_million)
        out << YAML::Key << "output_cost_per_token" << YAML::Value << per_token(*target.output_per_million);
    out << YAML::EndMap;
    if (target.context_tokens > 0) {
        out << YAML::Key << "model_info" << YAML::Value << YAML::BeginMap;
        out << YAML::Key << "max_input_tokens" << YAML::Value << target.context_tokens;
        out << YAML::EndMap;
    }
    out << YAML::EndMap;
}

// From each target to those behind it, in the first order that has some there.
std::vector<std::vector<std::string>> chains_of(const Policy& policy)
{
    std::vector<std::vector<std::string>> chains;
    const auto add = [&](const std::vector<std::string>& order) {
        for (auto from = order.begin(); order.end() - from > 1; ++from) {
            const bool known =
                std::ranges::any_of(chains, [&](const auto& chain) { return chain.front() == *from; });
            if (!known)
                chains.emplace_back(from, order.end());
        }
    };
    add(policy.order);
    for (const Route& route : policy.routes)
        add(route.order);
    return chains;
}

// [{primary: [local]}]
void write_chains(YAML::Emitter& out, const char* key, const Policy& policy)
{
    out << YAML::Key << key << YAML::Value << YAML::BeginSeq;
    for (const std::vector<std::string>& chain : chains_of(policy)) {
        out << YAML::BeginMap << YAML::Key << chain.front() << YAML::Value << YAML::Flow << YAML::BeginSeq;
        for (std::size_t i = 1; i < chain.size(); ++i)
            out << chain[i];
        out << YAML::EndSeq << YAML::EndMap;
    }
    out << YAML::EndSeq;
}

std::vector<std::string> left_out_of(const Policy& policy)
{
    std::vector<std::string> parts;
    const Breaker& breaker = policy.breaker;
    if (breaker.latency_over_ms > 0)
        parts.push_back(fmt::format("leaving a target when the {:g}th percentile of answers is over {:g} s",
                                    breaker.latency_percentile, breaker.latency_over_ms / 1000));
    if (breaker.failure_percent > 0)
        parts.push_back(fmt::format("leaving a target at {:g} % of failures: it counts failures, and leaves "
                                    "a target beyond {} in a minute",
                                    breaker.failure_percent, *allowed_fails(breaker)));
    if (breaker.failures_over == taken_for_unset)
        parts.push_back(fmt::format("leaving a target beyond {} failures: it takes that number for “not "
                                    "set”, so {} is written",
                                    taken_for_unset, *allowed_fails(breaker)));
    if (breaker.rate_limits_over && *breaker.rate_limits_over > 0)
        parts.emplace_back(
            "bearing some answers of “too many requests”: LiteLLM leaves a target at the first");
    if (std::abs(breaker.window_s - 60) > 0.5)
        parts.emplace_back("a window other than one minute");
    if (breaker.probes > 0)
        parts.emplace_back("trying a target with single requests after its cool-down: all come back at once");
    if (breaker.cool_down_growth > 1)
        parts.emplace_back("a longer cool-down each time in a row");
    if (!policy.routes.empty())
        parts.emplace_back(
            "routes by tag, length or category: the caller has to name the target as the model");
    if (policy.spending.per_request || policy.spending.per_month)
        parts.emplace_back("limits for one request or one month");
    if (policy.spending.per_day)
        parts.emplace_back("the limit for a day: it needs LiteLLM's provider budgets and a Redis server");
    const auto has_price = [](const RouteTarget& t) { return t.input_per_million || t.output_per_million; };
    if (std::ranges::any_of(policy.targets, has_price))
        parts.emplace_back("another currency than US dollars: the targets' own prices stand as they are");
    return parts;
}

}

base::Result<RouterConfig> litellm_config(const Policy& policy)
{
    for (const RouteTarget& target : policy.targets) {
        if (target.served_model.empty() || target.served_model.ends_with('/'))
            return base::fail(
                base::ErrorCode::Invalid,
                fmt::format(
                    "The target “{}” of the policy has no complete “served_model”; write the provider "
                    "and model by which LiteLLM reaches it, such as “openai/gpt-5.4”, and for "
                    "a local server its “url” too.",
                    target.id));
    }
    RouterConfig config;
    config.left_out = left_out_of(policy);
    YAML::Emitter out;
    out << YAML::Comment("LiteLLM proxy: " + policy.title);
    for (const std::string& part : config.left_out)
        out << YAML::Newline << YAML::Comment("Not done by LiteLLM: " + part + ".");
    out << YAML::BeginMap;
    out << YAML::Key << "model_list" << YAML::Value << YAML::BeginSeq;
    for (const RouteTarget& target : policy.targets)
        write_target(out, target, policy);
    out << YAML::EndSeq;
    out << YAML::Key << "router_settings" << YAML::Value << YAML::BeginMap;
    out << YAML::Key << "num_retries" << YAML::Value << policy.retries;
    out << YAML::Key << "retry_after" << YAML::Value
        << static_cast<int>(std::ceil(policy.retry_after_ms / 1000));
    out << YAML::Key << "timeout" << YAML::Value << policy.timeout_s;
    if (const auto fails = allowed_fails(policy.breaker))
        out << YAML::Key << "allowed_fails" << YAML::Value << *fails;
    else
        out << YAML::Key << "disable_cooldowns" << YAML::Value << true;
    out << YAML::Key << "cooldown_time" << YAML::Value << policy.breaker.cool_down_s;
    out << YAML::Key << "max_fallbacks" << YAML::Value << policy.max_fallbacks;
    out << YAML::Key << "enable_pre_call_checks" << YAML::Value << policy.context_check;
    write_chains(out, "fallbacks", policy);
    write_chains(out, "context_window_fallbacks", policy);
    out << YAML::EndMap << YAML::EndMap;
    config.yaml = std::string(out.c_str()) + "\n";
    return config;
}

}
