#pragma once

#include "core/clauses/grammar.h"
#include "core/clauses/rules.h"

#include <vector>

namespace leeway::clauses {

/// A place where a signal's condition holds.
struct Match
{
    std::uint32_t sentence = 0;
    std::uint32_t clause = 0; // index in Reading::clauses; the sentence's first for signals of sentence scope
};

/// The places at which each signal of a check fires, in the order of the text, at most `most_matches` each.
inline constexpr std::size_t most_matches = 12;
std::vector<std::vector<Match>> match_signals(const Reading& reading, const CheckRules& rules);
bool any_fires(const std::vector<std::vector<Match>>& matches);

}
