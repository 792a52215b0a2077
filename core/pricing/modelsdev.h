#pragma once

#include "core/pricing/sheet.h"

#include <nlohmann/json.hpp>

namespace leeway::pricing {

struct NumberText;

/// Whether a parsed file looks like models.dev's api.json: vendors that have "models", also inside
/// "providers".
bool is_models_dev(const nlohmann::json& value);

/// Turns models.dev's api.json (US dollars for a million tokens) into a sheet. Each model has
/// "provider/model" as an alias. What cannot be used is listed in Sheet::ignored.
Sheet import_models_dev(const NumberText& api);

}
