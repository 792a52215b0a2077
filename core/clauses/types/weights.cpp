#include "core/clauses/types/weights.h"

#include <bit>
#include <cmath>

namespace leeway::clauses {
namespace {

constexpr int seen_bits = 20; // 128 kB, which stay in the processor's cache

}

TypeWeights::TypeWeights(std::array<float, feature_groups> shares, std::vector<FeatureHash> features,
                         std::vector<TypeScores> weights)
    : m_shares(shares),
      m_features(std::move(features)),
      m_weights(std::move(weights)),
      m_slots(std::bit_ceil(m_features.size() * 2 + 1)),
      m_mask(static_cast<std::uint32_t>(m_slots.size() - 1)),
      m_seen((std::size_t{1} << seen_bits) / 64, 0)
{
    for (std::uint32_t i = 0; i < m_features.size(); ++i) {
        std::uint32_t slot = m_features[i] & m_mask;
        while (m_slots[slot].number != 0)
            slot = (slot + 1) & m_mask;
        m_slots[slot] = {m_features[i], i + 1};
        const std::uint32_t bit = m_features[i] >> (32 - seen_bits);
        m_seen[bit / 64] |= std::uint64_t{1} << (bit % 64);
    }
}

const TypeScores* TypeWeights::find(FeatureHash feature) const
{
    if (m_slots.empty())
        return nullptr;
    const std::uint32_t bit = feature >> (32 - seen_bits);
    if ((m_seen[bit / 64] >> (bit % 64) & 1) == 0)
        return nullptr;
    for (std::uint32_t slot = feature & m_mask; m_slots[slot].number != 0; slot = (slot + 1) & m_mask) {
        if (m_slots[slot].feature == feature)
            return &m_weights[m_slots[slot].number - 1];
    }
    return nullptr;
}

std::vector<TypeScores> sentence_scores(const SentenceFeatures& features, const TypeWeights& weights)
{
    std::vector<TypeScores> scores(features.sentences(), TypeScores{});
    std::vector<const TypeScores*> known;
    for (std::size_t s = 0; s < scores.size(); ++s) {
        for (std::size_t g = 0; g < feature_groups; ++g) {
            const std::uint32_t begin = features.begin(s, g);
            const std::uint32_t end = features.end(s, g);
            if (begin == end)
                continue;
            // All are looked for before any is read, so that the processor waits for memory but once.
            known.clear();
            for (std::uint32_t i = begin; i < end; ++i) {
                if (const TypeScores* found = weights.find(features.hashes[i])) {
                    __builtin_prefetch(found);
                    known.push_back(found);
                }
            }
            TypeScores sum{};
            for (const TypeScores* found : known) {
                for (std::size_t t = 0; t < type_count; ++t)
                    sum[t] += (*found)[t];
            }
            const float share = weights.shares()[g] / std::sqrt(static_cast<float>(end - begin));
            for (std::size_t t = 0; t < type_count; ++t)
                scores[s][t] += share * sum[t];
        }
    }
    return scores;
}

}
