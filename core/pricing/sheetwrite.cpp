#include "core/pricing/agreementjson.h"
#include "core/pricing/scheduletext.h"
#include "core/pricing/sheet.h"
#include "core/pricing/sheetjson.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace leeway::pricing {
namespace {

using nlohmann::json;

std::string json_text(std::string_view text)
{
    return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

// Appends members to an object, one after the other on a line.
class Members
{
public:
    void add(std::string_view name, const std::string& value)
    {
        m_text += fmt::format("{}{}: {}", m_text.empty() ? "" : ", ", json_text(name), value);
    }
    void add(std::string_view name, const std::optional<base::Date>& date)
    {
        if (date)
            add(name, json_text(base::to_string(*date)));
    }
    void add_text(std::string_view name, std::string_view text)
    {
        if (!text.empty())
            add(name, json_text(text));
    }
    void add_count(std::string_view name, std::int64_t count)
    {
        if (count != 0)
            add(name, std::to_string(count));
    }
    void add_flag(std::string_view name, bool flag)
    {
        if (flag)
            add(name, "true");
    }
    [[nodiscard]] const std::string& text() const { return m_text; }

private:
    std::string m_text;
};

std::string list(const std::vector<std::string>& texts)
{
    std::string joined;
    for (const std::string& text : texts)
        joined += (joined.empty() ? "" : ", ") + json_text(text);
    return "[" + joined + "]";
}

std::string to_json(const Rate& rate)
{
    // Tokens are priced by the million as everywhere; a price that would not survive that stays as it is.
    const base::Decimal million = rate.price * 1'000'000;
    const bool by_million =
        side_of(rate.component) != Side::Unit && million < base::Decimal::from_integer(1'000'000'000'000);
    Members members;
    members.add("component", json_text(to_string(rate.component)));
    members.add(by_million ? "per_million" : "each",
                json_text(by_million ? million.to_string() : rate.price.to_string()));
    if (rate.tier != "standard")
        members.add("tier", json_text(rate.tier));
    members.add_count("above", rate.above_tokens);
    return "{ " + members.text() + " }";
}

std::string to_json(const WeekRates& week)
{
    std::string hours;
    for (const DayHours& range : hours_of(week.when)) {
        Members members;
        members.add_text("days", days_text(range.days));
        members.add_text("from", minute_text(range.from));
        members.add_text("to", minute_text(range.to));
        hours += fmt::format("{}{{ {} }}", hours.empty() ? "" : ", ", members.text());
    }
    std::string rates;
    for (const Rate& rate : week.rates)
        rates += fmt::format("{}\n            {}", rates.empty() ? "" : ",", to_json(rate));
    return fmt::format("          {{ \"hours\": [{}], \"rates\": [{}] }}", hours, rates);
}

std::string to_json(const DatedRates& dated)
{
    Members members;
    members.add("from", dated.from);
    members.add("until", dated.until);
    members.add_text("source", dated.source);
    members.add("read", dated.read);
    members.add_text("note", dated.note);
    std::string rates;
    for (const Rate& rate : dated.rates)
        rates += fmt::format("{}\n          {}", rates.empty() ? "" : ",", to_json(rate));
    std::string off_peak;
    for (const WeekRates& week : dated.off_peak)
        off_peak += (off_peak.empty() ? ",\n        \"off_peak\": [\n" : ",\n") + to_json(week);
    return fmt::format("        {{ {}{}\"rates\": [{}{}]{}{} }}", members.text(),
                       members.text().empty() ? "" : ", ", rates, rates.empty() ? "" : "\n        ", off_peak,
                       off_peak.empty() ? "" : "]");
}

std::string to_json(const Model& model)
{
    Members members;
    members.add("vendor", json_text(model.vendor));
    members.add("model", json_text(model.model));
    if (!model.aliases.empty())
        members.add("aliases", list(model.aliases));
    members.add("mode", json_text(model.mode));
    Members facts;
    facts.add_count("max_input_tokens", model.max_input_tokens);
    facts.add_count("max_output_tokens", model.max_output_tokens);
    facts.add_count("cache_min_tokens", model.cache_min_tokens);
    facts.add("retires", model.retires);
    facts.add_flag("threshold_inclusive", model.threshold_inclusive);
    facts.add_flag("marginal_tiers", model.marginal_tiers);
    facts.add_flag("open_weights", model.open_weights);
    if (!model.regional_factors.empty()) {
        Members factors;
        for (const auto& [region, factor] : model.regional_factors)
            factors.add_text(region, factor.to_string());
        facts.add("regional_factors", "{ " + factors.text() + " }");
    }
    std::string prices;
    for (const DatedRates& dated : model.prices)
        prices += (prices.empty() ? "\n" : ",\n") + to_json(dated);
    return fmt::format("    {{ {},\n{}      \"prices\": [{}{}] }}", members.text(),
                       facts.text().empty() ? "" : "      " + facts.text() + ",\n", prices,
                       prices.empty() ? "" : "\n      ");
}

}

std::string to_json(const Sheet& sheet)
{
    std::string text = fmt::format("{{\n  \"format\": \"{}\",\n  \"version\": 1,\n", sheet_format);
    text += fmt::format("  \"id\": {},\n  \"title\": {},\n  \"currency\": {},\n", json_text(sheet.id),
                        json_text(sheet.title), json_text(sheet.currency));
    if (sheet.as_of)
        text += fmt::format("  \"as_of\": {},\n", json_text(base::to_string(*sheet.as_of)));
    if (!sheet.source.empty())
        text += fmt::format("  \"source\": {},\n", json_text(sheet.source));
    if (!sheet.agreement.empty())
        text += fmt::format("  \"agreement\": {},\n", to_json(sheet.agreement));
    if (!sheet.ignored.empty())
        text += fmt::format("  \"ignored\": {},\n", list(sheet.ignored));
    std::string models;
    for (const Model& model : sheet.models)
        models += (models.empty() ? "\n" : ",\n") + to_json(model);
    return text + fmt::format("  \"models\": [{}{}]\n}}\n", models, models.empty() ? "" : "\n  ");
}

}
