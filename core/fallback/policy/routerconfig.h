#pragma once

#include "core/base/result.h"
#include "core/fallback/policy/policy.h"

#include <string>
#include <vector>

namespace leeway::fallback {

/// A policy as LiteLLM's proxy takes it.
struct RouterConfig
{
    std::string yaml;
    std::vector<std::string>
        left_out; // what the policy says and LiteLLM cannot do, in words; in the file too
};

/// Writes `config.yaml` for the LiteLLM proxy: model_list, router_settings with retries, cool-down, fallbacks
/// and context window fallbacks. Keys stand as names of environment variables only. Invalid when a target has
/// no `served_model` to be reached by.
base::Result<RouterConfig> litellm_config(const Policy& policy);

}
