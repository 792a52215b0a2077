#include "core/base/file.h"
#include "core/base/json.h"
#include "core/pricing/agreementjson.h"
#include "core/pricing/numbertext.h"
#include "core/pricing/scheduletext.h"
#include "core/pricing/sheetfields.h"
#include "core/pricing/sheetjson.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <tuple>
#include <utility>

namespace leeway::pricing {
namespace {

using base::JsonFile;
using nlohmann::json;

// Walks a file that follows the schema.
class Reader
{
public:
    explicit Reader(const JsonFile& file) : m_file(file), m_fields(file) {}

    base::Result<Sheet> read()
    {
        const json& top = m_file.value;
        Sheet sheet;
        sheet.id = top.at("id").get<std::string>();
        sheet.title = top.at("title").get<std::string>();
        sheet.currency = top.at("currency").get<std::string>();
        sheet.as_of = m_fields.date(top, "", "as_of");
        sheet.source = top.value("source", "");
        sheet.ignored = top.value("ignored", std::vector<std::string>());
        const json& models = top.at("models");
        std::set<std::pair<std::string, std::string>> names;
        for (std::size_t i = 0; i < models.size() && !m_fields.error(); ++i) {
            const std::string at = fmt::format("/models/{}", i);
            sheet.models.push_back(model(models[i], at));
            const Model& read = sheet.models.back();
            if (!names.emplace(read.vendor, read.model).second)
                m_fields.complain(at,
                                  fmt::format("{}/{} stands twice in the sheet", read.vendor, read.model));
        }
        if (const auto agreement = top.find("agreement"); agreement != top.end())
            sheet.agreement = agreement_from(*agreement, "/agreement", m_fields);
        if (m_fields.error())
            return tl::unexpected(*m_fields.error());
        return sheet;
    }

private:
    Model model(const json& value, const std::string& at)
    {
        Model model;
        model.vendor = value.at("vendor").get<std::string>();
        model.model = value.at("model").get<std::string>();
        model.aliases = value.value("aliases", std::vector<std::string>());
        model.mode = value.value("mode", "chat");
        model.max_input_tokens = value.value("max_input_tokens", std::int64_t{0});
        model.max_output_tokens = value.value("max_output_tokens", std::int64_t{0});
        model.cache_min_tokens = value.value("cache_min_tokens", std::int64_t{0});
        model.retires = m_fields.date(value, at, "retires");
        model.threshold_inclusive = value.value("threshold_inclusive", false);
        model.marginal_tiers = value.value("marginal_tiers", false);
        model.open_weights = value.value("open_weights", false);
        if (const auto factors = value.find("regional_factors"); factors != value.end()) {
            for (const auto& [region, factor] : factors->items())
                model.regional_factors.emplace_back(
                    region, m_fields.number(factor.get<std::string>(), at + "/regional_factors/" + region));
        }
        const json& prices = value.at("prices");
        for (std::size_t i = 0; i < prices.size(); ++i) {
            const std::string place = fmt::format("{}/prices/{}", at, i);
            model.prices.push_back(dated(prices[i], place));
            check_order(model.prices, place);
        }
        return model;
    }

    void check_order(const std::vector<DatedRates>& prices, const std::string& at)
    {
        const DatedRates& last = prices.back();
        m_fields.check_order(last.from, last.until, at);
        if (prices.size() < 2)
            return;
        const DatedRates& before = prices[prices.size() - 2];
        if (!last.from || (before.from && *before.from >= *last.from))
            m_fields.complain(at, "prices must stand in the order of their dates, each with a later “from”");
    }

    DatedRates dated(const json& value, const std::string& at)
    {
        DatedRates result;
        result.from = m_fields.date(value, at, "from");
        result.until = m_fields.date(value, at, "until");
        result.read = m_fields.date(value, at, "read");
        result.source = value.value("source", "");
        result.note = value.value("note", "");
        result.rates = rates(value.at("rates"), at + "/rates");
        const json off_peak = value.value("off_peak", json::array());
        for (std::size_t i = 0; i < off_peak.size(); ++i)
            result.off_peak.push_back(week_rates(off_peak[i], fmt::format("{}/off_peak/{}", at, i)));
        return result;
    }

