#include "core/base/file.h"
#include "core/base/templates.h"
#include "core/fallback/policy/policy.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <set>

namespace leeway::fallback {
namespace {

using base::Decimal;
using nlohmann::json;

constexpr std::string_view kind = "policies";
constexpr std::size_t largest_file = std::size_t{4} << 20;

// Reads what the schema has let through; what the schema cannot say is checked here. The first complaint
// stays.
class Reader
{
public:
    explicit Reader(const base::JsonFile& file) : m_file(file) {}

    Policy read()
    {
        const json& value = m_file.value;
        Policy policy;
        policy.id = value.at("id").get<std::string>();
        policy.title = value.at("title").get<std::string>();
        policy.note = value.value("note", "");
        policy.retries = value.value("retries", policy.retries);
        policy.retry_after_ms = value.value("retry_after_ms", policy.retry_after_ms);
        policy.max_fallbacks = value.value("max_fallbacks", policy.max_fallbacks);
        policy.timeout_s = value.value("timeout_s", policy.timeout_s);
        policy.late_after_s = value.value("late_after_s", policy.late_after_s);
        policy.context_check = value.value("context_check", policy.context_check);
        if (value.contains("breaker"))
            policy.breaker = breaker(value.at("breaker"));
        if (value.contains("spending"))
            policy.spending = spending(value.at("spending"));
        const json& targets = value.at("targets");
        for (std::size_t i = 0; i < targets.size(); ++i) {
            policy.targets.push_back(target(targets[i], fmt::format("/targets/{}", i)));
            if (!m_ids.insert(policy.targets.back().id).second)
                complain(fmt::format("/targets/{}/id", i),
                         fmt::format("“{}” is the id of another target already", policy.targets.back().id));
        }
        policy.order = order(value, "");
        if (policy.order.empty()) {
            for (const RouteTarget& each : policy.targets)
                policy.order.push_back(each.id);
        }
        for (const json& rule : value.value("categories", json::array()))
            policy.categories.push_back({*category_from(rule.at("category").get<std::string>()),
                                         match(rule.value("when", json::object()))});
        const json routes = value.value("routes", json::array());
        for (std::size_t i = 0; i < routes.size(); ++i)
            policy.routes.push_back({routes[i].value("name", ""),
                                     match(routes[i].value("when", json::object())),
                                     order(routes[i], fmt::format("/routes/{}", i))});
        return policy;
    }

    std::optional<base::Error> complaint;

private:
    void complain(const std::string& at, const std::string& text)
    {
        if (!complaint)
            complaint = m_file.error(at, text);
    }

    std::optional<Decimal> amount(const json& value, const char* name, const std::string& at)
    {
        if (!value.contains(name))
            return std::nullopt;
        const json& number = value.at(name);
        const auto read = Decimal::parse(number.is_string() ? number.get<std::string>() : number.dump());
        if (!read || read->is_negative())
            complain(at + "/" + name, "an amount is wanted, such as 0.15 or \"0.15\"");
        return read ? *read : Decimal();
    }

    std::vector<std::string> order(const json& value, const std::string& at)
    {
        std::vector<std::string> ids = value.value("order", std::vector<std::string>());
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const std::string place = fmt::format("{}/order/{}", at, i);
            if (!m_ids.contains(ids[i]))
                complain(place, fmt::format("there is no target “{}”", ids[i]));
            else if (std::find(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(i), ids[i]) !=
                     ids.begin() + static_cast<std::ptrdiff_t>(i))
                complain(place, fmt::format("“{}” stands in this order already", ids[i]));
        }
        return ids;
    }

    static Match match(const json& value)
    {
        Match match;
        match.models = value.value("models", match.models);
        match.tags = value.value("tags", match.tags);
        for (const std::string& name : value.value("categories", std::vector<std::string>()))
            match.categories.push_back(*category_from(name));
        match.min_prompt_tokens = value.value("min_prompt_tokens", std::int64_t{0});
        match.max_prompt_tokens = value.value("max_prompt_tokens", std::int64_t{0});
        return match;
    }

