#include "core/pricing/context.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace leeway::pricing {
namespace {

__extension__ using Wide = __int128;

using enum Component;

// From the end of a prompt to its beginning.
constexpr std::array cut_order{Input,          VideoInput,     ImageInput,    AudioInput,
                               CacheWrite5m,   CacheWrite1h,   CacheWrite12h, CacheWriteAudio,
                               CacheReadImage, CacheReadAudio, CacheRead};

class Collector
{
public:
    void add(const Model& model)
    {
        for (const DatedRates& dated : model.prices) {
            add(dated.rates, model);
            for (const WeekRates& week : dated.off_peak) {
                add(week.rates, model);
                m_schedules.insert(week.when);
            }
        }
    }

    [[nodiscard]] Borders borders() const
    {
        Borders borders;
        for (const auto& [border, reached] : m_whole) {
            borders.whole.push_back(border);
            borders.reached.push_back(reached);
        }
        borders.marginal.assign(m_marginal.begin(), m_marginal.end());
        for (const Schedule& schedule : m_schedules) {
            if (borders.schedules.size() < most_schedules)
                borders.schedules.push_back(schedule);
        }
        return borders;
    }

private:
    void add(const std::vector<Rate>& rates, const Model& model)
    {
        for (const Rate& rate : rates) {
            if (rate.above_tokens <= 0)
                continue;
            const std::int64_t border = border_of(rate, model);
            const auto [known, added] = m_whole.emplace(border, model.threshold_inclusive);
            known->second = known->second && model.threshold_inclusive;
            if (model.marginal_tiers)
                m_marginal.insert(border);
        }
    }

    std::map<std::int64_t, bool> m_whole;
    std::set<std::int64_t> m_marginal;
    std::set<Schedule> m_schedules;
};

}

std::int64_t border_of(const Rate& rate, const Model& model)
{
    return rate.above_tokens > 0 && model.threshold_inclusive ? rate.above_tokens - 1 : rate.above_tokens;
}

Borders borders_of(const Sheet& sheet)
{
    Collector collector;
    for (const Model& model : sheet.models)
        collector.add(model);
    return collector.borders();
}

Borders borders_of(const Model& model)
{
    Collector collector;
    collector.add(model);
    return collector.borders();
}

std::int64_t bucket_of(const Counts& counts, const Borders& borders)
{
    const Wide input = counts.all_input();
    if (borders.whole.empty() || input <= borders.whole.front())
        return 0;
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

std::uint32_t open_at(base::Instant time, std::span<const Schedule> schedules)
{
    std::uint32_t open = 0;
    for (std::size_t i = 0; i < schedules.size(); ++i) {
        if (schedules[i].contains(time))
            open |= std::uint32_t{1} << i;
    }
    return open;
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
