#pragma once

#include "core/clauses/grammar.h"
#include "core/clauses/matching.h"
#include "core/clauses/rules.h"

#include <array>
#include <cstdint>
#include <vector>

namespace leeway::clauses {

/// What is noted of a text. The things of one group share a weight of one, however many they are.
enum class SaidGroup : std::uint8_t {
    Words,      // stems, parties and figures
    Neighbours, // two of them in a row
    Concepts,   // concepts, and who may, must or must not
    Rules,      // signals that fire, and the rules' verdict
    Together    // words at most five apart, and concepts of one clause
};
inline constexpr std::size_t said_groups = 5;

/// A hashed thing that a text says, and how much it says it: 1 + ln(times).
struct Said
{
    std::uint32_t id = 0;
    float much = 0;

    bool operator==(const Said&) const = default;
};

/// What a text says, group by group, each in the order of the ids.
using Wording = std::array<std::vector<Said>, said_groups>;

/// What the given sentences say, whatever the check. Linear in their length.
Wording wording_of(const Reading& reading, const Lexicon& lexicon, Span sentences);

/// What a check's rules say of its signals: the resolution, and whether a condition led to it or nothing did.
struct Ruling
{
    const Resolution* resolution = nullptr;
    bool decided = false;
};
Ruling rule(const CheckRules& rules, const std::vector<std::vector<Match>>& matches);

/// The things of SaidGroup::Rules, by the names of the signals.
std::vector<Said> rules_said(const CheckRules& rules, const std::vector<std::vector<Match>>& matches,
                             const Ruling& ruling);

}
