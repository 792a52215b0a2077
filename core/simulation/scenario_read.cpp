#include "core/base/file.h"
#include "core/base/templates.h"
#include "core/simulation/scenario.h"
#include "core/simulation/uncertainty_json.h"

#include <filesystem>
#include <fmt/format.h>
#include <set>

namespace leeway::simulation {
namespace {

using nlohmann::json;

constexpr std::size_t largest_file = std::size_t{4} << 20;

constexpr std::string_view kind = "scenarios";

// Reads what the schema has let through; what the schema cannot say (dates, decimals, doubled ids) is checked
// here, the first complaint is kept.
class Reader
{
public:
    explicit Reader(const base::JsonFile& file) : m_file(file) {}

    ScenarioSet read()
    {
        const json& value = m_file.value;
        ScenarioSet set;
        set.id = value.at("id").get<std::string>();
        set.title = value.at("title").get<std::string>();
        set.plan = plan(value.at("plan"));
        std::set<std::string> ids;
        const json& scenarios = value.at("scenarios");
        for (std::size_t i = 0; i < scenarios.size(); ++i) {
            const std::string at = fmt::format("/scenarios/{}", i);
            set.scenarios.push_back(scenario(scenarios[i], at));
            if (!ids.insert(set.scenarios.back().id).second)
                complain(at + "/id",
                         fmt::format("“{}” is the id of another scenario already", set.scenarios.back().id));
        }
        if (value.contains("uncertainty")) {
            set.uncertainty = uncertainty_from(value.at("uncertainty"),
                                               [this](const std::string& at, const std::string& text) {
                                                   complain("/uncertainty" + at, text);
                                               });
        }
        return set;
    }

    std::optional<base::Error> complaint;

private:
    void complain(const std::string& at, const std::string& text)
    {
        if (!complaint)
            complaint = m_file.error(at, text);
    }

    Plan plan(const json& value)
    {
        Plan plan;
        if (const auto start = base::parse_month(value.at("start").get<std::string>()))
            plan.start = *start;
        else
            complain("/plan/start", start.error().message);
        plan.months = value.value("months", plan.months);
        plan.growth_percent = value.value("growth_percent", 0.0);
        plan.log_one_in = value.value("log_one_in", plan.log_one_in);
        plan.gate_days = value.value("gate_days", plan.gate_days);
        plan.seasonality = value.value("seasonality", plan.seasonality);
        plan.discount_percent = value.value("discount_percent", 0.0);
        plan.cpi_percent = value.value("cpi_percent", plan.cpi_percent);
        if (value.contains("budget_lock") && !value.at("budget_lock").is_null()) {
            if (const auto lock = base::parse_date(value.at("budget_lock").get<std::string>()))
                plan.budget_lock = *lock;
            else
                complain("/plan/budget_lock", lock.error().message);
        }
        return plan;
    }

    Scenario scenario(const json& value, const std::string& at)
    {
        Scenario scenario;
        scenario.id = value.at("id").get<std::string>();
        scenario.title = value.at("title").get<std::string>();
        scenario.note = value.value("note", "");
        list(value, at, "price_changes", scenario.price_changes, &Reader::change);
        list(value, at, "caps", scenario.caps, &Reader::cap);
        list(value, at, "successors", scenario.successors, &Reader::successor);
        list(value, at, "flat_fees", scenario.flat_fees, &Reader::flat_fee);
        list(value, at, "commitments", scenario.commitments, &Reader::commitment);
        list(value, at, "expenses", scenario.expenses, &Reader::expense);
        if (value.contains("cache_loss")) {
            const json& loss = value.at("cache_loss");
            scenario.cache_loss = CacheLoss{loss.at("percent").get<double>(), loss.value("from_month", 1),
                                            loss.value("source", "")};
        }
        if (value.contains("transfer"))
            scenario.transfer = transfer(value.at("transfer"), at + "/transfer");
        if (value.contains("fallback"))
            scenario.fallback = fallback(value.at("fallback"), at + "/fallback");
        return scenario;
    }

    // Reads each value of a list that may be left out.
    template<typename T>
    void list(const json& value, const std::string& at, const char* name, std::vector<T>& into,
              T (Reader::*one)(const json&, const std::string&))
    {
        if (!value.contains(name))
            return;
        const json& values = value.at(name);
        for (std::size_t i = 0; i < values.size(); ++i)
            into.push_back((this->*one)(values[i], fmt::format("{}/{}/{}", at, name, i)));
    }

    PriceChange change(const json& value, const std::string& at)
    {
        PriceChange change{value.value("vendor", ""), value.value("model", ""),
                           value.at("percent").get<double>(), value.value("from_month", 1)};
        if (value.contains("from_date")) {
            if (const auto day = base::parse_date(value.at("from_date").get<std::string>()))
                change.from_date = *day;
            else
                complain(at + "/from_date", day.error().message);
        }
        change.component = value.value("component", "");
        if (!change.component.empty() && !pricing::component_from(change.component))
            complain(at + "/component", fmt::format("“{}” is no component of a price sheet; use “input”, "
                                                    "“output”, “cache_read” or another of its names",
                                                    change.component));
        change.yearly = value.value("yearly", false);
        change.capped = value.value("capped", true);
        return change;
    }

