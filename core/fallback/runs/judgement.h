#pragma once

#include "core/fallback/endpoints/endpoint.h"
#include "core/fallback/endpoints/reply.h"
#include "core/fallback/suite.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

/// Which of the two answers the judge reads first.
enum class JudgeOrder { CandidateFirst, ReferenceFirst };

std::string_view to_string(JudgeOrder order); // "candidate-first", "reference-first"
std::optional<JudgeOrder> judge_order_from(std::string_view text);

/// Which answer is the better one in a judge's opinion: the run's (the candidate's), or today's (the
/// reference).
enum class Preference {
    Candidate,
    Reference,
    Tie,
    None // no opinion: nothing came back, or no verdict in the form that was asked for
};

std::string_view to_string(Preference preference); // "candidate", "reference", "tie", "none"
std::optional<Preference> preference_from(std::string_view text);

/// The model that judges, and how it is asked.
struct Judge
{
    EndpointKind kind = EndpointKind::OpenAi;
    std::string url;
    std::string model;
    Sampling sampling;

    bool operator==(const Judge&) const = default;
};

/// One opinion of a model on an answer, beside the verdict of the assertions, which it never changes.
struct Judgement
{
    Judge judge;
    JudgeOrder order = JudgeOrder::CandidateFirst;
    std::vector<Message> prompt; // as sent
    std::string answer;          // as received
    Preference preferred = Preference::None;
    std::string reason; // the judge's, or why there is no opinion
    Trouble trouble = Trouble::None;

    bool operator==(const Judgement&) const = default;
    /// Whether it is left as it is when the same is asked again.
    [[nodiscard]] bool finished() const { return trouble == Trouble::None || makes_invalid(trouble); }
};

}
