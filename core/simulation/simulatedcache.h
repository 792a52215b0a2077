#pragma once

#include "core/base/result.h"
#include "core/simulation/scenario.h"
#include "core/usage/cachereplay/replay.h"

#include <filesystem>
#include <string>
#include <vector>

namespace leeway::simulation {

/// The scenario with what a replay of its split lost instead of a guess: `cache_hit_loss_percent` of its
/// transfer, and `cache_loss` of the traffic that stays, from the month of the move on. Both name `source`.
/// A scenario without a transfer stays as it is.
Scenario with_cache_replay(Scenario scenario, const usage::CacheReplay& replay, const std::string& source);

/// Replays a log with block hashes or conversations for each transfer of the set, at the share, from the
/// vendor and to the model that it names; `question` gives the rest: rules of the first place, seed and what
/// is split by. The second place has the bundled rules of its vendor.
base::Result<ScenarioSet> with_simulated_cache(ScenarioSet set, const std::vector<std::filesystem::path>& log,
                                               const pricing::Sheet& sheet, usage::CacheQuestion question,
                                               const usage::Mapping* mapping = nullptr);

}
