#pragma once

#include "core/pricing/counts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leeway::pricing {

/// What a price field of LiteLLM's map means: `<base>[_above_1hr][_above_{N}k_tokens][_{service tier}]`, with
/// N and the service tiers open.
struct LiteLlmKey
{
    Component component = Component::Input;
    std::string tier = "standard";
    std::int64_t above_tokens = 0;
    int per = 1;  // the price is for so many units
    int rank = 0; // of two fields for the same thing, the one of lower rank counts

    bool operator==(const LiteLlmKey&) const = default;
};

/// Nothing when the name is not a price that Leeway has a component for; `mode` is the model's.
std::optional<LiteLlmKey> parse_litellm_key(std::string_view name, std::string_view mode);

/// Why a field that is no price is left out.
std::string_view reason_to_ignore(std::string_view name);

}
