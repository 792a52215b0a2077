#include "core/base/hash.h"
#include "core/pricing/sheet.h"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <tuple>
#include <unordered_map>

namespace leeway::pricing {
namespace {

std::string key(const Model& model)
{
    return model.vendor + "/" + model.model;
}

// The terms of `additions` take the place of those that go by the same name.
template<typename Term, typename Name>
void add_terms(std::vector<Term>& terms, const std::vector<Term>& additions, Name name)
{
    for (const Term& term : additions) {
        const auto known = std::ranges::find(terms, std::invoke(name, term), name);
        if (known == terms.end())
            terms.push_back(term);
        else
            *known = term;
    }
}

void add_agreement(Agreement& agreement, const Agreement& additions)
{
    if (!additions.currency.empty())
        agreement.currency = additions.currency;
    add_terms(agreement.allowances, additions.allowances, &Allowance::title);
    add_terms(agreement.capacities, additions.capacities, &Capacity::title);
    add_terms(agreement.discounts, additions.discounts, &Discount::title);
    add_terms(agreement.commitments, additions.commitments, &Commitment::title);
    add_terms(agreement.exchange_rates, additions.exchange_rates,
              [](const ExchangeRate& rate) { return std::tie(rate.from, rate.to, rate.date); });
}

}

base::Result<Sheet> merged(Sheet base, const Sheet& additions)
{
    if (base.currency != additions.currency)
        return base::fail(
            base::ErrorCode::Invalid,
            fmt::format("“{}” is in {}, but the prices in use are in {}. Convert its rates first; Leeway "
                        "does not guess an exchange rate.",
                        additions.title, additions.currency, base.currency));
    std::unordered_map<std::string, std::size_t> place;
    for (std::size_t i = 0; i < base.models.size(); ++i)
        place.emplace(key(base.models[i]), i);
    for (const Model& model : additions.models) {
        const auto [at, fresh] = place.emplace(key(model), base.models.size());
        if (fresh)
            base.models.push_back(model);
        else
            base.models[at->second] = model;
    }
    if (base.title.find(additions.title) == std::string::npos)
        base.title += " + " + additions.title;
    base.id = "merged";
    base.as_of = std::max(base.as_of, additions.as_of);
    if (!additions.source.empty() && base.source.find(additions.source) == std::string::npos)
        base.source += (base.source.empty() ? "" : " · ") + additions.source;
    base.ignored = additions.ignored;
    add_agreement(base.agreement, additions.agreement);
    base.sha256 = base::sha256(to_json(base));
    return base;
}

}
