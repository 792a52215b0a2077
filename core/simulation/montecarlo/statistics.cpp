#include "core/simulation/montecarlo/statistics.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace leeway::simulation {
namespace {

constexpr int bin_bits = 13;
constexpr std::size_t bins = std::size_t{1} << bin_bits;

std::int32_t key_of(float value)
{
    return std::bit_cast<std::int32_t>(value);
}

// Where a percentile lies among n sorted values.
struct Place
{
    std::size_t below = 0;
    double beyond = 0; // of the way to the next value
};

Place place_of(double percent, std::size_t n)
{
    const double at = percent / 100 * static_cast<double>(n - 1);
    const auto below = std::min(static_cast<std::size_t>(at), n - 1);
    return {below, at - static_cast<double>(below)};
}

}

Fan Percentiles::fan_of(std::span<const float> values)
{
    Fan fan{};
    if (values.empty())
        return fan;
    // The bits of floats that are not negative are in the order of their values, and finer near zero, as long
    // tails need it.
    std::int32_t least = key_of(values.front());
    std::int32_t most = least;
    for (const float value : values) {
        least = std::min(least, key_of(value));
        most = std::max(most, key_of(value));
    }
    const int shift =
        std::max(static_cast<int>(std::bit_width(static_cast<std::uint32_t>(most - least))) - bin_bits, 0);
    const auto bin_of = [=](float value) {
        return static_cast<std::size_t>((key_of(value) - least) >> shift);
    };
    m_counts.assign(bins, 0);
    for (const float value : values)
        ++m_counts[bin_of(value)];
    // Where the wanted values are: each by its bin and by its rank among the values of picked bins.
    std::array<std::size_t, 2 * fan_percents.size()> ranks{};
    m_picks.assign(bins, 0);
    std::size_t bin = 0;
    std::size_t before = 0;
    std::size_t skipped = 0;
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        const std::size_t rank =
            std::min(place_of(fan_percents.at(i / 2), values.size()).below + i % 2, values.size() - 1);
        for (; before + m_counts[bin] <= rank; ++bin) {
            before += m_counts[bin];
            skipped += m_picks[bin] != 0 ? 0 : m_counts[bin];
        }
        m_picks[bin] = 1;
        ranks.at(i) = rank - skipped;
    }
    m_picked.clear();
    for (const float value : values) {
        if (m_picks[bin_of(value)] != 0)
            m_picked.push_back(value);
    }
    std::ranges::sort(m_picked);
    for (std::size_t i = 0; i < fan.size(); ++i) {
        const auto below = static_cast<double>(m_picked[ranks.at(2 * i)]);
        const auto above = static_cast<double>(m_picked[ranks.at(2 * i + 1)]);
        fan.at(i) = below + (above - below) * place_of(fan_percents.at(i), values.size()).beyond;
    }
    return fan;
}

Fan fan_of(std::span<const double> values)
{
    std::vector<double> parted(values.begin(), values.end());
    Fan fan{};
    auto from = parted.begin(); // what lies before is no greater than what follows
    for (std::size_t i = 0; i < fan.size() && !parted.empty(); ++i) {
        const Place place = place_of(fan_percents.at(i), parted.size());
        const auto at = parted.begin() + static_cast<std::ptrdiff_t>(place.below);
        std::nth_element(from, at, parted.end());
        from = at;
        const double above = at + 1 == parted.end() ? *at : *std::min_element(at + 1, parted.end());
        fan.at(i) = *at + (above - *at) * place.beyond;
    }
    return fan;
}

double percentile_of(std::vector<double> values, double percent)
{
    if (values.empty())
        return 0;
    const Place place = place_of(percent, values.size());
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(place.below);
    std::ranges::nth_element(values, at);
    if (place.beyond == 0)
        return *at;
    return *at + (*std::min_element(at + 1, values.end()) - *at) * place.beyond;
}

double mean_of(std::span<const double> values)
{
    return values.empty()
               ? 0
               : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double mean_of_greatest(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    const auto count =
        std::clamp(static_cast<std::ptrdiff_t>(std::ceil(share * static_cast<double>(values.size()) - 1e-9)),
                   std::ptrdiff_t{1}, std::ssize(values));
    std::ranges::nth_element(values, values.end() - count);
    // Sorted, so that the sum does not depend on how the others were parted.
    std::sort(values.end() - count, values.end());
    return std::accumulate(values.end() - count, values.end(), 0.0) / static_cast<double>(count);
}

std::vector<double> ranks_of(std::span<const double> values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return values[a] < values[b] || (values[a] == values[b] && a < b);
    });
    std::vector<double> ranks(values.size());
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        while (end < order.size() && values[order[end]] == values[order[begin]])
            ++end;
        for (std::size_t i = begin; i < end; ++i)
            ranks[order[i]] = static_cast<double>(begin + end - 1) / 2;
        begin = end;
    }
    return ranks;
}

double rank_correlation(std::span<const double> ranks_a, std::span<const double> ranks_b)
{
    const double mean = static_cast<double>(ranks_a.size() - 1) / 2;
    double both = 0;
    double of_a = 0;
    double of_b = 0;
    for (std::size_t i = 0; i < ranks_a.size(); ++i) {
        both += (ranks_a[i] - mean) * (ranks_b[i] - mean);
        of_a += (ranks_a[i] - mean) * (ranks_a[i] - mean);
        of_b += (ranks_b[i] - mean) * (ranks_b[i] - mean);
    }
    return of_a > 0 && of_b > 0 ? both / std::sqrt(of_a * of_b) : 0;
}

double deviation_of(std::span<const double> values)
{
    if (values.size() < 2)
        return 0;
    const double mean = mean_of(values);
    double sum = 0;
    for (const double value : values)
        sum += (value - mean) * (value - mean);
    return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

}
