#include "core/fallback/statistics.h"

#include <algorithm>
#include <cmath>
#include <pcg_random.hpp>

namespace leeway::fallback {
namespace {

constexpr double z95 = 1.959963984540054; // 97.5 % quantile of the standard normal distribution

}

Share wilson(int passed, int of)
{
    if (of <= 0)
        return {};
    const double n = of;
    const double p = passed / n;
    const double z2 = z95 * z95;
    const double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
    const double half = z95 / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    return {p, passed == 0 ? 0.0 : std::max(0.0, centre - half),
            passed == of ? 1.0 : std::min(1.0, centre + half)};
}

double mcnemar(int only_first, int only_second)
{
    const int n = only_first + only_second;
    const int fewer = std::min(only_first, only_second);
    double logarithm = -n * std::log(2.0); // of the chance of exactly k
    double tail = std::exp(logarithm);
    for (int k = 1; k <= fewer; ++k) {
        logarithm += std::log(static_cast<double>(n - k + 1) / k);
        tail += std::exp(logarithm);
    }
    return std::min(1.0, 2 * tail);
}

double percentile(std::vector<double> values, double percent)
{
    if (values.empty())
        return 0;
    const double place = std::clamp(percent, 0.0, 100.0) / 100 * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(below);
    std::nth_element(values.begin(), at, values.end());
    const double low = *at;
    if (below + 1 == values.size())
        return low;
    const double high = *std::min_element(at + 1, values.end());
    return low + (high - low) * (place - static_cast<double>(below));
}

Paired compare(std::span<const Pair> pairs, std::uint64_t seed, int rounds)
{
    Paired result;
    for (const Pair& pair : pairs) {
        int& count = pair.first ? (pair.second ? result.both : result.only_first)
                                : (pair.second ? result.only_second : result.neither);
        ++count;
    }
    if (pairs.empty())
        return result;
    const auto n = static_cast<double>(pairs.size());
    result.difference = (result.only_first - result.only_second) / n;
    result.p = mcnemar(result.only_first, result.only_second);
    pcg64 random(seed);
    std::vector<double> differences;
    for (int round = 0; round < rounds; ++round) {
        int sum = 0;
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const Pair& pair = pairs[random(pairs.size())];
            sum += static_cast<int>(pair.first) - static_cast<int>(pair.second);
        }
        differences.push_back(sum / n);
    }
    result.low = percentile(differences, 2.5);
    result.high = percentile(std::move(differences), 97.5);
    return result;
}

}
