#pragma once

#include "core/fallback/policy/policy.h"
#include "core/fallback/runs/run.h"

namespace leeway::fallback {

/// A target with what a run measured of its model in place of assumptions: time to first token (median),
/// tokens a second of one answer, spread, answers at once, pass rates by category. What the run does not tell
/// stays.
RouteTarget measured(RouteTarget target, const Run& run);

}
