#include "core/base/file.h"
#include "core/base/json.h"
#include "core/pricing/numbertext.h"
#include "core/pricing/sheetjson.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <tuple>

namespace leeway::pricing {
namespace {

using base::JsonFile;
using nlohmann::json;

// Walks a file that follows the schema. The first complaint that the schema cannot make is kept.
class Reader
{
public:
    explicit Reader(const JsonFile& file) : m_file(file) {}

    base::Result<Sheet> read()
    {
        const json& top = m_file.value;
        Sheet sheet;
        sheet.id = top.at("id").get<std::string>();
        sheet.title = top.at("title").get<std::string>();
        sheet.currency = top.at("currency").get<std::string>();
        sheet.as_of = date(top, "", "as_of");
        sheet.source = top.value("source", "");
        sheet.ignored = top.value("ignored", std::vector<std::string>());
        const json& models = top.at("models");
        std::set<std::pair<std::string, std::string>> names;
        for (std::size_t i = 0; i < models.size() && !m_error; ++i) {
            const std::string at = fmt::format("/models/{}", i);
            sheet.models.push_back(model(models[i], at));
            const Model& read = sheet.models.back();
            if (!names.emplace(read.vendor, read.model).second)
                complain(at, fmt::format("{}/{} stands twice in the sheet", read.vendor, read.model));
        }
        if (m_error)
            return tl::unexpected(*m_error);
        return sheet;
    }

private:
    void complain(const std::string& at, const std::string& complaint)
    {
        if (!m_error)
            m_error = m_file.error(at, complaint);
    }

    std::optional<base::Date> date(const json& value, const std::string& at, const char* name)
    {
        const auto found = value.find(name);
        if (found == value.end())
            return std::nullopt;
        const auto parsed = base::parse_date(found->get_ref<const std::string&>());
        if (!parsed)
            complain(at + "/" + name, parsed.error().message);
        return parsed ? std::optional(*parsed) : std::nullopt;
    }

    base::Decimal number(const std::string& text, const std::string& at, int shift)
    {
        const auto point = text.find('.');
        const auto places = point == std::string::npos ? 0 : text.size() - point - 1;
        if (places + static_cast<std::size_t>(shift) > base::Decimal::places)
            complain(at, fmt::format("more than {} digits after the point", base::Decimal::places - shift));
        return base::Decimal::parse(fmt::format("{}e-{}", text, shift)).value_or(base::Decimal());
    }

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
        model.retires = date(value, at, "retires");
        model.threshold_inclusive = value.value("threshold_inclusive", false);
        model.marginal_tiers = value.value("marginal_tiers", false);
        model.open_weights = value.value("open_weights", false);
        if (const auto factors = value.find("regional_factors"); factors != value.end()) {
            for (const auto& [region, factor] : factors->items())
                model.regional_factors.emplace_back(
                    region, number(factor.get<std::string>(), at + "/regional_factors/" + region, 0));
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
        if (last.from && last.until && *last.until < *last.from)
            complain(at, "“until” is before “from”");
        if (prices.size() < 2)
            return;
        const DatedRates& before = prices[prices.size() - 2];
        if (!last.from || (before.from && *before.from >= *last.from))
            complain(at, "prices must stand in the order of their dates, each with a later “from”");
    }

    DatedRates dated(const json& value, const std::string& at)
    {
        DatedRates result;
        result.from = date(value, at, "from");
        result.until = date(value, at, "until");
        result.read = date(value, at, "read");
        result.source = value.value("source", "");
        result.note = value.value("note", "");
        const json& rates = value.at("rates");
        std::set<std::tuple<Component, std::string, std::int64_t>> seen;
        for (std::size_t i = 0; i < rates.size(); ++i) {
            const std::string place = fmt::format("{}/rates/{}", at, i);
            Rate read = rate(rates[i], place);
            if (!seen.emplace(read.component, read.tier, read.above_tokens).second)
                complain(place, fmt::format("there are two rates for {} in service tier {} above {} tokens",
                                            to_string(read.component), read.tier, read.above_tokens));
            result.rates.push_back(std::move(read));
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
            complain(at, "needs either “per_million” or “each”");
        else if (million != value.end())
            rate.price = number(million->get<std::string>(), at + "/per_million", 6);
        else
            rate.price = number(each->get<std::string>(), at + "/each", 0);
        return rate;
    }

    const JsonFile& m_file;
    std::optional<base::Error> m_error;
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
