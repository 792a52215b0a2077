#pragma once

#include "core/simulation/montecarlo/forecast.h"

#include <nlohmann/json.hpp>

namespace leeway::simulation {

/// {"paths", "seed", "currency", "months", "uncertainty", "prospects": [{"scenario", "title", "total": {"p5",
/// "p10", "p25", "p50", "p75", "p90", "p95", "mean", "cvar95"}, "months": [{"month", "p5", …}], "chance":
/// {"against", "cheaper", "cheaper_by": [{"month", "chance"}], "saving": {"p5", …}, "tornado": […]} | null,
/// "tornado": [{"driver", "vendor", "low", "high", "rank_correlation"}], "convergence": [{"paths", "median",
/// "standard_error"}]}]}. Amounts are decimal strings.
nlohmann::json to_json(const Forecast& forecast);

}
