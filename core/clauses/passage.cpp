#include "core/clauses/passage.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace leeway::clauses {
namespace {

enum Kind : std::uint32_t { Bias, Rule, SignalFired, Speaks, Denied, Allowed, NotNeeded, Stated, Kinds };
constexpr std::array<std::string_view, Kinds> prefixes{
    "bias", "rule:", "signal:", "speaks:", "denied:", "may:", "need-not:", "stated:"};
constexpr std::uint32_t kind_shift = 24;
constexpr std::ptrdiff_t fewest_topics = 2; // concepts of a check's own in a text on its subject
constexpr std::uint32_t undecided = 4;      // in place of a verdict

Feature feature(Kind kind, std::uint32_t index)
{
    return kind << kind_shift | index;
}

Kind kind_of(Feature value)
{
    return static_cast<Kind>(value >> kind_shift);
}

std::uint32_t index_of(Feature value)
{
    return value & ((1U << kind_shift) - 1);
}

Kind polarity(const Clause& clause)
{
    if (clause.negative())
        return Denied;
    if (clause.modality == Modality::May)
        return Allowed;
    return clause.modality == Modality::NeedNot ? NotNeeded : Stated;
}

void tidy(std::vector<Feature>& features)
{
    std::sort(features.begin(), features.end());
    features.erase(std::unique(features.begin(), features.end()), features.end());
}

}

std::vector<Feature> spoken_features(const Reading& reading, Span sentences)
{
    std::vector<Feature> result;
    for (std::uint32_t s = sentences.begin; s < sentences.end; ++s) {
        const Phrase& phrase = reading.sentences[s];
        std::uint32_t clause = phrase.clauses.begin;
        for (std::uint32_t h = phrase.hits.begin; h < phrase.hits.end; ++h) {
            const Hit& hit = reading.hits[h];
            while (clause + 1 < phrase.clauses.end && reading.clauses[clause].tokens.end <= hit.first)
                ++clause;
            result.push_back(feature(Speaks, hit.concept_id));
            if (clause < phrase.clauses.end)
                result.push_back(feature(polarity(reading.clauses[clause]), hit.concept_id));
        }
    }
    tidy(result);
    return result;
}

Ruling rule(const CheckRules& rules, const std::vector<std::vector<Match>>& matches)
{
    const auto fired = [&](std::uint32_t signal) { return !matches[signal].empty(); };
    const auto never = [](std::uint32_t, std::uint32_t, std::uint32_t) { return false; };
    for (const Resolution& candidate : rules.resolutions) {
        if (candidate.when.nodes().empty())
            return {&candidate, false};
        if (candidate.when.evaluate(fired, never))
            return {&candidate, true};
    }
    return {&rules.resolutions.back(), false};
}

bool stands(const Ruling& ruling)
{
    return ruling.decided && ruling.resolution->confidence >= sure;
}

VerdictScores prior_scores(const Ruling& ruling)
{
    VerdictScores scores{};
    if (ruling.decided)
        scores[static_cast<std::size_t>(ruling.resolution->verdict)] = rule_prior;
    return scores;
}

std::vector<Feature> check_features(const std::vector<std::vector<Match>>& matches, const Ruling& ruling)
{
    const std::uint32_t verdict =
        ruling.decided ? static_cast<std::uint32_t>(ruling.resolution->verdict) : undecided;
    std::vector<Feature> result{feature(Bias, 0), feature(Rule, verdict)};
    for (std::uint32_t i = 0; i < matches.size(); ++i) {
        if (!matches[i].empty())
            result.push_back(feature(SignalFired, i));
    }
    return result;
}

std::string feature_name(Feature value, const Lexicon& lexicon, const CheckRules& rules)
{
    const Kind kind = kind_of(value);
    const std::uint32_t index = index_of(value);
    switch (kind) {
    case Bias:
        return "bias";
    case Rule:
        return index == undecided ? "rule:none"
                                  : fmt::format("rule:{}", to_string(static_cast<Verdict>(index)));
    case SignalFired:
        return index < rules.signals.size() ? "signal:" + rules.signals[index].name : "";
    default:
        return kind < Kinds && index < lexicon.size()
                   ? fmt::format("{}{}", prefixes[kind], lexicon.name(static_cast<ConceptId>(index)))
                   : "";
    }
}

base::Result<Feature> parse_feature(const std::string& name, const Lexicon& lexicon, const CheckRules& rules)
{
    if (name == "bias")
        return feature(Bias, 0);
    for (std::uint32_t k = Rule; k < Kinds; ++k) {
        if (!name.starts_with(prefixes[k]))
            continue;
        const std::string rest = name.substr(prefixes[k].size());
        if (k == Rule) {
            if (rest == "none")
                return feature(Rule, undecided);
            const auto verdict = parse_verdict(rest);
            if (!verdict)
                return tl::unexpected(verdict.error());
            return feature(Rule, static_cast<std::uint32_t>(*verdict));
        }
        if (k == SignalFired) {
            for (std::uint32_t i = 0; i < rules.signals.size(); ++i) {
                if (rules.signals[i].name == rest)
                    return feature(SignalFired, i);
            }
            return base::fail(base::ErrorCode::Invalid,
                              fmt::format("there is no signal “{}” in this check", rest));
        }
        const int id = lexicon.find(rest);
        if (id < 0)
            return base::fail(base::ErrorCode::Invalid, fmt::format("there is no concept “{}”", rest));
        return feature(static_cast<Kind>(k), static_cast<std::uint32_t>(id));
    }
    return base::fail(base::ErrorCode::Invalid, fmt::format("“{}” names nothing that can be weighed", name));
}

bool has_polarity(Feature value)
{
    return kind_of(value) > Speaks;
}

bool is_topical(Feature value, const CheckRules& rules)
{
    return kind_of(value) >= Speaks && std::binary_search(rules.topics.begin(), rules.topics.end(),
                                                          static_cast<ConceptId>(index_of(value)));
}

bool on_subject(const std::vector<Feature>& spoken, const std::vector<std::vector<Match>>& matches,
                const CheckRules& rules)
{
    if (std::any_of(matches.begin(), matches.end(), [](const auto& places) { return !places.empty(); }))
        return true;
    const auto topical = std::count_if(spoken.begin(), spoken.end(), [&](Feature value) {
        return kind_of(value) == Speaks && is_topical(value, rules);
    });
    return topical >= fewest_topics;
}

void add_scores(VerdictScores& scores, const std::vector<Feature>& features, const FeatureWeights& weights)
{
    for (const Feature value : features) {
        const auto found = weights.find(value);
        if (found == weights.end())
            continue;
        for (std::size_t v = 0; v < scores.size(); ++v)
            scores[v] += found->second[v];
    }
}

VerdictScores softmax(VerdictScores scores)
{
    const double most = *std::max_element(scores.begin(), scores.end());
    double sum = 0;
    for (double& score : scores)
        sum += score = std::exp(score - most);
    for (double& score : scores)
        score /= sum;
    return scores;
}

}
