#pragma once

#include "core/fallback/suite.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace leeway::fallback {

/// What came back from a model for one case.
struct Answer
{
    std::string text;
    std::optional<nlohmann::ordered_json>
        calls;                        // instead of text: tool_calls or function_call as the server sent them
    std::optional<double> latency_ms; // of the whole answer
    std::optional<double> cost;       // US dollars, or the price sheet's currency
    std::string finish_reason;        // "stop", "length", …; empty when not sent
    std::vector<double> log_probabilities; // natural, one for each token; empty when not sent
};

/// How an answer did in one assertion.
struct AssertionGrade
{
    std::string type; // as written, with `not-`
    bool pass = false;
    double score = 0; // 0…1
    std::string reason;
    std::string metric;
    double weight = 1;
    bool error = false;                  // could not be graded; `reason` says why
    std::vector<AssertionGrade> members; // of an assert-set

    bool operator==(const AssertionGrade&) const = default;
};

struct Grade
{
    bool pass = false;
    double score = 0; // the weighted mean, 0…1
    std::string reason;
    std::string error; // not empty: an assertion could not be graded, so the case has no verdict
    std::vector<AssertionGrade> assertions;
    std::vector<std::pair<std::string, double>> metrics; // weighted mean by metric, in order of first use

    bool operator==(const Grade&) const = default;
};

/// Grades an answer with promptfoo's meaning of each assertion. Pure: the same case and answer give the same
/// grade. The case passes when all assertions pass or, with a threshold of its own, when its score reaches
/// it.
Grade grade(const Case& c, const Answer& answer);

/// One assertion alone; variables of `c` are filled into its value.
AssertionGrade grade_assertion(const Assertion& assertion, const Case& c, const Answer& answer);

}
