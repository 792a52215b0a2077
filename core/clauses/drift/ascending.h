#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace leeway::clauses {

/// Indices of a longest strictly ascending subsequence, in order. O(n log n).
inline std::vector<std::size_t> longest_ascending(const std::vector<std::uint32_t>& values)
{
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::vector<std::size_t> tails; // the index that ends a subsequence of each length with the least value
    std::vector<std::size_t> before(values.size(), none);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto at =
            std::lower_bound(tails.begin(), tails.end(), values[i],
                             [&](std::size_t tail, std::uint32_t value) { return values[tail] < value; });
        if (at != tails.begin())
            before[i] = *(at - 1);
        if (at == tails.end())
            tails.push_back(i);
        else
            *at = i;
    }
    std::vector<std::size_t> result;
    for (std::size_t i = tails.empty() ? none : tails.back(); i != none; i = before[i])
        result.push_back(i);
    std::reverse(result.begin(), result.end());
    return result;
}

}
