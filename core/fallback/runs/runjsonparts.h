#pragma once

#include "core/fallback/runs/run.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <vector>

// What the JSON that is shown and the JSON that is kept have in common.
namespace leeway::fallback {

template<typename T>
nlohmann::ordered_json or_null(const std::optional<T>& value)
{
    return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

template<typename T>
std::optional<T> from_null(const nlohmann::ordered_json& value)
{
    return value.is_null() ? std::nullopt : std::optional<T>(value.get<T>());
}

/// Throws where a word is not one of those that are kept.
template<typename T>
T known(std::optional<T> value)
{
    if (!value)
        throw std::invalid_argument("an unknown word");
    return *value;
}

nlohmann::ordered_json money_to_json(const std::optional<base::Decimal>& cost);
nlohmann::ordered_json measured_to_json(const CaseResult& result);
nlohmann::ordered_json throughput_to_json(const std::vector<Throughput>& levels);
nlohmann::ordered_json sampling_to_json(const Sampling& sampling);
nlohmann::ordered_json judgements_to_json(const std::vector<Judgement>& judgements);

// These throw where the JSON is not what was kept.
Sampling sampling_from(const nlohmann::ordered_json& json);
std::vector<Judgement> judgements_from(const nlohmann::ordered_json& json);

}
