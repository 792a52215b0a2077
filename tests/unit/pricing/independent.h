#pragma once

#include "core/pricing/counts.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

// A second way to price a request, straight from an entry of LiteLLM's map and without any of Leeway's
// pricing: prices are whole numbers of 10^-18, looked up by the names that their fields would have.

/// N of all `_above_{N}k_tokens` of an entry, ascending.
std::vector<std::int64_t> independent_thresholds(const nlohmann::json& entry);

/// The cost as a decimal text, or nothing when a token has no price. `entry` holds numbers as their texts.
std::optional<std::string> independent_cost(const nlohmann::json& entry,
                                            const std::vector<std::int64_t>& thresholds,
                                            const leeway::pricing::Usage& usage);
