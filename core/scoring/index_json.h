#pragma once

#include "core/scoring/index.h"

#include <nlohmann/json.hpp>

namespace leeway::scoring {

/// {"value": 68.4, "low": …, "high": …, "profile", "formula", "reviewed", "checks", "contributions": […],
/// "categories": […], "gates": […]}; points have one decimal.
nlohmann::json to_json(const Index& index);

}
