#pragma once

#include "core/fallback/policy/outcome.h"
#include "core/fallback/policy/policy.h"

#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

/// A part of a policy in plain words, as it can stand in a contract's annex.
struct Clause
{
    std::string heading;
    std::vector<std::string> sentences;
};

/// What the policy does, for readers who are not programmers: who serves, when it moves, how it returns, what
/// it may cost. Every figure of the policy that matters stands in it.
std::vector<Clause> clauses_of(const Policy& policy);

/// Why a target was left alone: "more than 3 failures within 60 s".
std::string words_of(Trigger trigger, const Breaker& breaker);
/// "left alone", "tried again", "has its traffic back".
std::string_view words_of(EventKind kind);
/// "an outage", "answers 4 times as slow", "at most 60 requests a minute", "prices 100 % higher".
std::string words_of(const Incident& incident);
/// "45 s", "2 min", "1.5 h"; "250 ms" below a second.
std::string duration_words(double seconds);

}
