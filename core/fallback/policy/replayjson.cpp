#include "core/fallback/policy/replayjson.h"

#include "core/fallback/policy/pace.h"

#include <cmath>

namespace leeway::fallback {
namespace {

using nlohmann::ordered_json;

ordered_json by_target(const std::array<std::int64_t, most_targets>& counts, const Policy& policy)
{
    ordered_json value = ordered_json::object();
    for (std::size_t t = 0; t < policy.targets.size(); ++t)
        value[policy.targets[t].id] = counts[t];
    return value;
}

// To the thousandth.
double percent(double part, double whole)
{
    return whole == 0 ? 0.0 : std::round(part / whole * 100'000) / 1000;
}

ordered_json json_of(const Tally& tally, const Policy& policy)
{
    const auto all = static_cast<double>(tally.requests);
    ordered_json failed = ordered_json::object();
    for (std::size_t i = 0; i < failure_count; ++i) {
        if (tally.failed[i] > 0)
            failed[std::string(to_string(static_cast<Failure>(i)))] = tally.failed[i];
    }
    ordered_json value = {
        {"requests", tally.requests},
        {"served", by_target(tally.served, policy)},
        {"late", tally.late},
        {"failed", failed},
        {"failed_percent", percent(static_cast<double>(tally.all_failed()), all)},
        {"late_percent", percent(static_cast<double>(tally.late), all)},
        {"attempts", tally.attempts},
        {"retried", tally.retried},
        {"moved", tally.moved},
        {"times_ms", {{"p50", tally.times.p50}, {"p95", tally.times.p95}, {"p99", tally.times.p99}}},
        {"cost", tally.cost.to_string()},
        {"unpriced", tally.unpriced}};
    const auto quality = tally.quality();
    value["quality_percent"] = quality ? ordered_json(percent(*quality, 1)) : ordered_json(nullptr);
    return value;
}

ordered_json json_of(const Timeline& timeline, const Policy& policy)
{
    ordered_json buckets = ordered_json::array();
    for (const Bucket& bucket : timeline.buckets)
        buckets.push_back(ordered_json{
            {"served", by_target(bucket.served, policy)}, {"late", bucket.late}, {"failed", bucket.failed}});
    return {{"from", base::to_string(timeline.from)},
            {"width_s", timeline.width_ms / 1000},
            {"buckets", std::move(buckets)}};
}

ordered_json seconds(const std::optional<std::int64_t>& ms)
{
    return ms ? ordered_json(static_cast<double>(*ms) / 1000) : ordered_json(nullptr);
}

ordered_json json_of(const Event& event)
{
    ordered_json value = {{"at", base::to_string(event.at)}, {"kind", to_string(event.kind)}};
    if (!event.target.empty())
        value["target"] = event.target;
    if (event.trigger)
        value["trigger"] = to_string(*event.trigger);
    if (!event.incident.empty())
        value["incident"] = event.incident;
    return value;
}

ordered_json json_of(const Reaction& reaction)
{
    const Incident& incident = reaction.incident;
    const bool ends = incident.duration_s > 0;
    return {{"incident", to_string(incident.kind)},
            {"target", incident.target},
            {"from", base::to_string(incident.from)},
            {"until",
             ends ? ordered_json(base::to_string(base::Instant(std::chrono::milliseconds(end_of(incident)))))
                  : ordered_json(nullptr)},
            {"detected_s", seconds(reaction.detected_ms)},
            {"returned_s", seconds(reaction.returned_ms)}};
}

}

ordered_json to_json(const Outcome& outcome, const Policy& policy)
{
    ordered_json value = {{"policy", outcome.policy},
                          {"title", policy.title},
                          {"all", json_of(outcome.all, policy)},
                          {"during", json_of(outcome.during, policy)},
                          {"machines", outcome.machines.to_string()},
                          {"reactions", ordered_json::array()},
                          {"events", ordered_json::array()},
                          {"further_events", outcome.further_events}};
    for (const Reaction& reaction : outcome.reactions)
        value["reactions"].push_back(json_of(reaction));
    for (const Event& event : outcome.events)
        value["events"].push_back(json_of(event));
    value["timeline"] = json_of(outcome.timeline, policy);
    value["close"] = json_of(outcome.close, policy);
    return value;
}

ordered_json to_json(const Replay& replay, const std::vector<Policy>& policies)
{
    ordered_json value = {{"currency", replay.currency},
                          {"from", base::to_string(replay.first)},
                          {"until", base::to_string(replay.last)},
                          {"requests", replay.requests},
                          {"summed_lines", replay.summed_lines},
                          {"batch_lines", replay.batch_lines},
                          {"out_of_order", replay.out_of_order},
                          {"outcomes", ordered_json::array()},
                          {"notes", replay.notes}};
    for (std::size_t i = 0; i < replay.outcomes.size(); ++i)
        value["outcomes"].push_back(to_json(replay.outcomes[i], policies[i]));
    return value;
}

}
