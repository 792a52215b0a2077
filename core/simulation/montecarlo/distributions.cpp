#include "core/simulation/montecarlo/distributions.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace leeway::simulation {
namespace {

// c[0] + c[1] x + …
template<std::size_t N>
double polynomial(const std::array<double, N>& c, double x)
{
    double value = c[N - 1];
    for (std::size_t i = N - 1; i > 0; --i)
        value = value * x + c[i - 1];
    return value;
}

}

double normal_cdf(double x)
{
    return std::erfc(-x / std::numbers::sqrt2) / 2;
}

double normal_quantile(double u)
{
    constexpr std::array a{3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                           1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                           3.3430575583588128105e+4, 2.5090809287301226727e+3};
    constexpr std::array b{1.0,
                           4.2313330701600911252e+1,
                           6.8718700749205790830e+2,
                           5.3941960214247511077e+3,
                           2.1213794301586595867e+4,
                           3.9307895800092710610e+4,
                           2.8729085735721942674e+4,
                           5.2264952788528545610e+3};
    constexpr std::array c{1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                           3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                           2.27238449892691845833e-2, 7.74545014278341407640e-4};
    constexpr std::array d{1.0,
                           2.05319162663775882187e0,
                           1.67638483018380384940e0,
                           6.89767334985100004550e-1,
                           1.48103976427480074590e-1,
                           1.51986665636164571966e-2,
                           5.47593808499534494600e-4,
                           1.05075007164441684324e-9};
    constexpr std::array e{6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                           2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                           2.71155556874348757815e-5, 2.01033439929228813265e-7};
    constexpr std::array f{1.0,
                           5.99832206555887937690e-1,
                           1.36929880922735805310e-1,
                           1.48753612908506148525e-2,
                           7.86869131145613259100e-4,
                           1.84631831751005468180e-5,
                           1.42151175831644588870e-7,
                           2.04426310338993978564e-15};
    const double q = u - 0.5;
    if (std::abs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(a, r) / polynomial(b, r);
    }
    const double r = std::sqrt(-std::log(q < 0 ? u : 1 - u));
    const double x = r <= 5 ? polynomial(c, r - 1.6) / polynomial(d, r - 1.6)
                            : polynomial(e, r - 5) / polynomial(f, r - 5);
    return q < 0 ? -x : x;
}

Pert::Pert(const Range& range)
{
    const double width = range.high - range.low;
    m_quantiles.fill(range.low);
    if (!(width > 0))
        return;
    const double alpha = 1 + 4 * (range.likely - range.low) / width;
    const double beta = 1 + 4 * (range.high - range.likely) / width;
    // The cumulated density on a fine grid, by the midpoint rule.
    constexpr std::size_t cells = 16 * steps;
    std::vector<double> cumulated(cells + 1);
    for (std::size_t i = 0; i < cells; ++i) {
        const double x = (static_cast<double>(i) + 0.5) / cells;
        cumulated[i + 1] = cumulated[i] + std::pow(x, alpha - 1) * std::pow(1 - x, beta - 1);
    }
    std::size_t cell = 0;
    for (std::size_t i = 0; i <= steps; ++i) {
        const double wanted = cumulated.back() * static_cast<double>(i) / steps;
        while (cell + 1 < cells && cumulated[cell + 1] < wanted)
            ++cell;
        const double height = cumulated[cell + 1] - cumulated[cell];
        const double within = height > 0 ? std::clamp((wanted - cumulated[cell]) / height, 0.0, 1.0) : 0;
        m_quantiles.at(i) = range.low + width * (static_cast<double>(cell) + within) / cells;
    }
    m_quantiles.back() = range.high;
}

double Pert::quantile(double u) const
{
    const double at = std::clamp(u, 0.0, 1.0) * steps;
    const auto below = std::min(static_cast<std::size_t>(at), steps - 1);
    const double within = at - static_cast<double>(below);
    return m_quantiles[below] + (m_quantiles[below + 1] - m_quantiles[below]) * within;
}

Poisson::Poisson(double mean)
{
    double probability = std::exp(-mean);
    double cumulated = probability;
    m_cumulated.push_back(cumulated);
    for (int k = 1; cumulated < 1 - 1e-12 && k < 2000; ++k) {
        probability *= mean / k;
        cumulated += probability;
        m_cumulated.push_back(cumulated);
    }
}

int Poisson::quantile(double u) const
{
    const auto at = std::ranges::lower_bound(m_cumulated, u);
    return static_cast<int>(std::min<std::ptrdiff_t>(at - m_cumulated.begin(), std::ssize(m_cumulated) - 1));
}

JumpSizes::JumpSizes(const Uncertainty& uncertainty) : m_fitted(uncertainty.fitted_sizes)
{
    for (const PriceEvent& event : uncertainty.events)
        m_factors.push_back(1 + std::clamp(event.percent, -99.0, 1000.0) / 100);
    std::ranges::sort(m_factors);
    const auto count = static_cast<double>(m_factors.size());
    for (const double factor : m_factors)
        m_mean += std::log(factor) / count;
    for (const double factor : m_factors)
        m_deviation += (std::log(factor) - m_mean) * (std::log(factor) - m_mean) / count;
    m_deviation = std::sqrt(m_deviation);
}

double JumpSizes::quantile(double u) const
{
    if (m_factors.empty())
        return 1;
    if (m_fitted)
        return std::exp(m_mean + m_deviation * normal_quantile(u));
    return m_factors[std::min(static_cast<std::size_t>(u * static_cast<double>(m_factors.size())),
                              m_factors.size() - 1)];
}

}
