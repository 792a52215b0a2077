#pragma once

#include "core/clauses/types/features.h"
#include "core/clauses/types/kinds.h"

#include <array>
#include <cstdint>
#include <vector>

namespace leeway::clauses {

/// What features say for every type. A feature of a group of n adds weight · share of the group / √n to a
/// sentence's scores.
class TypeWeights
{
public:
    /// `features` are ascending; `weights` belong to them one by one.
    TypeWeights() = default;
    TypeWeights(std::array<float, feature_groups> shares, std::vector<FeatureHash> features,
                std::vector<TypeScores> weights);

    [[nodiscard]] const TypeScores* find(FeatureHash feature) const;

    [[nodiscard]] const std::array<float, feature_groups>& shares() const { return m_shares; }
    [[nodiscard]] const std::vector<FeatureHash>& features() const { return m_features; }
    [[nodiscard]] const std::vector<TypeScores>& weights() const { return m_weights; }

private:
    std::array<float, feature_groups> m_shares{};
    std::vector<FeatureHash> m_features;
    std::vector<TypeScores> m_weights;
    struct Slot
    {
        FeatureHash feature = 0;
        std::uint32_t number = 0; // index + 1 of the feature, 0 for an empty slot
    };
    std::vector<Slot> m_slots;
    std::uint32_t m_mask = 0;
    std::vector<std::uint64_t> m_seen; // a bit for the upper half of each feature: most others are told by it
};

/// The scores of every sentence, as log odds; without bound.
std::vector<TypeScores> sentence_scores(const SentenceFeatures& features, const TypeWeights& weights);

}