    PriceCap cap(const json& value, const std::string& at)
    {
        PriceCap cap;
        cap.vendor = value.value("vendor", "");
        if (value.contains("percent"))
            cap.percent = value.at("percent").get<double>();
        if (value.contains("cpi_points"))
            cap.cpi_points = value.at("cpi_points").get<double>();
        if (!cap.percent && !cap.cpi_points)
            complain(at, "a cap needs “percent” or “cpi_points”");
        cap.source = value.value("source", "");
        return cap;
    }

    Successor successor(const json& value, const std::string&)
    {
        return {value.value("vendor", ""),         value.value("model", ""),
                value.value("to_vendor", ""),      value.value("to_model", ""),
                value.value("price_percent", 0.0), value.value("tokens_percent", 0.0),
                value.value("from_month", 1),      value.value("capped", false)};
    }

    FlatFee flat_fee(const json& value, const std::string& at)
    {
        return {value.value("vendor", ""), amount(value, "amount_per_month", at),
                value.value("percent_of_usage", 0.0), value.value("from_month", 1),
                value.value("until_month", 0)};
    }

    Commitment commitment(const json& value, const std::string& at)
    {
        return {value.value("vendor", ""), amount(value, "amount_per_year", at), value.value("from_month", 1),
                value.value("until_month", 0)};
    }

    Expense expense(const json& value, const std::string& at)
    {
        return {value.at("title").get<std::string>(),
                value.value("from_month", 1),
                amount(value, "once", at),
                value.value("people", 0.0),
                amount(value, "rate_per_month", at),
                value.value("months", 1),
                value.value("tokens", std::int64_t{0}),
                value.value("vendor", ""),
                value.value("model", "")};
    }

    static Rule rule(const json& value)
    {
        if (!value.contains("rule"))
            return {};
        const json& at = value.at("rule");
        return {at.value("models", std::vector<std::string>()), at.value("tags", std::vector<std::string>()),
                at.value("min_prompt_tokens", std::int64_t{0}),
                at.value("max_prompt_tokens", std::int64_t{0})};
    }

    Transfer transfer(const json& value, const std::string& at)
    {
        Transfer transfer;
        transfer.from_vendor = value.value("from_vendor", "");
        transfer.to_vendor = value.at("to_vendor").get<std::string>();
        transfer.to_model = value.at("to_model").get<std::string>();
        transfer.share_percent = value.at("share_percent").get<double>();
        transfer.from_month = value.value("from_month", 1);
        transfer.cache_hit_loss_percent = value.value("cache_hit_loss_percent", 0.0);
        transfer.upkeep_per_month = amount(value, "upkeep_per_month", at);
        transfer.migration_once = amount(value, "migration_once", at);
        transfer.parallel_months = value.value("parallel_months", 0);
        transfer.rule = rule(value);
        transfer.cache_source = value.value("cache_source", "");
        return transfer;
    }

    Fallback fallback(const json& value, const std::string& at)
    {
        Fallback fallback;
        fallback.from_vendor = value.value("from_vendor", "");
        fallback.model = value.at("model").get<std::string>();
        fallback.share_percent = value.at("share_percent").get<double>();
        fallback.from_month = value.value("from_month", 1);
        fallback.price_per_hour = amount(value, "price_per_hour", at);
        fallback.tokens_per_second = value.at("tokens_per_second").get<double>();
        fallback.input_tokens_per_second = value.value("input_tokens_per_second", 0.0);
        fallback.utilisation_percent = value.value("utilisation_percent", fallback.utilisation_percent);
        fallback.minimum_machines = value.value("minimum_machines", fallback.minimum_machines);
        fallback.upkeep_per_month = amount(value, "upkeep_per_month", at);
        fallback.migration_once = amount(value, "migration_once", at);
        fallback.rule = rule(value);
        return fallback;
    }

    // An amount is a number, or a decimal in quotes, which keeps every digit.
    base::Decimal amount(const json& value, const char* name, const std::string& at)
    {
        if (!value.contains(name))
            return {};
        const json& found = value.at(name);
        const auto parsed = base::Decimal::parse(found.is_string() ? found.get<std::string>() : found.dump());
        const std::string where = fmt::format("{}/{}", at, name);
        if (!parsed) {
            complain(where, parsed.error().message);
            return {};
        }
        if (parsed->is_negative() || *parsed > base::Decimal::from_integer(1'000'000'000))
            complain(where, "an amount is between 0 and 1,000,000,000");
        return *parsed;
    }

    const base::JsonFile& m_file;
};

base::Result<ScenarioSet> read_scenarios(const std::filesystem::path& path)
{
    const auto text = base::read_file(path, largest_file);
    if (!text)
        return tl::unexpected(text.error());
    return parse_scenarios(path.filename().string(), *text);
}

}

base::Result<ScenarioSet> parse_scenarios(const std::string& name, std::string_view text)
{
    const auto file = base::parse_template(kind, "scenario.schema.json", name, text);
    if (!file)
        return tl::unexpected(file.error());
    Reader reader(*file);
    ScenarioSet set = reader.read();
    if (reader.complaint)
        return tl::unexpected(*reader.complaint);
    return set;
}

base::Result<ScenarioSet> load_scenarios(const std::string& path_or_id)
{
    return base::find_template(kind, path_or_id).and_then(read_scenarios);
}

base::Result<std::vector<ScenarioSet>> bundled_scenarios()
{
    const auto files = base::template_files(kind);
    if (!files)
        return tl::unexpected(files.error());
    std::vector<ScenarioSet> sets;
    for (const auto& file : *files) {
        auto set = read_scenarios(file);
        if (!set)
            return tl::unexpected(set.error());
        sets.push_back(std::move(*set));
    }
    return sets;
}

}
