#pragma once

#include "core/fallback/grader.h"

#include <nlohmann/json.hpp>
#include <string>

/// A row of the tables in data/: an assertion or a whole test with an answer and promptfoo's grade of it.
struct GradedRow
{
    leeway::fallback::Case c;
    leeway::fallback::Answer answer;
    bool error = false;
    bool pass = false;
    double score = -1; // not stated: −1
};

inline leeway::fallback::Assertion assertion_of(const nlohmann::json& object)
{
    leeway::fallback::Assertion assertion;
    assertion.type = object.at("type").get<std::string>();
    assertion.inverse = assertion.type.starts_with("not-");
    if (assertion.inverse)
        assertion.type.erase(0, 4);
    if (object.contains("value"))
        assertion.value = object["value"];
    if (object.contains("threshold"))
        assertion.threshold = object["threshold"].get<double>();
    assertion.weight = object.value("weight", 1.0);
    assertion.metric = object.value("metric", std::string());
    for (const nlohmann::json& member : object.value("assert", nlohmann::json::array()))
        assertion.members.push_back(assertion_of(member));
    return assertion;
}

inline GradedRow row_of(const std::string& text)
{
    const auto row = nlohmann::ordered_json::parse(text);
    const auto plain = nlohmann::json::parse(text);
    GradedRow result;
    const nlohmann::json assertions = plain.contains("assertion")
                                          ? nlohmann::json::array({plain["assertion"]})
                                          : plain["test"].value("assert", nlohmann::json::array());
    for (const nlohmann::json& assertion : assertions)
        result.c.assertions.push_back(assertion_of(assertion));
    if (plain.contains("test") && plain["test"].contains("threshold"))
        result.c.threshold = plain["test"]["threshold"].get<double>();
    result.c.vars = plain.value("vars", nlohmann::json::object());
    result.c.tools = plain.value("tools", nlohmann::json::array());
    result.c.functions = plain.value("functions", nlohmann::json::array());
    if (row["output"].is_string())
        result.answer.text = row["output"].get<std::string>();
    else
        result.answer.calls = row["output"];
    if (plain.contains("latencyMs"))
        result.answer.latency_ms = plain["latencyMs"].get<double>();
    if (plain.contains("cost"))
        result.answer.cost = plain["cost"].get<double>();
    result.answer.finish_reason = plain.value("finishReason", std::string());
    result.answer.log_probabilities = plain.value("logProbs", std::vector<double>());
    result.error = plain.contains("error");
    result.pass = plain.value("pass", false);
    result.score = plain.value("score", -1.0);
    return result;
}
