#include "core/simulation/montecarlo/draws.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace leeway::simulation {
namespace {

// Within (0, 1), from 53 bits.
double uniform(pcg64& random)
{
    return (static_cast<double>(random() >> 11) + 0.5) * 0x1p-53;
}

// One value in each of n strata, in random order, as normal scores.
void stratified_scores(pcg64& random, std::size_t n, std::vector<double>& scores)
{
    scores.resize(n);
    for (std::size_t p = 0; p < n; ++p)
        scores[p] = static_cast<double>(p);
    for (std::size_t p = n; p > 1; --p)
        std::swap(scores[p - 1], scores[random(p)]);
    for (std::size_t p = 0; p < n; ++p)
        scores[p] = normal_quantile((scores[p] + uniform(random)) / static_cast<double>(n));
}

double mean_of_path(const std::vector<double>& by_month, std::size_t months, std::size_t path)
{
    double sum = 0;
    for (std::size_t m = 0; m < months; ++m)
        sum += by_month[m * block_paths + path];
    return sum / static_cast<double>(months);
}

}

Drawer::Drawer(const Frame& frame, const Uncertainty& uncertainty, const std::vector<Axis>& axes,
               std::vector<std::vector<double>> rows, std::uint64_t seed)
    : m_axes(axes),
      m_rows(std::move(rows)),
      m_seed(seed),
      m_months(frame.months.size()),
      m_growth(frame.plan.growth_percent),
      m_growth_spread(uncertainty.growth_spread),
      m_cpi(frame.plan.cpi_percent),
      m_cpi_spread(uncertainty.cpi_spread),
      m_exchange_step(uncertainty.exchange_volatility / 100 / std::sqrt(12.0)),
      m_jumps(uncertainty.jumps_per_year * static_cast<double>(m_months) / 12),
      m_sizes(uncertainty),
      m_cache_loss(uncertainty.cache_loss),
      m_migration(uncertainty.migration),
      m_machine_price(uncertainty.machine_price)
{
    for (const base::Month month : frame.months) {
        const double season = frame.plan.seasonality.empty()
                                  ? 1
                                  : frame.plan.seasonality[static_cast<std::size_t>(month.month()) - 1] / 100;
        m_season.push_back(season * frame.plan.log_one_in);
    }
}

void Drawer::draw(std::uint64_t block, std::size_t paths, Draws& into) const
{
    pcg64 random(m_seed, block);
    into.paths = paths;
    std::vector<std::vector<double>> scores(m_axes.size());
    for (std::vector<double>& axis : scores)
        stratified_scores(random, paths, axis);
    // From the last axis on, so that the independent scores of the others are still there.
    for (std::size_t a = m_axes.size(); a-- > 0;) {
        for (std::size_t p = 0; p < paths; ++p) {
            double score = 0;
            for (std::size_t k = 0; k <= a; ++k)
                score += m_rows[a][k] * scores[k][p];
            scores[a][p] = score;
        }
    }
    into.values.resize(m_axes.size());
    into.prices.clear();
    for (std::size_t a = 0; a < m_axes.size(); ++a) {
        const std::vector<double>& score = scores[a];
        std::vector<double>& value = into.values[a];
        value.resize(paths);
        switch (m_axes[a].driver) {
        case Driver::Prices:
            draw_jumps(random, score, into.prices.emplace_back());
            for (std::size_t p = 0; p < paths; ++p)
                value[p] = mean_of_path(into.prices.back(), m_months, p);
            break;
        case Driver::Growth:
            for (std::size_t p = 0; p < paths; ++p)
                value[p] = std::clamp(m_growth + m_growth_spread * score[p], -100.0, 100.0);
            grow(value, into.volume);
            break;
        case Driver::Cpi:
            for (std::size_t p = 0; p < paths; ++p)
                value[p] = std::clamp(m_cpi + m_cpi_spread * score[p], -20.0, 100.0);
            into.cpi = value;
            break;
        case Driver::ExchangeRate:
            walk(random, score, into.exchange);
            for (std::size_t p = 0; p < paths; ++p)
                value[p] = mean_of_path(into.exchange, m_months, p);
            break;
        case Driver::CacheLoss:
            spread(m_cache_loss, score, value);
            into.cache_loss = value;
            for (double& points : into.cache_loss)
                points /= 100;
            break;
        case Driver::Migration:
            spread(m_migration, score, value);
            into.migration = value;
            break;
        case Driver::MachinePrice:
            spread(m_machine_price, score, value);
            into.machine_price = value;
            break;
        }
    }
}

void Drawer::spread(const Pert& pert, const std::vector<double>& scores, std::vector<double>& values)
{
    for (std::size_t p = 0; p < values.size(); ++p)
        values[p] = pert.quantile(normal_cdf(scores[p]));
}

// The number of jumps follows the score, so that it can be correlated; when they come and how large they are
// is independent.
void Drawer::draw_jumps(pcg64& random, const std::vector<double>& scores, std::vector<double>& factors) const
{
    factors.assign(m_months * block_paths, 1.0);
    for (std::size_t p = 0; p < scores.size(); ++p) {
        const int jumps = m_jumps.quantile(normal_cdf(scores[p]));
        for (int j = 0; j < jumps; ++j) {
            const auto month = static_cast<std::size_t>(uniform(random) * static_cast<double>(m_months));
            factors[month * block_paths + p] *= m_sizes.quantile(uniform(random));
        }
    }
    for (std::size_t m = 1; m < m_months; ++m) {
        for (std::size_t p = 0; p < scores.size(); ++p)
            factors[m * block_paths + p] *= factors[(m - 1) * block_paths + p];
    }
}

void Drawer::grow(const std::vector<double>& growth, std::vector<double>& volume) const
{
    volume.resize(m_months * block_paths);
    std::vector<double> grown(growth.size(), 1.0);
    for (std::size_t m = 0; m < m_months; ++m) {
        for (std::size_t p = 0; p < growth.size(); ++p) {
            volume[m * block_paths + p] = grown[p] * m_season[m];
            grown[p] *= 1 + growth[p] / 100;
        }
    }
}

// A random walk of the logarithm whose end follows the score: the steps are bent so that they lead there.
void Drawer::walk(pcg64& random, const std::vector<double>& scores, std::vector<double>& factors) const
{
    factors.assign(m_months * block_paths, 1.0);
    if (!(m_exchange_step > 0) || m_months < 2)
        return;
    const auto steps = static_cast<double>(m_months - 1);
    for (std::size_t p = 0; p < scores.size(); ++p) {
        double at = 0;
        for (std::size_t m = 1; m < m_months; ++m) {
            at += normal_quantile(uniform(random));
            factors[m * block_paths + p] = at;
        }
        const double bend = (std::sqrt(steps) * scores[p] - at) / steps;
        for (std::size_t m = 1; m < m_months; ++m) {
            double& factor = factors[m * block_paths + p];
            factor = std::exp(m_exchange_step * (factor + bend * static_cast<double>(m)));
        }
    }
}

}
