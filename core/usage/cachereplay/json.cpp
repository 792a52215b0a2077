#include "core/usage/cachereplay/replay.h"

namespace leeway::usage {
namespace {

using nlohmann::ordered_json;

std::string rules_name(const CacheArm& arm)
{
    return arm.by_vendor.empty() ? arm.rules.id : "auto";
}

ordered_json tally_json(const CacheTally& tally)
{
    return {{"requests", tally.requests},   {"input_tokens", tally.input},
            {"hit_tokens", tally.hits},     {"written_tokens", tally.written},
            {"hit_rate", tally.hit_rate()}, {"input_cost", tally.cost.to_string()}};
}

ordered_json arm_json(const CacheArm& arm, const CacheTally& tally, const CacheTally& whole)
{
    ordered_json value = tally_json(tally);
    value["model"] = arm.model.empty() ? ordered_json() : ordered_json(arm.model);
    value["rules"] = rules_name(arm);
    value["without_split"] = tally_json(whole);
    return value;
}

}

ordered_json to_json(const CacheReplay& replay)
{
    const CacheQuestion& question = replay.question;
    ordered_json value{{"currency", replay.currency},
                       {"rules", rules_name(question.first)},
                       {"unsplit", tally_json(replay.unsplit)},
                       {"split", ordered_json()}};
    if (question.second)
        value["split"] = {{"share", question.share},
                          {"by", question.by == SplitBy::Request ? "request" : "prefix"},
                          {"seed", question.seed},
                          {"first", arm_json(question.first, replay.first, replay.first_whole)},
                          {"second", arm_json(*question.second, replay.second, replay.second_whole)},
                          {"lost_tokens", replay.lost_tokens()},
                          {"lost_money", replay.lost_money().to_string()},
                          {"first_loss_percent", replay.first_loss_percent()},
                          {"second_loss_percent", replay.second_loss_percent()}};
    value["without_prefix"] = replay.without_prefix;
    value["out_of_order"] = replay.out_of_order;
    value["unpriced"] = replay.unpriced;
    value["most_live_blocks"] = replay.most_live;
    value["duplicates"] = replay.duplicates;
    value["bad_lines"] = replay.bad_lines;
    value["notes"] = replay.notes;
    return value;
}

}
