#pragma once

#include "core/simulation/uncertainty.h"

#include <array>
#include <cstddef>
#include <vector>

namespace leeway::simulation {

/// Of the standard normal distribution. The quantile is M. J. Wichura's AS 241 (1988), good to 16 digits;
/// `u` within (0, 1).
double normal_cdf(double x);
double normal_quantile(double u);

/// The PERT distribution of a range by its quantiles, interpolated between a thousand of them; `low` for a
/// range of no width.
class Pert
{
public:
    explicit Pert(const Range& range);
    [[nodiscard]] double quantile(double u) const;

private:
    static constexpr std::size_t steps = 1024;
    std::array<double, steps + 1> m_quantiles{};
};

/// How many arrivals there are when `mean` are expected.
class Poisson
{
public:
    explicit Poisson(double mean);
    [[nodiscard]] int quantile(double u) const;

private:
    std::vector<double> m_cumulated;
};

/// The factor by which a jump multiplies a price: one of the events, or lognormal with their mean and
/// standard deviation of logarithms.
class JumpSizes
{
public:
    explicit JumpSizes(const Uncertainty& uncertainty);
    [[nodiscard]] double quantile(double u) const;

private:
    std::vector<double> m_factors;
    bool m_fitted = false;
    double m_mean = 0; // of the logarithms
    double m_deviation = 0;
};

}
