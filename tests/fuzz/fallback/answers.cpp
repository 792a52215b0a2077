#include "core/fallback/assertions.h"
#include "core/fallback/grader.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace leeway::fallback;

// The first line is a value, the rest an answer; every grader sees them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size > 20'000)
        return 0;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto line = std::min(text.find('\n'), text.size());
    Answer answer;
    answer.text = text.substr(std::min(line + 1, text.size()));
    Case c;
    c.incumbent = text.substr(0, line);
    for (const std::string& type : deterministic_types()) {
        Assertion assertion;
        assertion.type = type;
        const nlohmann::json parsed = nlohmann::json::parse(text.substr(0, line), nullptr, false);
        for (const nlohmann::json& value :
             {parsed.is_discarded() ? nlohmann::json() : parsed, nlohmann::json(text.substr(0, line))}) {
            if (!value.is_null())
                assertion.value = value;
            const AssertionGrade got = grade_assertion(assertion, c, answer);
            if (!(got == grade_assertion(assertion, c, answer)) || got.reason.empty() ||
                got.score != got.score)
                std::abort();
        }
    }
    return 0;
}
