#pragma once

#include "core/clauses/tokens.h"
#include "core/clauses/types/cues.h"
#include "core/document/document.h"

#include <array>
#include <cstdint>
#include <vector>

namespace leeway::clauses {

/// What is noted of a sentence. The features of one group share a weight of one, however many they are.
enum class FeatureGroup : std::uint8_t {
    Words,
    Pairs,
    Heading,
    Before,
    After,
    LeadIn,
    Shape,
    Concepts,
    ConceptPairs,
    NearPairs,
    Cues
};
inline constexpr std::size_t feature_groups = 11;

/// A hashed feature; its group is mixed in.
using FeatureHash = std::uint32_t;

/// The features of every sentence of a document, one sentence after the other and group by group.
struct SentenceFeatures
{
    std::vector<FeatureHash> hashes;
    std::vector<std::uint32_t> ends; // in hashes, of each group of each sentence

    [[nodiscard]] std::size_t sentences() const { return ends.size() / feature_groups; }
    [[nodiscard]] std::uint32_t begin(std::size_t sentence, std::size_t group) const
    {
        const std::size_t at = sentence * feature_groups + group;
        return at == 0 ? 0 : ends[at - 1];
    }
    [[nodiscard]] std::uint32_t end(std::size_t sentence, std::size_t group) const
    {
        return ends[sentence * feature_groups + group];
    }
};

/// The features of a document's sentences: stems, pairs of neighbouring stems and of stems with a gap, the
/// words of the heading, of the sentences before and after and of a list's lead-in, and figures, place and
/// form. Figures count by their kind and size only. Linear in the number of tokens.
SentenceFeatures sentence_features(const document::Document& document, const Tokens& tokens,
                                   const Signs& signs);

/// The features that stand for a cue and for every sentence.
FeatureHash cue_feature(const Cue& cue);
FeatureHash bias_feature();

}
