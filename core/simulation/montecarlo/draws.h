#pragma once

#include "core/simulation/frame.h"
#include "core/simulation/montecarlo/axes.h"
#include "core/simulation/montecarlo/distributions.h"

#include <cstddef>
#include <cstdint>
#include <pcg_random.hpp>
#include <vector>

namespace leeway::simulation {

/// Paths that are drawn and evaluated together: one Latin hypercube.
inline constexpr std::size_t block_paths = 256;

/// What varies, drawn for the paths of one block; the same for every scenario. Values by month are at
/// [month × block_paths + path].
struct Draws
{
    std::size_t paths = 0;
    std::vector<double> volume;              // by month: over the log's
    std::vector<double> exchange;            // by month: factor on what vendors and machines cost; 1 at first
    std::vector<std::vector<double>> prices; // vendor, by month: factor of the jumps so far
    std::vector<double> cpi;                 // percent a year
    std::vector<double> cache_loss;          // share of cache reads, more than planned
    std::vector<double> migration;           // factor
    std::vector<double> machine_price;       // factor
    std::vector<std::vector<double>> values; // axis, path: what stands for the driver in the tornado
};

/// Draws blocks. Each block has a stream of random numbers of its own, so that any thread can draw any block.
class Drawer
{
public:
    /// `rows` as from correlated(axes).
    Drawer(const Frame& frame, const Uncertainty& uncertainty, const std::vector<Axis>& axes,
           std::vector<std::vector<double>> rows, std::uint64_t seed);

    void draw(std::uint64_t block, std::size_t paths, Draws& into) const;

private:
    static void spread(const Pert& pert, const std::vector<double>& scores, std::vector<double>& values);
    void draw_jumps(pcg64& random, const std::vector<double>& scores, std::vector<double>& factors) const;
    void grow(const std::vector<double>& growth, std::vector<double>& volume) const;
    void walk(pcg64& random, const std::vector<double>& scores, std::vector<double>& factors) const;

    const std::vector<Axis>& m_axes;
    std::vector<std::vector<double>> m_rows;
    std::uint64_t m_seed;
    std::size_t m_months;
    std::vector<double> m_season; // by month, with the sample factor
    double m_growth;
    double m_growth_spread;
    double m_cpi;
    double m_cpi_spread;
    double m_exchange_step; // standard deviation of a month's logarithm
    Poisson m_jumps;
    JumpSizes m_sizes;
    Pert m_cache_loss;
    Pert m_migration;
    Pert m_machine_price;
};

}
