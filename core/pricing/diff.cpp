#include "core/pricing/diff.h"

#include "core/pricing/cost.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace leeway::pricing {
namespace {

using base::Decimal;

// (off-peak, component, tier, context) → price. Off-peak rates of several hours are told apart by their
// order.
// The tier standard is empty, so that it comes first.
using Place = std::tuple<std::size_t, Component, std::string, std::int64_t>;

Place place_of(std::size_t off_peak, const Rate& rate)
{
    return {off_peak, rate.component, rate.tier == "standard" ? std::string() : rate.tier, rate.above_tokens};
}

std::map<Place, Decimal> prices_of(const DatedRates* dated)
{
    std::map<Place, Decimal> prices;
    if (dated == nullptr)
        return prices;
    for (const Rate& rate : dated->rates)
        prices.emplace(place_of(0, rate), rate.price);
    for (std::size_t i = 0; i < dated->off_peak.size(); ++i) {
        for (const Rate& rate : dated->off_peak[i].rates)
            prices.emplace(place_of(i + 1, rate), rate.price);
    }
    return prices;
}

std::vector<RateChange> changes(const std::map<Place, Decimal>& before, const std::map<Place, Decimal>& after)
{
    std::set<Place> places;
    for (const auto& [place, price] : before)
        places.insert(place);
    for (const auto& [place, price] : after)
        places.insert(place);
    const auto price_in = [](const std::map<Place, Decimal>& prices, const Place& place) {
        const auto found = prices.find(place);
        return found == prices.end() ? std::nullopt : std::optional(found->second);
    };
    std::vector<RateChange> result;
    for (const Place& place : places) {
        const auto& [off_peak, component, tier, above] = place;
        RateChange change{component,    tier.empty() ? "standard" : tier, above,
                          off_peak > 0, price_in(before, place),          price_in(after, place)};
        if (change.before != change.after)
            result.push_back(std::move(change));
    }
    return result;
}

std::string factor_text(const std::optional<Decimal>& factor)
{
    return "× " + factor.value_or(Decimal::from_integer(1)).to_string();
}

std::vector<std::string> other_changes(const Model& before, const DatedRates* rates_before,
                                       const Model& after, const DatedRates* rates_after)
{
    std::vector<std::string> texts;
    if (before.retires != after.retires)
        texts.push_back(after.retires
                            ? fmt::format("retires on {}{}", base::to_string(*after.retires),
                                          before.retires ? ", was " + base::to_string(*before.retires) : "")
                            : fmt::format("no longer retires on {}", base::to_string(*before.retires)));
    std::map<std::string, std::pair<std::optional<Decimal>, std::optional<Decimal>>> factors;
    for (const auto& [region, factor] : before.regional_factors)
        factors[region].first = factor;
    for (const auto& [region, factor] : after.regional_factors)
        factors[region].second = factor;
    for (const auto& [region, pair] : factors) {
        if (pair.first != pair.second)
            texts.push_back(fmt::format("{}: every price {}, was {}", region, factor_text(pair.second),
                                        factor_text(pair.first)));
    }
    const auto add_size = [&](const char* what, std::int64_t was, std::int64_t is) {
        if (was != is)
            texts.push_back(fmt::format("{} {}, was {}", what, is, was));
    };
    add_size("input tokens at most", before.max_input_tokens, after.max_input_tokens);
    add_size("output tokens at most", before.max_output_tokens, after.max_output_tokens);
    add_size("tokens of a prefix that is cached at least", before.cache_min_tokens, after.cache_min_tokens);
    if (before.threshold_inclusive != after.threshold_inclusive ||
        before.marginal_tiers != after.marginal_tiers)
        texts.emplace_back("context tiers count in another way");
    const auto hours = [](const DatedRates* dated) {
        std::vector<Schedule> schedules;
        for (const WeekRates& week : dated != nullptr ? dated->off_peak : std::vector<WeekRates>())
            schedules.push_back(week.when);
        return schedules;
    };
    if (hours(rates_before) != hours(rates_after))
        texts.emplace_back("other off-peak hours");
    return texts;
}

// Finds the models of a sheet by any of their names.
class Names
{
public:
    explicit Names(const Sheet& sheet)
    {
        for (const Model& model : sheet.models)
            m_models.emplace(key(model.vendor, model.model), &model);
        for (const Model& model : sheet.models) {
            for (const std::string& alias : model.aliases)
                m_models.emplace(key(model.vendor, alias), &model);
        }
    }

    [[nodiscard]] const Model* find(const Model& model) const
    {
        for (const std::string* name : names_of(model)) {
            const auto found = m_models.find(key(model.vendor, *name));
            if (found != m_models.end())
                return found->second;
        }
        return nullptr;
    }

private:
    static std::string key(const std::string& vendor, const std::string& name)
    {
        return vendor + '\n' + name;
    }
    static std::vector<const std::string*> names_of(const Model& model)
    {
        std::vector<const std::string*> names{&model.model};
        for (const std::string& alias : model.aliases)
            names.push_back(&alias);
        return names;
    }

    std::unordered_map<std::string, const Model*> m_models;
};

}

std::optional<Decimal> RateChange::percent() const
{
    if (!before || !after || before->is_zero())
        return std::nullopt;
    return ((*after - *before) * 100 / *before).rounded(1);
}

std::vector<ModelDiff> diff(const Sheet& before, base::Date day_before, const Sheet& after,
                            base::Date day_after)
{
    std::vector<ModelDiff> result;
    const Names names(after);
    std::set<const Model*> known;
    for (const Model& model : before.models) {
        const Model* now = names.find(model);
        if (now == nullptr) {
            result.push_back({ModelChange::Gone, model.vendor, model.model, {}, {}});
            continue;
        }
        known.insert(now);
        const DatedRates* rates_before = rates_on(model, day_before);
        const DatedRates* rates_after = rates_on(*now, day_after);
        ModelDiff entry{ModelChange::Changed, now->vendor, now->model,
                        changes(prices_of(rates_before), prices_of(rates_after)),
                        other_changes(model, rates_before, *now, rates_after)};
        if (!entry.rates.empty() || !entry.others.empty())
            result.push_back(std::move(entry));
    }
    for (const Model& model : after.models) {
        if (!known.contains(&model))
            result.push_back({ModelChange::New, model.vendor, model.model, {}, {}});
    }
    std::ranges::stable_sort(result, {}, [](const ModelDiff& d) { return std::tie(d.vendor, d.model); });
    return result;
}

}
