#include "core/simulation/simulatedcache.h"

#include "core/simulation/obligations.h"
#include "core/simulation/traffic.h"
#include "core/usage/replay.h"

#include <algorithm>
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
                       question.seed, question.first.by_vendor.empty() ? question.first.rules.id : "auto",
                       question.second->rules.id);
}

// As allows() of a line, for one request.
bool may_move(const pricing::Usage& request, const Transfer& transfer, const pricing::Sheet& sheet,
              const pricing::Model* target)
{
    const pricing::Model* model = sheet.find(request.vendor, request.model);
    if (model == nullptr || !is_sold_by(transfer.from_vendor, *model) ||
        (target != nullptr && !same_kind(*model, *target)))
        return false;
    const Rule& rule = transfer.rule;
    const std::int64_t tokens = request.counts.all_input();
    const auto is_it = [&](const std::string& name) {
        return usage::is_named(model->vendor, model->model, name);
    };
    return (rule.models.empty() || std::ranges::any_of(rule.models, is_it)) &&
           (rule.tags.empty() || std::ranges::find(rule.tags, request.tag) != rule.tags.end()) &&
           tokens >= rule.min_prompt_tokens &&
           (rule.max_prompt_tokens <= 0 || tokens <= rule.max_prompt_tokens);
}

void add_once(std::vector<std::string>& notes, const std::string& note)
{
    if (std::ranges::find(notes, note) == notes.end())
        notes.push_back(note);
}

}

Scenario with_cache_replay(Scenario scenario, const usage::CacheReplay& replay, const std::string& source)
{
    if (!scenario.transfer)
        return scenario;
    scenario.transfer->cache_hit_loss_percent = shown(replay.second_loss_percent());
    scenario.transfer->cache_source = source;
    if (!scenario.cache_loss)
        scenario.cache_loss =
            CacheLoss{shown(replay.first_loss_percent()), scenario.transfer->from_month, source};
    return scenario;
}

base::Result<SimulatedCache> with_simulated_cache(ScenarioSet set,
                                                  const std::vector<std::filesystem::path>& log,
                                                  const pricing::Sheet& sheet, usage::CacheQuestion question,
                                                  const usage::Mapping* mapping)
{
    SimulatedCache result{std::move(set), {}, 0, {}};
    for (Scenario& scenario : result.set.scenarios) {
        if (!scenario.transfer || scenario.transfer->share_percent <= 0)
            continue;
        const Transfer transfer = *scenario.transfer;
        auto rules = usage::load_cache_rules(usage::cache_rules_for(transfer.to_vendor));
        if (!rules)
            return tl::unexpected(rules.error());
        const pricing::Model* target = sheet.find(transfer.to_vendor, transfer.to_model);
        question.share = transfer.share_percent / 100;
        question.second =
            usage::CacheArm{fmt::format("{}/{}", transfer.to_vendor, transfer.to_model), std::move(*rules)};
        question.may_move = [&](const pricing::Usage& request) {
            return may_move(request, transfer, sheet, target);
        };
        const auto replay = usage::replay_cache(log, sheet, question, mapping);
        if (!replay)
            return tl::unexpected(replay.error());
        if (replay->second.requests == 0)
            add_once(result.notes, fmt::format("“{}”: the log has no request that moves, so no loss is seen.",
                                               scenario.title));
        if (scenario.cache_loss)
            add_once(result.notes,
                     fmt::format(
                         "“{}” has a cache loss of its own, {:g} %, which stays; the log shows {:g} %.",
                         scenario.title, scenario.cache_loss->percent, shown(replay->first_loss_percent())));
        for (const std::string& note : replay->notes)
            add_once(result.notes, note);
        result.bad_lines = replay->bad_lines;
        result.examples = replay->examples;
        scenario = with_cache_replay(std::move(scenario), *replay, source_of(log, question));
    }
    return result;
}

}
