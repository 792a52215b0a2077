#include "core/usage/replay_json.h"

#include "core/usage/idset.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unordered_map>

namespace leeway::usage {
namespace {

using json = nlohmann::ordered_json;

std::string line_of(const json& value)
{
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

json each_value(const pricing::Usage& usage, const pricing::Cost& cost, std::string_view currency)
{
    json value{{"line", usage.line}, {"model", usage.model}};
    value["cost"] = cost.priced ? json(cost.total.to_string()) : json();
    value["currency"] = currency;
    value["components"] = json::object();
    for (std::size_t i = 0; cost.priced && i < pricing::component_count; ++i) {
        // A component that costs nothing is shown when it was used; requests mostly have no fee.
        const auto component = static_cast<pricing::Component>(i);
        const bool shown = component == pricing::Component::Request ? !cost.components[i].is_zero()
                                                                    : usage.counts.of[i] != 0;
        if (shown)
            value["components"][std::string(pricing::to_string(component))] = cost.components[i].to_string();
    }
    value["notes"] = cost.notes;
    if (!cost.priced)
        value["why"] = cost.why;
    return value;
}

json bad_value(const BadLine& line, std::string_view currency)
{
    return {{"line", line.line},
            {"model", nullptr},
            {"cost", nullptr},
            {"currency", currency},
            {"components", json::object()},
            {"notes", json::array()},
            {"why", fmt::format("bad line: {}", line.reason)}};
}

// Looks models up once for each name.
class Models
{
public:
    explicit Models(const pricing::Sheet& sheet) : m_sheet(sheet) {}

    const pricing::Model* find(const pricing::Usage& usage)
    {
        m_key.assign(usage.vendor).append(1, '\0').append(usage.model);
        const auto known = m_models.find(m_key);
        if (known != m_models.end())
            return known->second;
        if (m_models.size() > 100'000) // names that differ on every line
            m_models.clear();
        return m_models[m_key] = m_sheet.find(usage.vendor, usage.model);
    }

private:
    const pricing::Sheet& m_sheet;
    std::unordered_map<std::string, const pricing::Model*> m_models;
    std::string m_key;
};

json month_value(const MonthCost& month, const MonthCost* repriced)
{
    const auto cost = [](const MonthCost& m) {
        return m.priced || !m.cost.is_zero() ? json(m.cost.to_string()) : json();
    };
    json value{{"month", base::to_string(month.month)},
               {"vendor", month.vendor},
               {"model", month.model},
               {"requests", month.counts.requests()},
               {"input_tokens", month.counts.all_input()},
               {"output_tokens", month.counts.all_output()},
               {"cost", cost(month)}};
    if (!month.priced && !month.cost.is_zero())
        value["partly_unpriced"] = true;
    if (repriced != nullptr) {
        value["repriced"] = cost(*repriced);
        if (month.priced && repriced->priced)
            value["difference"] = (repriced->cost - month.cost).to_string();
    }
    return value;
}

}

std::string each_line(const pricing::Usage& usage, const pricing::Cost& cost, std::string_view currency)
{
    return line_of(each_value(usage, cost, currency));
}

std::string each_line(const BadLine& line, std::string_view currency)
{
    return line_of(bad_value(line, currency));
}

std::string each_line(const pricing::Usage& usage, const pricing::Sheet& sheet, const std::string& from,
                      const std::string& to)
{
    if (to.empty() || !is_named(usage.vendor, usage.model, from))
        return each_line(usage, pricing::cost_of(usage, sheet), sheet.currency);
    const pricing::Model* target = find_named(sheet, to);
    pricing::Cost cost;
    if (target != nullptr)
        cost = pricing::cost_of(usage, *target);
    else
        cost.why = fmt::format("“{}” is not in the price sheet", to);
    return each_line(usage, cost, sheet.currency);
}

base::Status replay_each(const std::vector<std::filesystem::path>& files, const pricing::Sheet& sheet,
                         const EachOptions& options, const std::function<void(const std::string&)>& print,
                         std::int64_t* bad_lines)
{
    const pricing::Model* target = nullptr;
    if (!options.to.empty()) {
        target = find_named(sheet, options.to);
        if (target == nullptr)
            return base::fail(
                base::ErrorCode::NotFound,
                fmt::format("“{}” is not in the price sheet, or stands there for several vendors; "
                            "name it as vendor/model",
                            options.to));
    }
    Models models(sheet);
    IdSet ids;
    std::int64_t bad_count = 0;
    for (const std::filesystem::path& file : files) {
        const auto finish = [&](json value) {
            if (files.size() > 1)
                value["file"] = file.filename().string();
            print(line_of(value));
        };
        const auto status = read_usage(
            file, options.mapping,
            [&](const pricing::Usage& usage) {
                const bool named = is_named(usage.vendor, usage.model, options.from);
                if (options.to.empty() && !named)
                    return;
                const pricing::Model* model = target != nullptr && named ? target : models.find(usage);
                pricing::Cost cost =
                    model != nullptr ? pricing::cost_of(usage, *model) : pricing::cost_of(usage, sheet);
                if (model != nullptr && model != target) {
                    if (std::string note = pricing::vendor_note(usage.vendor, *model); !note.empty())
                        cost.notes.push_back(std::move(note));
                }
                if (!usage.request_id.empty() && !ids.insert(usage.request_id))
                    cost.notes.emplace_back("request_id was seen before: not counted in totals");
                finish(each_value(usage, cost, sheet.currency));
            },
            [&](const BadLine& line) {
                ++bad_count;
                finish(bad_value(line, sheet.currency));
            },
            options.progress);
        if (bad_lines != nullptr)
            *bad_lines = bad_count;
        if (!status)
            return status;
    }
    return {};
}

json to_json(const Replay& today, const Cube& cube, const Replay* repriced)
{
    json total{{"currency", today.currency},
               {"cost", today.total.to_string()},
               {"requests", today.requests},
               {"unpriced", today.unpriced_requests}};
    if (repriced != nullptr) {
        total["repriced"] = repriced->total.to_string();
        total["repriced_unpriced"] = repriced->unpriced_requests;
        total["difference"] = (repriced->total - today.total).to_string();
    }
    json value{{"totals", json::array({total})}, {"months", json::array()}, {"unpriced", json::array()}};
    const bool aligned = repriced != nullptr && repriced->months.size() == today.months.size();
    for (std::size_t i = 0; i < today.months.size(); ++i)
        value["months"].push_back(month_value(today.months[i], aligned ? &repriced->months[i] : nullptr));
    for (const auto& [model, requests] : today.unpriced)
        value["unpriced"].push_back({{"model", model}, {"requests", requests}});
    json examples = json::array();
    for (const BadLine& line : cube.examples)
        examples.push_back({{"file", line.file}, {"line", line.line}, {"reason", line.reason}});
    value["bad_lines"] = {{"count", cube.bad_lines}, {"examples", examples}};
    value["notes"] = today.notes;
    return value;
}

}
