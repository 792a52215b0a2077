#include "core/clauses/drift/similarity.h"

#include <algorithm>

namespace leeway::clauses {
namespace {

constexpr std::uint32_t least_inside = 8; // words of a text that may be found inside a longer one
constexpr double inside_share = 0.75;     // what being inside counts against being alike

std::uint64_t pair_hash(std::uint64_t first, std::uint64_t second)
{
    std::uint64_t hash = (first ^ 0x9e3779b97f4a7c15U) * 0xff51afd7ed558ccdU + second;
    hash ^= hash >> 33;
    hash *= 0xc4ceb9fe1a85ec53U;
    return hash ^ (hash >> 33);
}

std::vector<std::uint64_t> sorted_words(const std::vector<WordAt>& words, Span span)
{
    std::vector<std::uint64_t> result;
    for (std::uint32_t i = span.begin; i < span.end; ++i)
        result.push_back(words[i].hash);
    std::sort(result.begin(), result.end());
    return result;
}

// With a pair at either end, so that single words have pairs too.
std::vector<std::uint64_t> pairs_of(const std::vector<WordAt>& words, Span span)
{
    std::vector<std::uint64_t> result;
    std::uint64_t last = 0;
    for (std::uint32_t i = span.begin; i < span.end; ++i) {
        result.push_back(pair_hash(last, words[i].hash));
        last = words[i].hash;
    }
    result.push_back(pair_hash(last, 0));
    return result;
}

std::size_t common(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b)
{
    std::size_t count = 0;
    for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
        if (*x == *y) {
            ++count, ++x, ++y;
        } else if (*x < *y) {
            ++x;
        } else {
            ++y;
        }
    }
    return count;
}

double ratio(std::size_t part, std::size_t whole)
{
    return static_cast<double>(part) / static_cast<double>(whole);
}

}

double similarity_of(const std::vector<WordAt>& before, Span a, const std::vector<WordAt>& after, Span b)
{
    if (a.begin == a.end || b.begin == b.end)
        return 0;
    const auto words_a = sorted_words(before, a);
    const auto words_b = sorted_words(after, b);
    const std::size_t words = common(words_a, words_b);
    const std::size_t smaller = std::min(words_a.size(), words_b.size());
    // Too little in common for the pairs to make up for.
    if (4 * words < smaller)
        return 0;
    auto pairs_a = pairs_of(before, a);
    auto pairs_b = pairs_of(after, b);
    std::sort(pairs_a.begin(), pairs_a.end());
    std::sort(pairs_b.begin(), pairs_b.end());
    const std::size_t pairs = common(pairs_a, pairs_b);
    const double alike = (ratio(2 * words, words_a.size() + words_b.size()) +
                          ratio(2 * pairs, pairs_a.size() + pairs_b.size())) /
                         2;
    if (smaller < least_inside)
        return alike;
    return std::max(alike, inside_share * ratio(pairs, std::min(pairs_a.size(), pairs_b.size())));
}

std::vector<std::uint64_t> sketch(const std::vector<WordAt>& words, Span span)
{
    std::vector<std::uint64_t> pairs = pairs_of(words, span);
    if (pairs.size() > sketch_size) {
        std::nth_element(pairs.begin(), pairs.begin() + sketch_size, pairs.end());
        pairs.resize(sketch_size);
    }
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
}

}
