#pragma once

#include "core/clauses/grammar.h"
#include "core/clauses/matching.h"
#include "core/clauses/rules.h"

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace leeway::clauses {

/// One thing that a short text says or does not say: a signal fired, a concept spoken of, and whether it is
/// denied, allowed or stated there, or the verdict of the rules.
using Feature = std::uint32_t;

/// Weights of a check's features for the four verdicts, in the order of `Verdict`.
using VerdictScores = std::array<double, 4>;
using FeatureWeights = std::unordered_map<Feature, VerdictScores>;

/// Texts up to this many sentences are weighed as passages; longer ones are left to the rules, since in a
/// whole contract nearly every concept is spoken of somewhere.
inline constexpr std::size_t longest_passage = 20;

/// The features of a whole text for every check: what it speaks of and how. Sorted.
std::vector<Feature> spoken_features(const Reading& reading, Span sentences);

/// What a check's rules say of its signals: the resolution, and whether a condition led to it or nothing did.
struct Ruling
{
    const Resolution* resolution = nullptr;
    bool decided = false;
};
Ruling rule(const CheckRules& rules, const std::vector<std::vector<Match>>& matches);

/// Whether the rules' verdict stands without weighing: a condition led to it that is right often enough.
inline constexpr double sure = 0.66;
bool stands(const Ruling& ruling);

/// The features of one check: its fired signals, its ruling and the bias. Sorted.
std::vector<Feature> check_features(const std::vector<std::vector<Match>>& matches, const Ruling& ruling);

/// The head start of a verdict to which a rule's condition led, before anything is weighed.
inline constexpr double rule_prior = 3.0;
VerdictScores prior_scores(const Ruling& ruling);

/// "bias", "rule:partial", "rule:none", "signal:trains", "speaks:content", "denied:train" …; empty when there
/// is no such thing.
std::string feature_name(Feature feature, const Lexicon& lexicon, const CheckRules& rules);

/// The inverse. Invalid when the name stands for nothing in the pack.
base::Result<Feature> parse_feature(const std::string& name, const Lexicon& lexicon, const CheckRules& rules);

/// Whether the feature speaks of a concept that the check's own signals ask for.
bool is_topical(Feature feature, const CheckRules& rules);
/// Whether the feature says how a concept is spoken of (denied, allowed, stated), and not only that it is.
bool has_polarity(Feature feature);

/// Whether a text says enough on a check's subject for weights to mean anything; where it does not, the
/// rules' last resort stands.
bool on_subject(const std::vector<Feature>& spoken, const std::vector<std::vector<Match>>& matches,
                const CheckRules& rules);

void add_scores(VerdictScores& scores, const std::vector<Feature>& features, const FeatureWeights& weights);
/// Turns scores into probabilities.
VerdictScores softmax(VerdictScores scores);

}