    RouteTarget target(const json& value, const std::string& at)
    {
        RouteTarget target;
        target.id = value.at("id").get<std::string>();
        target.title = value.value("title", target.id);
        target.model = value.value("model", "");
        target.input_per_million = amount(value, "input_per_million", at);
        target.output_per_million = amount(value, "output_per_million", at);
        target.per_hour = amount(value, "per_hour", at).value_or(Decimal());
        target.error_percent = value.value("error_percent", 0.0);
        target.slots = value.value("slots", 0);
        target.queue = value.value("queue", 0);
        target.context_tokens = value.value("context_tokens", std::int64_t{0});
        target.url = value.value("url", "");
        target.served_model = value.value("served_model", "");
        target.key_variable = value.value("key_variable", "");
        if (value.contains("pace")) {
            const json& pace = value.at("pace");
            Pace& into = target.pace;
            into.first_token_ms = pace.value("first_token_ms", into.first_token_ms);
            into.prompt_tokens_per_second =
                pace.value("prompt_tokens_per_second", into.prompt_tokens_per_second);
            into.tokens_per_second = pace.value("tokens_per_second", into.tokens_per_second);
            into.p95_over_median = pace.value("p95_over_median", into.p95_over_median);
        }
        const json rates = value.value("pass_percent", json::object());
        for (const auto& [name, rate] : rates.items())
            target.pass_percent[static_cast<std::size_t>(*category_from(name))] = rate.get<double>();
        return target;
    }

    static Breaker breaker(const json& value)
    {
        Breaker breaker;
        if (value.contains("failures_over"))
            breaker.failures_over = value.at("failures_over").get<int>();
        if (value.contains("rate_limits_over"))
            breaker.rate_limits_over = value.at("rate_limits_over").get<int>();
        breaker.window_s = value.value("window_s", breaker.window_s);
        breaker.failure_percent = value.value("failure_percent", breaker.failure_percent);
        breaker.failure_requests = value.value("failure_requests", breaker.failure_requests);
        breaker.latency_over_ms = value.value("latency_over_ms", breaker.latency_over_ms);
        breaker.latency_percentile = value.value("latency_percentile", breaker.latency_percentile);
        breaker.latency_requests = value.value("latency_requests", breaker.latency_requests);
        breaker.cool_down_s = value.value("cool_down_s", breaker.cool_down_s);
        breaker.cool_down_growth = value.value("cool_down_growth", breaker.cool_down_growth);
        breaker.longest_cool_down_s = value.value("longest_cool_down_s", breaker.longest_cool_down_s);
        breaker.probes = value.value("probes", breaker.probes);
        breaker.successes = value.value("successes", breaker.successes);
        breaker.return_below_percent = value.value("return_below_percent", breaker.return_below_percent);
        return breaker;
    }

    Spending spending(const json& value)
    {
        return {amount(value, "per_request", "/spending"), amount(value, "per_day", "/spending"),
                amount(value, "per_month", "/spending")};
    }

    const base::JsonFile& m_file;
    std::set<std::string> m_ids;
};

base::Result<Policy> read_policy(const std::filesystem::path& path)
{
    const auto text = base::read_file(path, largest_file);
    if (!text)
        return tl::unexpected(text.error());
    return parse_policy(path.filename().string(), *text);
}

}

base::Result<Policy> parse_policy(const std::string& name, std::string_view text)
{
    const auto file = base::parse_template(kind, "policy.schema.json", name, text);
    if (!file)
        return tl::unexpected(file.error());
    Reader reader(*file);
    Policy policy = reader.read();
    if (reader.complaint)
        return tl::unexpected(*reader.complaint);
    return policy;
}

base::Result<Policy> load_policy(const std::string& path_or_id)
{
    return base::find_template(kind, path_or_id).and_then(read_policy);
}

base::Result<std::vector<Policy>> bundled_policies()
{
    const auto files = base::template_files(kind);
    if (!files)
        return tl::unexpected(files.error());
    std::vector<Policy> policies;
    for (const auto& file : *files) {
        auto policy = read_policy(file);
        if (!policy)
            return tl::unexpected(policy.error());
        policies.push_back(std::move(*policy));
    }
    return policies;
}

}
