#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace leeway::fallback {

/// Counts durations in whole milliseconds: exact below 256 ms, within 0.8 % above, to 2^40 ms. Its size does
/// not grow.
class Histogram
{
public:
    void add(std::int64_t ms)
    {
        ++m_bins[bin_of(ms)];
        ++m_count;
    }
    [[nodiscard]] std::int64_t count() const { return m_count; }

    /// The nearest-rank percentile (0…100), rounded down to the beginning of its bin; 0 without values.
    [[nodiscard]] std::int64_t percentile(double percent) const
    {
        const auto rank = std::max<std::int64_t>(
            1, static_cast<std::int64_t>(std::ceil(percent / 100 * static_cast<double>(m_count))));
        std::int64_t seen = 0;
        for (std::size_t i = 0; i < m_bins.size(); ++i) {
            seen += m_bins[i];
            if (seen >= rank)
                return begin_of_bin(i);
        }
        return 0;
    }
    bool operator==(const Histogram&) const = default;

private:
    static constexpr int fine_bits = 7; // parts of an octave
    static constexpr std::size_t fine = std::size_t{1} << fine_bits;
    static constexpr int octaves = 33;

    static std::size_t bin_of(std::int64_t ms)
    {
        const auto value =
            static_cast<std::uint64_t>(std::clamp<std::int64_t>(ms, 0, (std::int64_t{1} << 40) - 1));
        if (value < 2 * fine)
            return static_cast<std::size_t>(value);
        const int shift = std::bit_width(value) - (fine_bits + 1);
        return static_cast<std::size_t>(shift) * fine +
               static_cast<std::size_t>(value >> static_cast<unsigned>(shift));
    }
    static std::int64_t begin_of_bin(std::size_t bin)
    {
        if (bin < 2 * fine)
            return static_cast<std::int64_t>(bin);
        const std::size_t shift = bin / fine - 1;
        return static_cast<std::int64_t>((bin - shift * fine) << shift);
    }

    std::array<std::int64_t, (octaves + 1) * fine> m_bins{};
    std::int64_t m_count = 0;
};

}
