#pragma once

#include "core/simulation/account.h"

#include <string>

namespace leeway::simulation {

/// What a scenario's difference comes from, in a short sentence with shares: the largest effect, and the
/// largest one that works against it.
std::string reason_of(const Frame& frame, const Scenario& scenario, const Account& account);

}
