#include "core/pricing/context.h"

#include <algorithm>
#include <array>
#include <map>

namespace leeway::pricing {
namespace {

__extension__ using Wide = __int128;

using enum Component;

// From the end of a prompt to its beginning.
constexpr std::array cut_order{Input,          VideoInput,     ImageInput,    AudioInput,
                               CacheWrite5m,   CacheWrite1h,   CacheWrite12h, CacheWriteAudio,
                               CacheReadImage, CacheReadAudio, CacheRead};

void collect(const Model& model, std::map<std::int64_t, bool>& whole, std::map<std::int64_t, bool>& marginal)
{
    for (const DatedRates& dated : model.prices) {
        for (const Rate& rate : dated.rates) {
            if (rate.above_tokens <= 0)
                continue;
            const std::int64_t border = border_of(rate, model);
            const auto [known, added] = whole.emplace(border, model.threshold_inclusive);
            known->second = known->second && model.threshold_inclusive;
            if (model.marginal_tiers)
                marginal.emplace(border, true);
        }
    }
}

Borders from_maps(const std::map<std::int64_t, bool>& whole, const std::map<std::int64_t, bool>& marginal)
{
    Borders borders;
    for (const auto& [border, reached] : whole) {
        borders.whole.push_back(border);
        borders.reached.push_back(reached);
    }
    for (const auto& [border, unused] : marginal)
        borders.marginal.push_back(border);
    return borders;
}

}

std::int64_t border_of(const Rate& rate, const Model& model)
{
    return rate.above_tokens > 0 && model.threshold_inclusive ? rate.above_tokens - 1 : rate.above_tokens;
}

Borders borders_of(const Sheet& sheet)
{
    std::map<std::int64_t, bool> whole;
    std::map<std::int64_t, bool> marginal;
    for (const Model& model : sheet.models)
        collect(model, whole, marginal);
    return from_maps(whole, marginal);
}

Borders borders_of(const Model& model)
{
    std::map<std::int64_t, bool> whole;
    std::map<std::int64_t, bool> marginal;
    collect(model, whole, marginal);
    return from_maps(whole, marginal);
}

std::int64_t bucket_of(const Counts& counts, const Borders& borders)
{
    const Wide input = counts.all_input();
    const Wide requests = std::max<std::int64_t>(counts.requests(), 1);
    for (std::size_t i = borders.whole.size(); i-- > 0;) {
        const Wide border = borders.whole[i];
        // An average between border and border + 1 is over the one, but has not reached the other.
        const bool past = borders.reached[i] ? input >= (border + 1) * requests : input > border * requests;
        if (past)
            return borders.whole[i];
    }
    return 0;
}

Counts input_above(const Counts& counts, std::int64_t border)
{
    Counts above;
    const Wide requests = std::max<std::int64_t>(counts.requests(), 1);
    Wide left = Wide{counts.all_input()} - Wide{border} * requests;
    for (const Component component : cut_order) {
        if (left <= 0)
            break;
        const Wide part = std::min<Wide>(left, counts[component]);
        above[component] = static_cast<std::int64_t>(part);
        left -= part;
    }
    return above;
}

}
