#pragma once

#include "core/pricing/ignored.h"
#include "core/pricing/sheet.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace leeway::pricing {

/// Searches that are free, for all models of one group together.
struct FreeSearches
{
    std::string group; // empty: for the model alone
    std::int64_t count = 0;
    Per per = Per::Month;
};

/// One entry of LiteLLM's map: a model with one set of rates, or without when it has no price that Leeway
/// reads.
struct LiteLlmEntry
{
    Model model;
    std::optional<FreeSearches> free;
};
LiteLlmEntry read_litellm_entry(const std::string& name, const nlohmann::json& value, Ignored& ignored);

}
