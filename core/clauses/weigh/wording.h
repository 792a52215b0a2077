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

/// Ids that some weights know, and few others: what is surely unknown to them need not be counted.
class KnownIds
{
public:
    KnownIds();
    void add(std::uint32_t id) { m_bits[id >> shift] = true; }
    [[nodiscard]] bool may_hold(std::uint32_t id) const { return m_bits[id >> shift]; }

private:
    static constexpr std::uint32_t shift = 11; // 2²¹ bits: they stay in the processor's cache
    std::vector<bool> m_bits;
};

/// Ids in order, each once.
std::vector<std::uint32_t> each_once(std::vector<std::uint32_t> ids);

/// Tells what the sentences of one document say, whatever the check. `reading` and `lexicon` must outlive it.
class Sayings
{
public:
    Sayings(const Reading& reading, const Lexicon& lexicon);
    ~Sayings();
    Sayings(const Sayings&) = delete;
    Sayings& operator=(const Sayings&) = delete;

    /// Linear in their length. Without what `known` surely does not hold.
    [[nodiscard]] Wording of(Span sentences, const KnownIds* known = nullptr);
    /// The words, neighbours and concepts of a single sentence, with repetition: enough to tell what it is
    /// about, at a fraction of the cost of its whole wording. Holds until the next call.
    [[nodiscard]] std::span<const std::uint32_t> gist(std::uint32_t sentence);
    /// The things of several sentences, each once, in the order of the ids.
    [[nodiscard]] std::vector<std::uint32_t> gist_of(Span sentences);

private:
    class Listener;
    std::unique_ptr<Listener> m_listener;
    std::vector<std::uint32_t> m_gist;
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
