#pragma once

#include "core/clauses/grammar.h"
#include "core/clauses/matching.h"
#include "core/clauses/rules.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace leeway::clauses {

/// What is noted of a text. The things of one group share a weight of one, however many they are.
enum class SaidGroup : std::uint8_t {
    Words,      // stems, parties and figures
    Neighbours, // two of them in a row
    Concepts,   // concepts, and who may, must or must not
    Rules,      // signals that fire, and the rules' verdict
    Together,   // words at most five apart, and concepts of one clause
    Bearing     // how much the sentences of a contract bear on the check
};
inline constexpr std::size_t said_groups = 6;

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

/// The words, neighbours and concepts of single sentences, with repetition: enough to tell what a sentence is
/// about, at a fraction of the cost of its whole wording.
class Gist
{
public:
    Gist(const Reading& reading, const Lexicon& lexicon);
    ~Gist();
    Gist(const Gist&) = delete;
    Gist& operator=(const Gist&) = delete;
    /// Holds until the next call.
    [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t sentence);

private:
    class Listener;
    std::unique_ptr<Listener> m_listener;
};

/// A thing of SaidGroup::Bearing: that the sentence of this rank bears so much, in classes of log odds.
std::uint32_t bearing_id(std::uint32_t rank, std::uint32_t odds);

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
