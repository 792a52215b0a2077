#pragma once

#include "core/clauses/weigh/joined.h"

#include <vector>

namespace leeway::clauses {

/// What the checks of texts too long to be weighed as a whole are weighed by: the sentences that bear on a
/// check, what these say for the verdicts, and how that stands against the rules.
struct ContractWeights
{
    BearingWeights bearing;
    std::vector<CheckWeights> checks; // beside bearing.checks; their things are not the rules'
    JoinedWeights joined{};
    KnownIds known; // the ids of `checks`

    /// Fills `known`; `checks` must be there.
    void index();
};

/// /contracts of a weights file: numbers only. Errors name file, line and path.
base::Result<ContractWeights> read_contract_weights(const base::JsonFile& file);
nlohmann::json to_json(const ContractWeights& weights);

}
