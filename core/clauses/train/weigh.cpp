#include "core/clauses/train/weigh.h"

#include <algorithm>
#include <cmath>
#include <pcg_random.hpp>
#include <unordered_map>

namespace leeway::clauses::train {
namespace {

constexpr float negligible = 0.01F; // a sentence whose chances are all so close teaches nothing

// Features in at least `seldom` documents, ascending.
std::vector<FeatureHash> frequent(const std::vector<const Example*>& examples, std::uint32_t seldom)
{
    struct Seen
    {
        std::uint32_t documents = 0;
        std::uint32_t last = 0;
    };
    std::unordered_map<FeatureHash, Seen> seen;
    for (std::uint32_t i = 0; i < examples.size(); ++i) {
        for (const FeatureHash hash : examples[i]->features.hashes) {
            Seen& entry = seen[hash];
            if (entry.last != i + 1)
                ++entry.documents;
            entry.last = i + 1;
        }
    }
    std::vector<FeatureHash> kept;
    for (const auto& [hash, entry] : seen) {
        if (entry.documents >= seldom)
            kept.push_back(hash);
    }
    std::sort(kept.begin(), kept.end());
    return kept;
}

struct Value
{
    std::uint32_t feature = 0;
    float value = 0;
};

struct Sentence
{
    std::uint32_t begin = 0; // in values
    std::uint32_t end = 0;
    TypeSet types = 0;
    TypeSet document = 0;
};

class Learner
{
public:
    Learner(const std::vector<const Example*>& examples, const Signs& signs, const WeighOptions& options)
        : m_options(options),
          m_features(frequent(examples, options.seldom)),
          m_start(m_features.size(), TypeScores{}),
          m_squares(m_features.size(), TypeScores{})
    {
        std::unordered_map<FeatureHash, std::uint32_t> index;
        for (std::uint32_t i = 0; i < m_features.size(); ++i)
            index.emplace(m_features[i], i);
        for (const Cue& cue : signs.cues) {
            if (const auto at = index.find(cue_feature(cue)); at != index.end())
                m_start[at->second][cue.type] = cue.weight * options.cue_weight;
        }
        if (const auto at = index.find(bias_feature()); at != index.end())
            m_start[at->second].fill(options.bias);
        m_weights = m_start;
        for (const Example* example : examples)
            add(*example, index);
    }

    TypeWeights learn()
    {
        std::vector<TypeScores> sum(m_features.size(), TypeScores{});
        pcg32 random(m_options.seed);
        for (int epoch = 0; epoch < m_options.epochs; ++epoch) {
            for (auto i = static_cast<std::uint32_t>(m_sentences.size()); i > 1; --i)
                std::swap(m_sentences[i - 1], m_sentences[random(i)]);
            for (const Sentence& sentence : m_sentences)
                step(sentence);
            if (epoch < m_options.epochs - m_options.averaged)
                continue;
            for (std::size_t f = 0; f < sum.size(); ++f) {
                for (std::size_t t = 0; t < type_count; ++t)
                    sum[f][t] += m_weights[f][t] / static_cast<float>(m_options.averaged);
            }
        }
        return {m_options.shares, std::move(m_features), std::move(sum)};
    }

private:
    void add(const Example& example, const std::unordered_map<FeatureHash, std::uint32_t>& index)
    {
        for (std::size_t s = 0; s < example.features.sentences(); ++s) {
            const auto begin = static_cast<std::uint32_t>(m_values.size());
            for (std::size_t g = 0; g < feature_groups; ++g) {
                const std::uint32_t from = example.features.begin(s, g);
                const std::uint32_t to = example.features.end(s, g);
                const float value =
                    m_options.shares[g] / std::sqrt(static_cast<float>(std::max(1U, to - from)));
                for (std::uint32_t i = from; i < to && value > 0; ++i) {
                    if (const auto at = index.find(example.features.hashes[i]); at != index.end())
                        m_values.push_back({at->second, value});
                }
            }
            m_sentences.push_back(
                {begin, static_cast<std::uint32_t>(m_values.size()), example.types[s], example.document});
        }
    }

    void step(const Sentence& sentence)
    {
        TypeScores score{};
        for (std::uint32_t i = sentence.begin; i < sentence.end; ++i) {
            const TypeScores& row = m_weights[m_values[i].feature];
            for (std::size_t t = 0; t < type_count; ++t)
                score[t] += row[t] * m_values[i].value;
        }
        TypeScores slope;
        float most = 0;
        for (std::size_t t = 0; t < type_count; ++t) {
            const bool has = (sentence.types >> t & 1U) != 0;
            const bool quiet = !has && (sentence.document >> t & 1U) != 0;
            slope[t] =
                (1 / (1 + std::exp(-score[t])) - (has ? 1.0F : 0.0F)) * (quiet ? m_options.quiet : 1.0F);
            most = std::max(most, std::abs(slope[t]));
        }
        if (most < negligible)
            return;
        for (std::uint32_t i = sentence.begin; i < sentence.end; ++i) {
            const auto [feature, value] = m_values[i];
            TypeScores& row = m_weights[feature];
            TypeScores& squares = m_squares[feature];
            const TypeScores& start = m_start[feature];
            for (std::size_t t = 0; t < type_count; ++t) {
                const float change = slope[t] * value + m_options.decay * (row[t] - start[t]);
                squares[t] += change * change;
                row[t] -= m_options.rate * change / std::sqrt(squares[t] + 1e-6F);
            }
        }
    }

    const WeighOptions& m_options;
    std::vector<FeatureHash> m_features;
    std::vector<TypeScores> m_start;
    std::vector<TypeScores> m_squares;
    std::vector<TypeScores> m_weights;
    std::vector<Value> m_values;
    std::vector<Sentence> m_sentences;
};

}

WeighOptions weigh_options()
{
    WeighOptions options;
    const auto share = [&](FeatureGroup group) -> float& {
        return options.shares[static_cast<std::size_t>(group)];
    };
    share(FeatureGroup::Words) = 2.1F;
    share(FeatureGroup::Pairs) = 1.3F;
    share(FeatureGroup::Heading) = 1.5F;
    share(FeatureGroup::Before) = 0.85F;
    share(FeatureGroup::After) = 0.6F;
    share(FeatureGroup::LeadIn) = 0.85F;
    share(FeatureGroup::Shape) = 1.05F;
    share(FeatureGroup::Concepts) = 2.1F;
    share(FeatureGroup::ConceptPairs) = 1.05F;
    share(FeatureGroup::NearPairs) = 1.05F;
    share(FeatureGroup::Cues) = 2.1F;
    return options;
}

TypeWeights weigh(const std::vector<const Example*>& examples, const Signs& signs,
                  const WeighOptions& options)
{
    return Learner(examples, signs, options).learn();
}

}
