#include "core/base/file.h"
#include "core/base/templates.h"
#include "core/simulation/scenario.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <set>

namespace leeway::simulation {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

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
        for (const json& change : value.value("price_changes", json::array())) {
            scenario.price_changes.push_back({change.value("vendor", ""), change.value("model", ""),
                                              change.at("percent").get<double>(),
                                              change.value("from_month", 1)});
        }
        if (value.contains("transfer"))
            scenario.transfer = transfer(value.at("transfer"), at + "/transfer");
        if (value.contains("fallback"))
            scenario.fallback = fallback(value.at("fallback"), at + "/fallback");
        return scenario;
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

ordered_json changes_json(const std::vector<PriceChange>& changes)
{
    ordered_json result = ordered_json::array();
    for (const PriceChange& change : changes) {
        ordered_json value = ordered_json::object();
        if (!change.vendor.empty())
            value["vendor"] = change.vendor;
        if (!change.model.empty())
            value["model"] = change.model;
        value["percent"] = change.percent;
        value["from_month"] = change.from_month;
        result.push_back(std::move(value));
    }
    return result;
}

ordered_json transfer_json(const Transfer& transfer)
{
    ordered_json value = ordered_json::object();
    if (!transfer.from_vendor.empty())
        value["from_vendor"] = transfer.from_vendor;
    value["to_vendor"] = transfer.to_vendor;
    value["to_model"] = transfer.to_model;
    value["share_percent"] = transfer.share_percent;
    value["from_month"] = transfer.from_month;
    value["parallel_months"] = transfer.parallel_months;
    value["cache_hit_loss_percent"] = transfer.cache_hit_loss_percent;
    value["upkeep_per_month"] = transfer.upkeep_per_month.to_string();
    value["migration_once"] = transfer.migration_once.to_string();
    return value;
}

ordered_json fallback_json(const Fallback& fallback)
{
    ordered_json value = ordered_json::object();
    if (!fallback.from_vendor.empty())
        value["from_vendor"] = fallback.from_vendor;
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
    return value;
}

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

std::string to_json(const ScenarioSet& set)
{
    ordered_json plan{{"start", base::to_string(set.plan.start)},
                      {"months", set.plan.months},
                      {"growth_percent", set.plan.growth_percent}};
    if (set.plan.log_one_in != 1)
        plan["log_one_in"] = set.plan.log_one_in;
    if (set.plan.budget_lock)
        plan["budget_lock"] = base::to_string(*set.plan.budget_lock);
    plan["gate_days"] = set.plan.gate_days;
    ordered_json scenarios = ordered_json::array();
    for (const Scenario& scenario : set.scenarios) {
        ordered_json value{{"id", scenario.id}, {"title", scenario.title}};
        if (!scenario.note.empty())
            value["note"] = scenario.note;
        if (!scenario.price_changes.empty())
            value["price_changes"] = changes_json(scenario.price_changes);
        if (scenario.transfer)
            value["transfer"] = transfer_json(*scenario.transfer);
        if (scenario.fallback)
            value["fallback"] = fallback_json(*scenario.fallback);
        scenarios.push_back(std::move(value));
    }
    const ordered_json value{
        {"id", set.id}, {"title", set.title}, {"plan", std::move(plan)}, {"scenarios", std::move(scenarios)}};
    return value.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}
