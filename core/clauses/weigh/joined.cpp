#include "core/clauses/weigh/joined.h"

#include <algorithm>
#include <cmath>

namespace leeway::clauses {

KnownFeatures known_of(const VerdictScores& wording, const Ruling& ruling,
                       std::span<const BearingSentence> bearing, Polarity polarity)
{
    constexpr float least_chance = 0.001F;
    constexpr float least_odds = 0.02F;
    constexpr std::size_t verdicts = 4;
    KnownFeatures known{};
    for (std::size_t v = 0; v < verdicts; ++v)
        known[v] = std::log(static_cast<float>(wording[v]) + least_chance);
    const auto ruled = static_cast<std::size_t>(ruling.resolution->verdict);
    known[verdicts + ruled] = 1;
    known[2 * verdicts + ruled] = static_cast<float>(ruling.resolution->confidence);
    const bool hazard = polarity == Polarity::Hazard;
    known[3 * verdicts + ruled] = hazard ? 1 : 0;
    std::size_t next = 4 * verdicts;
    for (std::size_t i = 0; i < 2; ++i)
        known[next++] = std::log((i < bearing.size() ? chance_of(bearing[i].odds) : 0.0F) + least_odds);
    known[next++] = hazard ? 1 : 0;
    known[next] = 1;
    return known;
}

VerdictScores joined_chances(const JoinedWeights& weights, const KnownFeatures& known, Polarity polarity)
{
    VerdictScores odds{};
    for (std::size_t f = 0; f < known_features; ++f) {
        for (std::size_t v = 0; v < odds.size(); ++v)
            odds[v] += static_cast<double>(weights[f][v]) * static_cast<double>(known[f]);
    }
    return chances_of(odds, polarity);
}

Settled settle(const VerdictScores& joined, const Resolution& ruled)
{
    const Verdict chosen = choose(joined);
    const double confidence = joined[static_cast<std::size_t>(chosen)];
    if (chosen != Verdict::Adverse && confidence < least_sure)
        return {ruled.verdict, ruled.confidence};
    return {chosen, confidence};
}

JoinedWeights read_joined_weights(const base::JsonFile& file)
{
    return file.value.at("contracts").at("joined").get<JoinedWeights>();
}

}
