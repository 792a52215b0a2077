#include "core/simulation/montecarlo/summary.h"

#include <algorithm>
#include <cmath>

namespace leeway::simulation {
namespace {

constexpr std::size_t ranked_paths = 10'000;
constexpr std::size_t most_checkpoints = 10;

double median_of(std::span<const double> values)
{
    return percentile_of({values.begin(), values.end()}, 50);
}

}

Spread spread_of(const Fan& fan)
{
    Spread spread;
    for (std::size_t i = 0; i < fan.size(); ++i)
        spread.at(i) = amount_of(fan.at(i));
    return spread;
}

base::Decimal amount_of(double amount)
{
    return base::Decimal::from_double(amount).rounded(2);
}

Tornado::Tornado(const std::vector<Axis>& axes, const std::vector<std::vector<double>>& values, int threads)
    : m_bars(axes.size())
{
    const auto prepare = [&](std::size_t a) {
        Bar& bar = m_bars[a];
        bar.axis = axes[a];
        const std::vector<double>& of = values[a];
        const auto [least, most] = std::ranges::minmax_element(of);
        if (!(*most > *least))
            return;
        const double low = percentile_of(of, 10);
        const double high = percentile_of(of, 90);
        for (std::size_t p = 0; p < of.size(); ++p) {
            if (of[p] <= low)
                bar.lowest.push_back(static_cast<std::uint32_t>(p));
            if (of[p] >= high)
                bar.highest.push_back(static_cast<std::uint32_t>(p));
        }
        bar.ranks = ranks_of(std::span(of).first(std::min(of.size(), ranked_paths)));
    };
    in_parallel(axes.size(), threads, {}, [&prepare] { return prepare; });
}

std::vector<Swing> Tornado::swings(std::span<const double> results) const
{
    const std::vector<double> ranks = ranks_of(results.first(std::min(results.size(), ranked_paths)));
    const auto mean = [&](const std::vector<std::uint32_t>& paths) {
        double sum = 0;
        for (const std::uint32_t p : paths)
            sum += results[p];
        return amount_of(sum / static_cast<double>(paths.size()));
    };
    std::vector<Swing> swings;
    for (const Bar& bar : m_bars) {
        if (!bar.ranks.empty())
            swings.push_back(
                {bar.axis, mean(bar.lowest), mean(bar.highest), rank_correlation(bar.ranks, ranks)});
    }
    std::ranges::stable_sort(swings, std::ranges::greater(), [](const Swing& swing) {
        return swing.high < swing.low ? swing.low - swing.high : swing.high - swing.low;
    });
    return swings;
}

std::vector<Checkpoint> convergence_of(std::span<const double> totals)
{
    std::vector<double> medians; // of each block
    for (std::size_t first = 0; first < totals.size(); first += block_paths)
        medians.push_back(median_of(totals.subspan(first, std::min(block_paths, totals.size() - first))));
    const std::size_t steps = std::min(medians.size(), most_checkpoints);
    std::vector<Checkpoint> checkpoints;
    for (std::size_t i = 1; i <= steps; ++i) {
        const std::size_t blocks = medians.size() * i / steps;
        const std::size_t paths = std::min(blocks * block_paths, totals.size());
        const double error =
            deviation_of(std::span(medians).first(blocks)) / std::sqrt(static_cast<double>(blocks));
        checkpoints.push_back(
            {static_cast<std::int64_t>(paths), amount_of(median_of(totals.first(paths))), amount_of(error)});
    }
    return checkpoints;
}

}
