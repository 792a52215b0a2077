#pragma once

#include "core/base/result.h"
#include "core/fallback/runs/run.h"

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

inline constexpr std::array both_orders{JudgeOrder::CandidateFirst, JudgeOrder::ReferenceFirst};

/// An answer of a run beside the one it is held against.
struct AnswerPair
{
    std::size_t result = 0; // its place in the run's results
    std::string question;   // as the model was asked
    std::string candidate;
    std::string reference;
    bool incumbent = false; // the reference is today's recorded answer; else the expected one
};

struct Pairs
{
    std::vector<AnswerPair> pairs; // in the order of the suite
    int without_reference = 0;     // cases with neither a recorded nor an expected answer
    int without_answer = 0;        // cases with a reference, but no answer in words in the run
};

/// For each case the first repetition that was answered, beside the incumbent's recorded answer, else the
/// expected one. Invalid when a case of the run is not in the suite.
base::Result<Pairs> pairs_of(const Run& run, const Suite& suite);

/// The judge's instructions in a file, a template over {{question}}, {{first}} and {{second}}; an empty path
/// means the one that comes with Leeway. Invalid when one of these is not in it or it asks for anything else.
base::Result<std::string> load_instructions(const std::filesystem::path& path);
base::Status check_instructions(std::string_view instructions);

/// What the judge is sent for one pair in one order.
base::Result<std::vector<Message>> judge_prompt(std::string_view instructions, const AnswerPair& pair,
                                                JudgeOrder order);

}
