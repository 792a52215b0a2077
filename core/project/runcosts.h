#pragma once

#include "core/fallback/readiness.h"
#include "core/pricing/sheet.h"
#include "core/usage/cube.h"

#include <string>

namespace leeway::project {

/// Tells readiness what a request of the traffic costs at today's models, in the sheet's currency: the cube's
/// cost ÷ its requests. The fallback's side is the same traffic at `model`, nothing where the sheet does not
/// have it: a request of a suite is no request of the traffic. Both stay as they are without traffic, when a
/// part of it has no price, or when the run was priced in another currency than the sheet's.
void add_costs(fallback::ReadinessInput& input, const usage::Cube& cube, const pricing::Sheet& sheet,
               const std::string& model);

}
