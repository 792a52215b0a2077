// What a judge answers, and the instructions that it is given: an answer is refused, or it is a verdict that,
// written again, reads the same; instructions that pass the check show the judge all it is to see.

#include "core/fallback/judge/pairs.h"
#include "core/fallback/judge/verdict.h"

#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

using namespace leeway::fallback;

namespace {

std::string written(const Verdict& verdict)
{
    const char* preferred = verdict.preferred == Choice::First    ? "first"
                            : verdict.preferred == Choice::Second ? "second"
                                                                  : "tie";
    return nlohmann::json{{"preferred", preferred}, {"reason", verdict.reason}}.dump();
}

void check_verdict(std::string_view text)
{
    const auto verdict = parse_verdict(text);
    if (!verdict)
        return;
    const auto again = parse_verdict(written(*verdict));
    if (!again || !(*again == *verdict))
        std::abort();
    const Preference one = preference_of(verdict->preferred, JudgeOrder::CandidateFirst);
    const Preference other = preference_of(verdict->preferred, JudgeOrder::ReferenceFirst);
    if ((one == other) != (verdict->preferred == Choice::Tie))
        std::abort();
}

void check_prompt(std::string_view instructions)
{
    if (!check_instructions(instructions))
        return;
    AnswerPair pair;
    pair.question = "the question {{first}}";
    pair.candidate = "the candidate {{second}}";
    pair.reference = "the reference {{question}}";
    const auto prompt = judge_prompt(instructions, pair, JudgeOrder::ReferenceFirst);
    if (!prompt)
        std::abort();
    for (const std::string& part : {pair.question, pair.candidate, pair.reference}) {
        if (prompt->front().content.find(part) == std::string::npos)
            std::abort();
    }
}

}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_verdict(text);
    check_prompt(text);
    return 0;
}
