#pragma once

#include "core/clauses/train/labelled.h"
#include "core/clauses/types/documentscore.h"

#include <vector>

namespace leeway::clauses::train {

/// The terms of a document whose sentences were scored by weights that had not seen it, and what it has.
struct Scored
{
    std::array<DocumentTerms, type_count> terms;
    TypeSet types = 0;
};

/// Learns how terms make document-level scores: the weights of the terms from all types together, a line for
/// each, and as 0.5 the score at which the expected F1 of the type is best.
DocumentScale learn_scale(const std::vector<Scored>& documents);

}
