#pragma once

#include "core/simulation/uncertainty.h"

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

namespace leeway::simulation {

/// Called with the path below the value and what is wrong there.
using Complain = std::function<void(const std::string& at, const std::string& text)>;

/// Reads what the schema has let through.
Uncertainty uncertainty_from(const nlohmann::json& value, const Complain& complain);
nlohmann::ordered_json to_json(const Uncertainty& uncertainty);

}
