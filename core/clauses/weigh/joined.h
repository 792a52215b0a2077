#pragma once

#include "core/base/json.h"
#include "core/clauses/weigh/bearing.h"
#include "core/clauses/weigh/checkweights.h"

#include <array>
#include <span>

namespace leeway::clauses {

/// What is known of a check of a contract: what the wording makes of it and what the rules do.
inline constexpr std::size_t known_features = 20;
using KnownFeatures = std::array<float, known_features>;

/// `wording`: the verdicts' chances by the sentences in `bearing`.
KnownFeatures known_of(const VerdictScores& wording, const Ruling& ruling,
                       std::span<const BearingSentence> bearing, Polarity polarity);

/// How far to trust the wording and how far the rules, the same for every check: log odds of the verdicts for
/// each feature. Learned from contracts that the wording's weights had not seen.
using JoinedWeights = std::array<std::array<float, 4>, known_features>;

VerdictScores joined_chances(const JoinedWeights& weights, const KnownFeatures& known, Polarity polarity);

/// A verdict and how sure it is.
struct Settled
{
    Verdict verdict = Verdict::Missing;
    double confidence = 0;
};
/// The verdict of joined chances; one below `least_sure` is left to the rules, unless it is adverse.
Settled settle(const VerdictScores& joined, const Resolution& ruled);
inline constexpr double least_sure = 0.6;

/// /contracts/joined of a weights file, of the size that its schema asks for.
JoinedWeights read_joined_weights(const base::JsonFile& file);

}
