#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace leeway::simulation {

/// The percentiles that are shown: the fan of a chart.
inline constexpr std::array fan_percents{5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0};
using Fan = std::array<double, fan_percents.size()>;
/// Places of P10, P50 and P90 among them.
inline constexpr std::size_t at_p10 = 1;
inline constexpr std::size_t at_p50 = 3;
inline constexpr std::size_t at_p90 = 5;
static_assert(fan_percents[at_p10] == 10 && fan_percents[at_p50] == 50 && fan_percents[at_p90] == 90);

/// Percentiles of values that are not negative, interpolated between the two nearest values (as NumPy does by
/// default). No sorting of all: values are counted in bins, and only the bins that hold a wanted value are
/// sorted.
class Percentiles
{
public:
    [[nodiscard]] Fan fan_of(std::span<const float> values);

private:
    std::vector<std::uint32_t> m_counts;
    std::vector<char> m_picks; // bins that hold a wanted value
    std::vector<float> m_picked;
};

Fan fan_of(std::span<const double> values);
/// A percentile, 0…100; 0 without values.
double percentile_of(std::vector<double> values, double percent);
double mean_of(std::span<const double> values);
/// The mean of the greatest `share` (0…1) of the values, at least of one.
double mean_of_greatest(std::vector<double> values, double share);
/// From 0; equal values share the mean of theirs.
std::vector<double> ranks_of(std::span<const double> values);
/// Spearman's, from the ranks of both sides; 0 when one side is all alike.
double rank_correlation(std::span<const double> ranks_a, std::span<const double> ranks_b);
/// Sample standard deviation; 0 for fewer than two.
double deviation_of(std::span<const double> values);

}
