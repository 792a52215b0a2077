#include "core/usage/digest.h"

#include <array>
#include <cstring>
#include <fmt/format.h>

namespace leeway::usage {
namespace {

__extension__ using Wide = unsigned __int128;

// Multiplies to 128 bits and folds both halves together.
std::uint64_t mix(std::uint64_t a, std::uint64_t b)
{
    const Wide product = Wide{a} * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t word_at(const char* at)
{
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

constexpr std::uint64_t odd = 0x94d049bb133111ebULL;

// Four lanes, so that the multiplications of long texts go on side by side.
Digest digest_with(std::string_view text, std::uint64_t low_seed, std::uint64_t high_seed)
{
    std::uint64_t low = low_seed ^ mix(text.size() + 0x9e3779b97f4a7c15ULL, 0xbf58476d1ce4e5b9ULL);
    std::uint64_t high = high_seed ^ low;
    const char* at = text.data();
    std::size_t left = text.size();
    if (left >= 64) {
        std::array<std::uint64_t, 4> lanes{low, high, low ^ odd, high ^ odd};
        for (; left >= 64; left -= 64, at += 64) {
            for (std::size_t i = 0; i < lanes.size(); ++i)
                lanes[i] = mix(lanes[i] ^ word_at(at + 16 * i), odd ^ word_at(at + 16 * i + 8)) + lanes[i];
        }
        low = mix(lanes[0] ^ (lanes[1] << 1 | lanes[1] >> 63), odd) ^ lanes[2];
        high = mix(lanes[2] ^ (lanes[3] << 1 | lanes[3] >> 63), odd) ^ lanes[0] ^ mix(lanes[1], lanes[3] | 1);
    }
    for (; left > 0;) {
        std::uint64_t word = 0;
        const std::size_t taken = left < sizeof word ? left : sizeof word;
        std::memcpy(&word, at, taken);
        low = mix(low ^ word, odd) + (low << 7 | low >> 57);
        high = mix(high ^ word, 0xc2b2ae3d27d4eb4fULL) + (high << 11 | high >> 53);
        at += taken;
        left -= taken;
    }
    return {mix(low ^ low_seed, 0xd6e8feb86659fd93ULL), mix(high ^ high_seed, 0x9e3779b185ebca87ULL)};
}

}

Digest digest_of(std::string_view text)
{
    return digest_with(text, 0x243f6a8885a308d3ULL, 0x13198a2e03707344ULL);
}

Digest joined(const Digest& first, std::string_view text)
{
    return digest_with(text, first.low ^ 0xa4093822299f31d0ULL, first.high ^ 0x082efa98ec4e6c89ULL);
}

std::string to_string(const Digest& digest)
{
    return fmt::format("{:016x}{:016x}", digest.high, digest.low);
}

}
