#include "core/scoring/spread.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace leeway::scoring {
namespace {

using clauses::Polarity;
using clauses::Verdict;

constexpr int cells_per_point = 100;
constexpr std::size_t cell_count = 100 * cells_per_point + 1;
constexpr double tail = 0.1;

struct Chance
{
    double points = 0;
    double probability = 0;
};

std::vector<Chance> chances_of(const Uncertain& check)
{
    constexpr std::array scale{Verdict::Met, Verdict::Partial, Verdict::Missing, Verdict::Adverse};
    std::vector<Verdict> possible;
    for (const Verdict verdict : scale) {
        if (verdict != Verdict::Missing || check.polarity == Polarity::Protective)
            possible.push_back(verdict);
    }
    const auto own =
        std::distance(possible.begin(), std::find(possible.begin(), possible.end(), check.verdict));
    double others = 0;
    std::vector<double> nearness;
    for (std::size_t i = 0; i < possible.size(); ++i) {
        const auto steps = static_cast<int>(std::abs(static_cast<std::ptrdiff_t>(i) - own));
        nearness.push_back(steps == 0 ? 0 : std::ldexp(1.0, -steps));
        others += nearness.back();
    }
    const double guess = 1.0 / static_cast<double>(possible.size());
    const double right = check.confidence > guess ? std::min(check.confidence, 1.0) : guess; // also for NaN
    std::vector<Chance> chances;
    for (std::size_t i = 0; i < possible.size(); ++i) {
        const double probability = nearness[i] > 0 ? (1 - right) * nearness[i] / others : right;
        chances.push_back({check.points * severity_tenths(possible[i]) / 10, probability});
    }
    return chances;
}

}

Spread spread_of(const std::vector<Uncertain>& checks)
{
    // Convolution on a grid of hundredths of a point. A value between two cells is shared between them, which
    // keeps the mean exact.
    std::vector<double> sums(cell_count, 0);
    sums[0] = 1;
    std::vector<double> next;
    std::size_t used = 1;
    bool certain = true;
    double fixed = 0; // what verdicts beyond doubt add
    for (const Uncertain& check : checks) {
        const std::vector<Chance> chances = chances_of(check);
        const auto sure =
            std::find_if(chances.begin(), chances.end(), [](const Chance& c) { return c.probability >= 1; });
        if (sure != chances.end()) {
            fixed += sure->points;
            continue;
        }
        certain = false;
        next.assign(cell_count, 0);
        std::size_t reach = 0;
        for (const Chance& chance : chances) {
            const double shift = std::clamp(chance.points, 0.0, 100.0) * cells_per_point;
            const auto whole = static_cast<std::size_t>(shift);
            const double part = shift - static_cast<double>(whole);
            for (std::size_t i = 0; i < used; ++i) {
                const double mass = sums[i] * chance.probability;
                next[std::min(i + whole, cell_count - 1)] += mass * (1 - part);
                next[std::min(i + whole + 1, cell_count - 1)] += mass * part;
            }
            reach = std::max(reach, std::min(used + whole + 1, cell_count));
        }
        sums.swap(next);
        used = reach;
    }
    if (certain)
        return {fixed, fixed};
    Spread spread{fixed, fixed};
    double below = 0;
    bool low_found = false;
    for (std::size_t i = 0; i < used; ++i) {
        below += sums[i];
        const double points = fixed + static_cast<double>(i) / cells_per_point;
        if (!low_found && below >= tail - 1e-9) {
            spread.low = points;
            low_found = true;
        }
        spread.high = points;
        if (below >= 1 - tail - 1e-9)
            break;
    }
    return spread;
}

}
