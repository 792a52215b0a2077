#include "core/simulation/montecarlo/axes.h"

#include <algorithm>
#include <cmath>

namespace leeway::simulation {
namespace {

double correlation_of(const Axis& a, const Axis& b, const std::vector<Correlation>& correlations)
{
    for (const Correlation& of : correlations) {
        if ((of.a == a.driver && of.b == b.driver) || (of.a == b.driver && of.b == a.driver))
            return std::clamp(of.value, -0.95, 0.95);
    }
    return 0;
}

}

std::vector<Axis> axes_of(const std::vector<std::string>& vendors)
{
    std::vector<Axis> axes;
    for (const std::string& vendor : vendors)
        axes.push_back({Driver::Prices, vendor});
    for (int i = 1; i < driver_kinds; ++i)
        axes.push_back({static_cast<Driver>(i), {}});
    return axes;
}

base::Result<std::vector<std::vector<double>>> correlated(const std::vector<Axis>& axes,
                                                          const std::vector<Correlation>& correlations)
{
    std::vector<std::vector<double>> rows(axes.size());
    for (std::size_t i = 0; i < axes.size(); ++i) {
        double rest = 1;
        for (std::size_t j = 0; j < i; ++j) {
            double value = correlation_of(axes[i], axes[j], correlations);
            for (std::size_t k = 0; k < j; ++k)
                value -= rows[i][k] * rows[j][k];
            rows[i].push_back(value / rows[j][j]);
            rest -= rows[i][j] * rows[i][j];
        }
        if (!(rest > 1e-9))
            return base::fail(base::ErrorCode::Invalid,
                              "The correlations contradict one another; lower those of “" +
                                  std::string(to_string(axes[i].driver)) + "”.");
        rows[i].push_back(std::sqrt(rest));
    }
    return rows;
}

}
