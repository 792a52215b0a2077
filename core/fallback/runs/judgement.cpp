#include "core/fallback/runs/judgement.h"

#include "core/fallback/runs/runjsonparts.h"

#include <algorithm>
#include <array>

namespace leeway::fallback {
namespace {

using nlohmann::ordered_json;

constexpr std::array<std::string_view, 2> orders{"candidate-first", "reference-first"};
constexpr std::array<std::string_view, 4> preferences{"candidate", "reference", "tie", "none"};

template<typename Value, std::size_t Count>
std::optional<Value> value_of(std::string_view text, const std::array<std::string_view, Count>& names)
{
    const auto found = std::ranges::find(names, text);
    return found == names.end() ? std::nullopt : std::optional(static_cast<Value>(found - names.begin()));
}

ordered_json judgement_to_json(const Judgement& judgement)
{
    ordered_json prompt = ordered_json::array();
    for (const Message& message : judgement.prompt)
        prompt.push_back({{"role", message.role}, {"content", message.content}});
    return {{"order", to_string(judgement.order)},
            {"preferred", to_string(judgement.preferred)},
            {"reason", judgement.reason},
            {"trouble", to_string(judgement.trouble)},
            {"judge",
             {{"kind", to_string(judgement.judge.kind)},
              {"url", judgement.judge.url},
              {"model", judgement.judge.model},
              {"sampling", sampling_to_json(judgement.judge.sampling)}}},
            {"prompt", std::move(prompt)},
            {"answer", judgement.answer}};
}

Judgement judgement_from(const ordered_json& json)
{
    Judgement judgement;
    judgement.order = known(judge_order_from(json.at("order").get<std::string>()));
    judgement.preferred = known(preference_from(json.at("preferred").get<std::string>()));
    judgement.reason = json.at("reason").get<std::string>();
    judgement.trouble = known(trouble_from(json.at("trouble").get<std::string>()));
    const ordered_json& judge = json.at("judge");
    judgement.judge = {known(endpoint_kind_from(judge.at("kind").get<std::string>())),
                       judge.at("url").get<std::string>(), judge.at("model").get<std::string>(),
                       sampling_from(judge.at("sampling"))};
    const ordered_json& prompt = json.at("prompt");
    for (const ordered_json& message : prompt)
        judgement.prompt.push_back(
            {message.at("role").get<std::string>(), message.at("content").get<std::string>()});
    judgement.answer = json.at("answer").get<std::string>();
    return judgement;
}

}

std::string_view to_string(JudgeOrder order)
{
    return orders.at(static_cast<std::size_t>(order));
}

std::optional<JudgeOrder> judge_order_from(std::string_view text)
{
    return value_of<JudgeOrder>(text, orders);
}

std::string_view to_string(Preference preference)
{
    return preferences.at(static_cast<std::size_t>(preference));
}

std::optional<Preference> preference_from(std::string_view text)
{
    return value_of<Preference>(text, preferences);
}

ordered_json judgements_to_json(const std::vector<Judgement>& judgements)
{
    ordered_json list = ordered_json::array();
    for (const Judgement& judgement : judgements)
        list.push_back(judgement_to_json(judgement));
    return list;
}

std::vector<Judgement> judgements_from(const ordered_json& json)
{
    std::vector<Judgement> judgements;
    for (const ordered_json& one : json)
        judgements.push_back(judgement_from(one));
    return judgements;
}

}
