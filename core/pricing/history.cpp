#include "core/pricing/history.h"

#include "core/base/hash.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <utility>

namespace leeway::pricing {
namespace {

bool same_prices(const DatedRates& a, const DatedRates& b)
{
    return a.rates == b.rates && a.off_peak == b.off_peak;
}

// The facts of `now`, and its prices from `day` on after those of `model`.
base::Status add_prices(Model& model, const Model& now, base::Date day)
{
    std::vector<DatedRates> prices = std::move(model.prices);
    std::vector<std::string> aliases = std::move(model.aliases);
    const bool later = !prices.empty() && prices.back().from && *prices.back().from >= day;
    if (later)
        return base::fail(base::ErrorCode::Invalid,
                          fmt::format("{}/{} already has a price from {} on, which is not before {}.",
                                      model.vendor, model.model, base::to_string(*prices.back().from),
                                      base::to_string(day)));
    model = now;
    model.prices = std::move(prices);
    for (std::string& alias : aliases) {
        if (std::ranges::find(model.aliases, alias) == model.aliases.end())
            model.aliases.push_back(std::move(alias));
    }
    if (now.prices.empty() || (!model.prices.empty() && same_prices(model.prices.back(), now.prices.back())))
        return {};
    DatedRates rates = now.prices.back();
    rates.from = model.prices.empty() ? std::nullopt : std::optional(day);
    model.prices.push_back(std::move(rates));
    return {};
}

}

base::Result<Sheet> with_snapshot(Sheet history, const Sheet& snapshot, base::Date day)
{
    if (history.currency != snapshot.currency)
        return base::fail(base::ErrorCode::Invalid,
                          fmt::format("The sheet is in {}, the new prices are in {}.", history.currency,
                                      snapshot.currency));
    std::map<std::pair<std::string, std::string>, std::size_t> places;
    for (std::size_t i = 0; i < history.models.size(); ++i)
        places.emplace(std::pair(history.models[i].vendor, history.models[i].model), i);
    for (const Model& model : snapshot.models) {
        const auto known = places.find({model.vendor, model.model});
        if (known == places.end()) {
            history.models.push_back(model);
            continue;
        }
        if (auto status = add_prices(history.models[known->second], model, day); !status)
            return tl::unexpected(status.error());
    }
    history.as_of = day;
    history.ignored = snapshot.ignored;
    if (history.agreement.empty())
        history.agreement = snapshot.agreement;
    history.sha256 = base::sha256(to_json(history));
    return history;
}

}