    WeekRates week_rates(const json& value, const std::string& at)
    {
        std::vector<DayHours> hours;
        const json& ranges = value.at("hours");
        for (std::size_t i = 0; i < ranges.size(); ++i) {
            const std::string place = fmt::format("{}/hours/{}", at, i);
            const auto days = days_from(ranges[i].value("days", "mon-sun"));
            const auto from = minute_from(ranges[i].at("from").get_ref<const std::string&>());
            const auto to = minute_from(ranges[i].at("to").get_ref<const std::string&>());
            if (!days)
                m_fields.complain(place + "/days", "wants days such as “mon-fri” or “sat,sun”");
            else if (!from || !to || *from >= *to)
                m_fields.complain(place, "“to” must be after “from”; split hours over midnight in two");
            else
                hours.push_back({*days, *from, *to});
        }
        const std::string zone = value.value("zone", "UTC");
        const auto offset = fixed_offset(zone);
        if (!offset)
            m_fields.complain(at + "/zone",
                              fmt::format("“{}” is no zone without summer time; write the hours "
                                          "in UTC or with an offset such as “+08:00”",
                                          zone));
        return {schedule_of(hours, offset.value_or(0)), rates(value.at("rates"), at + "/rates")};
    }

    std::vector<Rate> rates(const json& values, const std::string& at)
    {
        std::vector<Rate> result;
        std::set<std::tuple<Component, std::string, std::int64_t>> seen;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::string place = fmt::format("{}/{}", at, i);
            Rate read = rate(values[i], place);
            if (!seen.emplace(read.component, read.tier, read.above_tokens).second)
                m_fields.complain(place,
                                  fmt::format("there are two rates for {} in service tier {} above {} tokens",
                                              to_string(read.component), read.tier, read.above_tokens));
            result.push_back(std::move(read));
        }
        return result;
    }

    Rate rate(const json& value, const std::string& at)
    {
        Rate rate;
        rate.component =
            component_from(value.at("component").get_ref<const std::string&>()).value_or(Component::Input);
        rate.tier = value.value("tier", "standard");
        rate.above_tokens = value.value("above", std::int64_t{0});
        const auto million = value.find("per_million");
        const auto each = value.find("each");
        if ((million == value.end()) == (each == value.end()))
            m_fields.complain(at, "needs either “per_million” or “each”");
        else if (million != value.end())
            rate.price = m_fields.number(million->get<std::string>(), at + "/per_million", 6);
        else
            rate.price = m_fields.number(each->get<std::string>(), at + "/each");
        return rate;
    }

    const JsonFile& m_file;
    SheetFields m_fields;
};

// Read once: the schema does not change while the program runs.
const base::Result<JsonFile>& schema()
{
    static const base::Result<JsonFile> file =
        base::read_json((base::data_folder() / "templates/prices/sheet.schema.json").string());
    return file;
}

}

base::Result<Sheet> sheet_from_json(const std::string& name, std::string_view text)
{
    if (!schema())
        return tl::unexpected(schema().error());
    // Lines are needed for complaints only; noting them takes longer than all the rest. A sheet holds no
    // fractions: prices are texts.
    if (auto quick = parse_number_text(name, text);
        quick && quick->doubled.empty() && !quick->has_fractions) {
        const JsonFile file{name, std::move(quick->value), {}};
        if (base::validate(file, schema()->value)) {
            if (auto sheet = Reader(file).read())
                return sheet;
        }
    }
    auto file = base::parse_json(name, text);
    if (!file)
        return tl::unexpected(file.error());
    if (auto valid = base::validate(*file, schema()->value); !valid)
        return tl::unexpected(valid.error());
    return Reader(*file).read();
}

}
