#pragma once

#include "core/simulation/scenario.h"

#include <cstdint>

namespace leeway::simulation {

/// Of a forecast that people decide by, in the window and in the report.
inline constexpr std::int64_t full_paths = 100'000;

/// `wanted` paths, or for a set of many scenarios and months fewer: as many as keep its memory below 130 MB.
std::int64_t fitting_paths(const ScenarioSet& set, std::int64_t wanted);

}
