#pragma once

#include "core/clauses/train/labelled.h"
#include "core/clauses/types/weights.h"

#include <cstdint>
#include <vector>

namespace leeway::clauses::train {

/// What of a document is learned from.
struct Example
{
    SentenceFeatures features;
    std::vector<TypeSet> types; // of each sentence
    TypeSet document = 0;       // of the document
};

struct WeighOptions
{
    std::array<float, feature_groups> shares{};
    int epochs = 6;
    int averaged = 3; // the weights of the last so many epochs are averaged
    float rate = 0.3F;
    float decay = 3e-3F;      // towards what learning starts from
    float cue_weight = 1.2F;  // what one point of a cue's weight starts from
    float bias = -3;          // what every type starts from
    float quiet = 0.3F;       // of an unlabelled sentence in a document that has the type
    std::uint32_t seldom = 3; // features of fewer documents are left out
    std::uint32_t seed = 7;
};
/// The options that cross-validation found best.
WeighOptions weigh_options();

/// Learns the weights of all types: logistic regression of sentences with AdaGrad. The same examples, signs
/// and options give the same weights.
TypeWeights weigh(const std::vector<const Example*>& examples, const Signs& signs,
                  const WeighOptions& options);

}
