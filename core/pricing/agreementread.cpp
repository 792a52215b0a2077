#include "core/pricing/agreementjson.h"

#include <array>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <utility>

namespace leeway::pricing {
namespace {

using base::Decimal;
using nlohmann::json;

constexpr std::array<std::pair<std::string_view, Per>, 4> periods{
    {{"day", Per::Day}, {"month", Per::Month}, {"quarter", Per::Quarter}, {"year", Per::Year}}};

Per per_from(const json& value, Per absent)
{
    const auto found = value.find("per");
    if (found == value.end())
        return absent;
    for (const auto& [name, per] : periods) {
        if (*found == name)
            return per;
    }
    return absent;
}

Scope scope_from(const json& value)
{
    const json scope = value.value("scope", json::object());
    return {scope.value("vendor", ""), scope.value("models", std::vector<std::string>()),
            scope.value("tiers", std::vector<std::string>())};
}

class Reader
{
public:
    explicit Reader(SheetFields& fields) : m_fields(fields) {}

    Allowance allowance(const json& value, const std::string&)
    {
        Allowance result{
            value.at("title"), scope_from(value), {}, value.at("quantity"), per_from(value, Per::Month)};
        for (const json& name : value.at("components"))
            result.components.push_back(
                component_from(name.get_ref<const std::string&>()).value_or(Component::Input));
        return result;
    }

    Capacity capacity(const json& value, const std::string& at)
    {
        Capacity result;
        result.title = value.at("title");
        result.scope = scope_from(value);
        result.unit = value.at("unit");
        result.units = value.at("units");
        result.minimum = value.value("minimum", std::int64_t{1});
        result.increment = value.value("increment", std::int64_t{1});
        result.tokens_per_second = m_fields.number(value, at, "tokens_per_second");
        const json& weights = value.at("weights");
        result.input_weight = m_fields.number(weights, at + "/weights", "input");
        result.cached_weight = m_fields.number(weights, at + "/weights", "cached");
        result.output_weight = m_fields.number(weights, at + "/weights", "output");
        result.price_per_hour = m_fields.number(value, at, "price_per_hour");
        result.from = m_fields.date(value, at, "from").value_or(base::Date());
        result.until = m_fields.date(value, at, "until");
        result.overflows = value.value("overflow", "pay-as-you-go") == "pay-as-you-go";
        m_fields.check_order(result.from, result.until, at);
        if (result.units < result.minimum || (result.units - result.minimum) % result.increment != 0)
            m_fields.complain(at + "/units",
                              fmt::format("{} cannot be bought: {} at least, and in steps of {}",
                                          result.units, result.minimum, result.increment));
        if (result.tokens_per_second.is_zero())
            m_fields.complain(at + "/tokens_per_second", "must be over zero");
        return result;
    }

    Discount discount(const json& value, const std::string& at)
    {
        Discount result;
        result.title = value.at("title");
        result.scope = scope_from(value);
        result.per = per_from(value, Per::Month);
        result.marginal = value.value("marginal", false);
        result.from = m_fields.date(value, at, "from");
        result.until = m_fields.date(value, at, "until");
        m_fields.check_order(result.from, result.until, at);
        if (value.contains("percent") == value.contains("steps"))
            m_fields.complain(at, "needs either “percent” or “steps”");
        if (value.contains("percent"))
            result.steps.push_back({Decimal(), percent(value, at)});
        const json steps = value.value("steps", json::array());
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const std::string place = fmt::format("{}/steps/{}", at, i);
            const DiscountStep step{m_fields.number(steps[i], place, "from"), percent(steps[i], place)};
            if (!result.steps.empty() && step.from <= result.steps.back().from)
                m_fields.complain(place, "steps must stand in the order of their “from”");
            result.steps.push_back(step);
        }
        return result;
    }

    Commitment commitment(const json& value, const std::string& at)
    {
        Commitment result;
        result.title = value.at("title");
        result.scope = scope_from(value);
        result.amount = m_fields.number(value, at, "amount");
        result.per = per_from(value, Per::Year);
        result.from = m_fields.date(value, at, "from").value_or(base::Date());
        result.until = m_fields.date(value, at, "until").value_or(base::Date());
        m_fields.check_order(result.from, result.until, at);
        const std::string carry = value.value("carry", "nothing");
        result.carry = carry == "unused" ? Carry::Unused : carry == "excess" ? Carry::Excess : Carry::Nothing;
        result.settled_at_end = value.value("settled", "each period") == "at the end";
        if (result.settled_at_end && result.carry != Carry::Nothing)
            m_fields.complain(at + "/carry", "a commitment that is settled at the end carries nothing");
        return result;
    }

    ExchangeRate exchange_rate(const json& value, const std::string& at)
    {
        ExchangeRate result{value.at("from"), value.at("to"),
                            m_fields.date(value, at, "date").value_or(base::Date()),
                            m_fields.number(value, at, "rate"), value.value("source", "")};
        if (result.rate.is_zero())
            m_fields.complain(at + "/rate", "must be over zero");
        return result;
    }

    template<typename T>
    std::vector<T> list(const json& agreement, const std::string& at, const char* name,
                        T (Reader::*read)(const json&, const std::string&))
    {
        std::vector<T> result;
        const auto found = agreement.find(name);
        for (std::size_t i = 0; found != agreement.end() && i < found->size(); ++i)
            result.push_back((this->*read)((*found)[i], fmt::format("{}/{}/{}", at, name, i)));
        return result;
    }

private:
    Decimal percent(const json& value, const std::string& at)
    {
        const Decimal percent = m_fields.number(value, at, "percent");
        if (percent > Decimal::from_integer(100))
            m_fields.complain(at + "/percent", "must be 100 at most");
        return percent;
    }

    SheetFields& m_fields;
};

}

std::string_view to_string(Per per)
{
    return periods[static_cast<std::size_t>(per)].first;
}

Agreement agreement_from(const json& value, const std::string& at, SheetFields& fields)
{
    Reader reader(fields);
    Agreement agreement;
    agreement.currency = value.value("currency", "");
    agreement.allowances = reader.list(value, at, "allowances", &Reader::allowance);
    agreement.capacities = reader.list(value, at, "capacities", &Reader::capacity);
    agreement.discounts = reader.list(value, at, "discounts", &Reader::discount);
    agreement.commitments = reader.list(value, at, "commitments", &Reader::commitment);
    agreement.exchange_rates = reader.list(value, at, "exchange_rates", &Reader::exchange_rate);
    return agreement;
}

}
