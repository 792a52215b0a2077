#include "core/usage/reprice.h"

#include "core/pricing/pricegroup.h"
#include "core/usage/replay.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <unordered_map>

namespace leeway::usage {
namespace {

// The days on which some model of the sheet changes a price, ascending.
std::vector<base::Date> changes_of(const pricing::Sheet& sheet)
{
    std::set<base::Date> days;
    for (const pricing::Model& model : sheet.models) {
        for (const pricing::DatedRates& dated : model.prices) {
            if (dated.from)
                days.insert(*dated.from);
            if (dated.until)
                days.insert(*dated.until + std::chrono::days(1));
        }
    }
    return {days.begin(), days.end()};
}

// What a price depends on.
struct Place
{
    std::size_t span = 0; // between two changes
    std::string_view tier;
    std::string_view region;
    std::int64_t bucket = 0;
    std::uint32_t open = 0;

    bool operator==(const Place&) const = default;
};

struct Hash
{
    std::size_t operator()(const Place& place) const
    {
        const std::hash<std::string_view> text;
        std::size_t hash = place.span;
        for (const std::size_t part : {text(place.tier), text(place.region),
                                       static_cast<std::size_t>(place.bucket), std::size_t{place.open}})
            hash = (hash ^ part) * 0x9e3779b97f4a7c15ULL;
        return hash;
    }
};

// What one model has one price for.
struct Sum
{
    pricing::PriceGroup group;
    pricing::Terms terms; // of one of its cells, with the model's own context tier
    pricing::Counts counts;
    std::vector<pricing::Counts> above;
};

std::vector<Sum> sums_of(const Cube& cube, const pricing::Model& model)
{
    const std::vector<std::int64_t> borders = pricing::borders_of(model).whole;
    std::vector<Sum> sums;
    for (const Cell& cell : cube.cells) {
        const auto above = std::ranges::upper_bound(borders, cell.key.bucket);
        const pricing::Terms terms{cell.key.day,    cell.key.service_tier,
                                   cell.key.region, above == borders.begin() ? 0 : *std::prev(above),
                                   cube.schedules,  cell.key.open};
        const pricing::PriceGroup group = pricing::group_of(terms, model);
        auto sum = std::ranges::find_if(sums, [&](const Sum& other) {
            return other.group == group && other.terms.bucket == terms.bucket;
        });
        if (sum == sums.end())
            sum =
                sums.insert(sums.end(), {group, terms, {}, std::vector<pricing::Counts>(cell.above.size())});
        sum->counts += cell.counts;
        for (std::size_t i = 0; i < std::min(sum->above.size(), cell.above.size()); ++i)
            sum->above[i] += cell.above[i];
    }
    return sums;
}

}

Cube condensed(const Cube& cube, const pricing::Sheet& sheet, const std::string& from)
{
    Cube result;
    result.thresholds = cube.thresholds;
    result.marginal = cube.marginal;
    result.schedules = cube.schedules;
    result.averaged = cube.averaged;
    const std::vector<base::Date> changes = changes_of(sheet);
    std::unordered_map<Place, std::size_t, Hash> places;
    for (const Cell& cell : cube.cells) {
        const CellKey& key = cell.key;
        if (!is_named(key.vendor, key.model, from))
            continue;
        const auto span = std::ranges::upper_bound(changes, key.day) - changes.begin();
        const auto [place, added] = places.try_emplace(
            Place{static_cast<std::size_t>(span), key.service_tier, key.region, key.bucket, key.open},
            result.cells.size());
        if (added)
            result.cells.push_back({{key.day, {}, {}, {}, key.service_tier, key.region, key.bucket, key.open},
                                    {},
                                    std::vector<pricing::Counts>(cube.marginal.size())});
        Cell& sum = result.cells[place->second];
        sum.counts += cell.counts;
        for (std::size_t i = 0; i < sum.above.size(); ++i)
            sum.above[i] += cell.above[i];
        result.requests += cell.counts.requests();
    }
    std::ranges::sort(result.cells, {}, &Cell::key);
    return result;
}

std::vector<Repriced> reprice(const Cube& condensed, std::span<const pricing::Model* const> models)
{
    std::vector<Repriced> result;
    result.reserve(models.size());
    for (const pricing::Model* model : models) {
        Repriced& at = result.emplace_back();
        at.model = model;
        for (const Sum& sum : sums_of(condensed, *model)) {
            const pricing::Cost cost =
                pricing::cost_of(sum.counts, sum.terms, *model, condensed.marginal, sum.above);
            if (cost.priced)
                at.total += cost.total;
            else
                at.unpriced_requests += sum.counts.requests();
        }
    }
    return result;
}

}
