#include "core/pricing/pricegroup.h"

#include <algorithm>

namespace leeway::pricing {
namespace {

bool same_letters(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

// The factor on a model's prices in a region, and the name it stands under.
const std::pair<std::string, base::Decimal>* factor_for(const Model& model, std::string_view region)
{
    if (region.empty() || model.regional_factors.empty())
        return nullptr;
    const std::string_view first_word = region.substr(0, region.find_first_of("-_ "));
    const std::pair<std::string, base::Decimal>* by_word = nullptr;
    const std::pair<std::string, base::Decimal>* by_star = nullptr;
    for (const auto& entry : model.regional_factors) {
        if (same_letters(entry.first, region))
            return &entry;
        if (same_letters(entry.first, first_word))
            by_word = &entry;
        else if (entry.first == "*" && !same_letters(region, "global"))
            by_star = &entry;
    }
    return by_word != nullptr ? by_word : by_star;
}

// The first hours that held.
const WeekRates* off_peak_for(const DatedRates& dated, const Terms& terms)
{
    for (const WeekRates& week : dated.off_peak) {
        const auto at = std::ranges::lower_bound(terms.schedules, week.when);
        const auto bit = static_cast<unsigned>(at - terms.schedules.begin());
        if (at != terms.schedules.end() && *at == week.when && ((terms.open >> bit) & 1U) != 0)
            return &week;
    }
    return nullptr;
}

std::string_view tier_for(const DatedRates& dated, std::string_view tier)
{
    const auto has = [&](std::string_view name) {
        return std::ranges::find(dated.rates, name, &Rate::tier) != dated.rates.end();
    };
    if (tier.empty() || tier == "standard" || has(tier))
        return tier.empty() ? "standard" : tier;
    return tier == "fast" && has("priority") ? "priority" : "standard";
}

}

PriceGroup group_of(const Terms& terms, const Model& model)
{
    PriceGroup group;
    group.dated = rates_on(model, terms.day);
    if (group.dated == nullptr)
        return group;
    group.off_peak = off_peak_for(*group.dated, terms);
    group.tier = tier_for(*group.dated, terms.service_tier);
    group.region = factor_for(model, terms.region);
    return group;
}

}
