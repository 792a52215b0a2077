#include "core/simulation/simulatedcache.h"

#include <fmt/format.h>
#include <utility>

namespace leeway::simulation {
namespace {

// Shares are stored as a person may read and edit them.
double shown(double percent)
{
    return base::Decimal::from_double(percent).rounded(2).to_double();
}

std::string source_of(const std::vector<std::filesystem::path>& log, const usage::CacheQuestion& question)
{
    std::string names;
    for (const std::filesystem::path& file : log)
        names += (names.empty() ? "" : ", ") + file.filename().string();
    return fmt::format("simulated from {}: {:g} % moved by {}, seed {}, {} to {}", names,
                       question.share * 100, question.by == usage::SplitBy::Request ? "request" : "prefix",
                       question.seed, question.first.rules.id, question.second->rules.id);
}

}

Scenario with_cache_replay(Scenario scenario, const usage::CacheReplay& replay, const std::string& source)
{
    if (!scenario.transfer)
        return scenario;
    scenario.transfer->cache_hit_loss_percent = shown(replay.second_loss_percent());
    scenario.transfer->cache_source = source;
    scenario.cache_loss =
        CacheLoss{shown(replay.first_loss_percent()), scenario.transfer->from_month, source};
    return scenario;
}

base::Result<ScenarioSet> with_simulated_cache(ScenarioSet set, const std::vector<std::filesystem::path>& log,
                                               const pricing::Sheet& sheet, usage::CacheQuestion question,
                                               const usage::Mapping* mapping)
{
    for (Scenario& scenario : set.scenarios) {
        if (!scenario.transfer || scenario.transfer->share_percent <= 0)
            continue;
        const Transfer& transfer = *scenario.transfer;
        auto rules = usage::load_cache_rules(usage::cache_rules_for(transfer.to_vendor));
        if (!rules)
            return tl::unexpected(rules.error());
        question.share = transfer.share_percent / 100;
        question.second =
            usage::CacheArm{fmt::format("{}/{}", transfer.to_vendor, transfer.to_model), std::move(*rules)};
        const auto replay = usage::replay_cache(log, sheet, question, mapping);
        if (!replay)
            return tl::unexpected(replay.error());
        scenario = with_cache_replay(std::move(scenario), *replay, source_of(log, question));
    }
    return set;
}

}
