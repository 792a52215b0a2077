#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace leeway::fallback {

/// A share with its 95 % interval, all 0…1.
struct Share
{
    double value = 0;
    double low = 0;
    double high = 1;

    bool operator==(const Share&) const = default;
};

/// Wilson's score interval without continuity correction (E. B. Wilson 1927; R. G. Newcombe 1998, method 3).
/// Of no cases nothing is known: 0 in 0…1.
Share wilson(int passed, int of);

/// How two models did on the same cases.
struct Paired
{
    int both = 0;
    int only_first = 0;
    int only_second = 0;
    int neither = 0;
    double difference = 0; // share of the first less that of the second, -1…1
    double low = 0;        // 95 % interval of the difference
    double high = 0;
    /// Two-sided exact McNemar test (binomial of the discordant pairs): the chance of a difference as great
    /// as this when both were equally good. 1 without discordant pairs.
    double p = 1;

    bool operator==(const Paired&) const = default;
};

/// One pair of verdicts on a case.
struct Pair
{
    bool first = false;
    bool second = false;
};

/// Compares verdicts pair by pair. The interval is the bootstrap's (percentile method, B. Efron 1979) over
/// `rounds` draws of the cases; the same seed gives the same figures.
Paired compare(std::span<const Pair> pairs, std::uint64_t seed = 1, int rounds = 2000);

/// Two-sided exact p-value of McNemar's test for the discordant counts.
double mcnemar(int only_first, int only_second);

/// A percentile (0…100), interpolated between the two nearest values; 0 without values.
double percentile(std::vector<double> values, double percent);

}
