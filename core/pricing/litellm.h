#pragma once

#include "core/pricing/sheet.h"

#include <nlohmann/json.hpp>
#include <string>

namespace leeway::pricing {

struct NumberText;

/// Whether a parsed file looks like LiteLLM's price map: objects by model, with providers or costs.
bool is_litellm_map(const nlohmann::json& value);

/// Turns LiteLLM's price map (US dollars for one unit) into a sheet. Each model keeps its name in the map as
/// an alias. What cannot be used is listed in Sheet::ignored: fields once, with the number of models that
/// have them, the reason, and a model as an example.
Sheet import_litellm(const NumberText& map);

}
