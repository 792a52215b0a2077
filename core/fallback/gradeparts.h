#pragma once

#include "core/fallback/grader.h"

#include <string_view>
#include <unordered_map>

namespace leeway::fallback {

/// All that a grader of one type sees.
struct Grading
{
    const Assertion& assertion;
    const Case& c;
    const Answer& answer;
    const std::string& output;           // the answer as text
    std::optional<nlohmann::json> value; // of the assertion, variables filled in

    [[nodiscard]] bool inverse() const { return assertion.inverse; }
    [[nodiscard]] double threshold_or(double other) const { return assertion.threshold.value_or(other); }
    /// Null where there is no value.
    [[nodiscard]] const nlohmann::json& wanted() const;
};

/// What a grader finds, before weight and metric.
struct Verdict
{
    bool pass = false;
    double score = 0;
    std::string reason;
    bool error = false;
};

using Grader = Verdict (*)(const Grading&);

/// 1 or 0, turned round by `not-`; `fact` says what was found, whichever way it counts.
Verdict yes_or_no(bool holds, const Grading& g, std::string fact);
/// A score against a threshold, turned round by `not-`.
Verdict by_score(std::string_view what, double score, double threshold, const Grading& g);
/// The assertion could not be graded.
Verdict cannot(std::string reason);
/// The texts of a value that may be one text or a list of texts; an error verdict's reason otherwise.
base::Result<std::vector<std::string>> texts_of(const Grading& g);
/// For reasons: at most 120 bytes in quotation marks.
std::string in_quotes(std::string_view text);

void add_text_graders(std::unordered_map<std::string_view, Grader>& graders);
void add_overlap_graders(std::unordered_map<std::string_view, Grader>& graders);
void add_json_graders(std::unordered_map<std::string_view, Grader>& graders);
void add_markup_graders(std::unordered_map<std::string_view, Grader>& graders);
void add_sql_graders(std::unordered_map<std::string_view, Grader>& graders);
void add_call_graders(std::unordered_map<std::string_view, Grader>& graders);
void add_measure_graders(std::unordered_map<std::string_view, Grader>& graders);
void add_own_graders(std::unordered_map<std::string_view, Grader>& graders);

}
