#pragma once

#include "core/clauses/train/learnchecks.h"
#include "core/clauses/weigh/contractweights.h"

#include <vector>

namespace leeway::clauses::train {

struct LearnedContracts
{
    ContractWeights weights;
    std::vector<CheckFigures> held_out; // one entry a check: contracts that were held out in turn
};

/// Learns from whole contracts and, for the wording that they lack, from short texts. Each of `parts` of the
/// contracts is held out in turn, with all its labels, to learn how far to trust what was learned.
LearnedContracts learn_contracts(const std::vector<CheckExample>& examples, const Pack& pack,
                                 const CheckLearning& learning, std::size_t parts);

}
