#pragma once

#include "app/cli/usage_input.h"
#include "core/fallback/policy/replay.h"

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace leeway::cli {

/// How a command names a policy and the traffic that it is tried on.
struct ReplayInput
{
    UsageInput usage;
    std::string policy = "litellm-defaults";
    std::vector<std::string> incidents;
    std::vector<std::string> measured; // "target=FILE" of a run
    std::uint64_t seed = 1;
};

/// --policy and --measured.
void add_policy_options(CLI::App& command, ReplayInput& input);
/// The usage and its options; `required` asks for a log.
void add_traffic_options(CLI::App& command, ReplayInput& input, bool required);

/// The policy with what runs measured of its targets.
base::Result<fallback::Policy> policy_of(const ReplayInput& input);
/// Plays the logs through policies; bad lines are counted on standard error.
base::Result<fallback::Replay> replay_of(const ReplayInput& input,
                                         const std::vector<fallback::Policy>& policies);

}
