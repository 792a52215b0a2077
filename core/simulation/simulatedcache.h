#pragma once

#include "core/base/result.h"
#include "core/simulation/scenario.h"
#include "core/usage/cachereplay/replay.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace leeway::simulation {

/// The scenario with what a replay of its split lost instead of a guess: `cache_hit_loss_percent` of its
/// transfer, and `cache_loss` of the traffic that stays, from the month of the move on, unless the scenario
/// has a loss of its own there. Both name `source`. A scenario without a transfer stays as it is.
Scenario with_cache_replay(Scenario scenario, const usage::CacheReplay& replay, const std::string& source);

struct SimulatedCache
{
    ScenarioSet set;
    std::vector<std::string> notes;       // distinct ones of all replays, and what was not taken over
    std::int64_t bad_lines = 0;           // of the log
    std::vector<usage::BadLine> examples; // at most 20
};

/// Replays a log with block hashes or conversations for each transfer of the set, at the share, of what its
/// vendor and rule let move, and to the model that it names; `question` gives the rest: rules of the first
/// place, seed and what is split by. The second place has the bundled rules of its vendor.
base::Result<SimulatedCache> with_simulated_cache(ScenarioSet set,
                                                  const std::vector<std::filesystem::path>& log,
                                                  const pricing::Sheet& sheet, usage::CacheQuestion question,
                                                  const usage::Mapping* mapping = nullptr);

}
