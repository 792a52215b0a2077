#pragma once

#include "core/base/progress.h"
#include "core/clauses/train/labelled.h"
#include "core/clauses/train/measure.h"
#include "core/clauses/train/weigh.h"
#include "core/clauses/types/model.h"

#include <vector>

namespace leeway::clauses::train {

/// What learning needs of labelled documents, worked out once.
struct LearningSet
{
    std::vector<LabelledDocument> documents;
    std::vector<Tokens> tokens;
    std::vector<Example> examples;
};
LearningSet learning_set(std::vector<LabelledDocument> documents, const Signs& signs);

struct Learned
{
    TypeWeights weights; // as a model's file gives them back
    DocumentScale scale;
};

/// Learns from the documents at these places. How scores become answers is learned on documents held out, in
/// as many folds as `inner_folds`.
Learned learn(const LearningSet& set, const std::vector<std::size_t>& places, const Signs& signs,
              const WeighOptions& options, std::size_t inner_folds);

/// Learns on all folds but one and answers its documents, for every fold; a document's fold is its place
/// modulo `folds`. `progress` counts folds.
base::Result<Figures> cross_validate(const LearningSet& set, const Signs& signs, const WeighOptions& options,
                                     std::size_t folds, const base::Progress& progress = {});

}
