#pragma once

#include "core/base/result.h"
#include "core/fallback/runs/judgement.h"

#include <string>
#include <string_view>

namespace leeway::fallback {

/// The better answer, in the order in which the judge read them.
enum class Choice { First, Second, Tie };

struct Verdict
{
    Choice preferred = Choice::Tie;
    std::string reason; // never blank

    bool operator==(const Verdict&) const = default;
};

/// Reads {"reason": "…", "preferred": "first"|"second"|"tie"}, alone or in one Markdown code fence. Anything
/// else is Unreadable with a sentence that says how it differs; a verdict is never guessed from words around
/// it.
base::Result<Verdict> parse_verdict(std::string_view answer);

/// Whose answer was chosen.
Preference preference_of(Choice choice, JudgeOrder order);

}
