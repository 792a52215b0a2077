#pragma once

#include "core/fallback/readiness.h"
#include "core/fallback/runs/run.h"
#include "core/fallback/suite.h"

namespace leeway::fallback {

/// What a run shows of a model's readiness: pass rates, speed, capacity, cost. With the suite, how often the
/// incumbent's recorded answers pass the same assertions. The caller adds traffic, peak and contract.
ReadinessInput standing_of(const Run& run, const Suite* suite);

}
