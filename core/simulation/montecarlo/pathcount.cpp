#include "core/simulation/montecarlo/pathcount.h"

#include <algorithm>

namespace leeway::simulation {
namespace {

constexpr std::int64_t kept_values = std::int64_t{32} << 20; // of all scenarios, months and paths

}

std::int64_t fitting_paths(const ScenarioSet& set, std::int64_t wanted)
{
    const std::int64_t cells = std::max<std::int64_t>(1, static_cast<std::int64_t>(set.scenarios.size()) *
                                                             std::max(1, set.plan.months));
    const std::int64_t most = std::max<std::int64_t>(1000, kept_values / cells / 1000 * 1000);
    return std::min(wanted, most);
}

}
